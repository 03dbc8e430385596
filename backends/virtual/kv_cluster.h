// The built-in distributed system: a key-value store replicated by pushing
// every write to all other nodes.
#ifndef FOZZY_BACKENDS_VIRTUAL_KV_CLUSTER_H_
#define FOZZY_BACKENDS_VIRTUAL_KV_CLUSTER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/strings/string_view.h"
#include "backends/virtual/message_queue.h"

namespace fozzy {

// A write as a replica keeps it.  Of two writes of a key the one with the
// larger (version, node) wins, so replicas that heard the same writes agree.
struct Replica {
  uint64_t version = 0;  // writes of the key that its writer knew of, and 1
  uint32_t node = 0;     // that took the write
  std::string value;
};

// Nodes keep their data over a crash; a message waits until both ends run and
// are connected.
class KvCluster {
 public:
  struct Message {
    uint64_t id = 0;  // from 1
    uint32_t from = 0;
    uint32_t to = 0;
    std::string key;
    Replica write;
  };

  // Node names, in any order, each once.  At least one.
  explicit KvCluster(std::vector<std::string> nodes);

  const std::vector<std::string>& nodes() const { return nodes_; }

  // Returns the index of node `name`.  Requires that there is one.
  uint32_t IndexOf(absl::string_view name) const;

  bool is_running(uint32_t node) const { return is_running_[node]; }

  // Writes on a running node and sends the write to the others, in the order
  // of their names.  Returns the version, or 0 if the node is crashed.
  uint64_t Put(uint32_t node, absl::string_view key, absl::string_view value);

  // Returns what `node` holds, or null.
  const Replica* Get(uint32_t node, absl::string_view key) const;

  void SetPartition(uint32_t a, uint32_t b, bool is_cut);
  void SetRunning(uint32_t node, bool is_running);

  // Messages that can be delivered now, and all that are on their way.
  size_t deliverable() const { return queue_.open(); }
  size_t in_flight() const { return in_flight_; }

  // Delivers the `rank`-th deliverable message, the oldest first.
  // Requires rank < deliverable().
  const Message& Deliver(size_t rank);

 private:
  bool IsOpen(const Message& message) const;
  void Refresh();

  std::vector<std::string> nodes_;
  std::vector<uint32_t> by_name_;  // node indices in the order of their names
  std::vector<bool> is_running_;
  std::vector<absl::btree_map<std::string, Replica>> stores_;
  absl::btree_set<std::pair<uint32_t, uint32_t>> cuts_;  // smaller first
  std::vector<Message> messages_;                        // by slot
  std::vector<bool> is_queued_;
  size_t in_flight_ = 0;
  MessageQueue queue_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_VIRTUAL_KV_CLUSTER_H_
