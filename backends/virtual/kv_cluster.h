// The built-in distributed system: a key-value store replicated by pushing
// every write to all other nodes.
#ifndef FOZZY_BACKENDS_VIRTUAL_KV_CLUSTER_H_
#define FOZZY_BACKENDS_VIRTUAL_KV_CLUSTER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "backends/virtual/message_queue.h"

namespace fozzy {

// A write as a replica keeps it.  Of two writes of a key the one with the
// larger (version, node) wins, so replicas that heard the same writes agree.
struct Replica {
  uint64_t version = 0;  // writes of the key that its writer knew of, and 1
  uint32_t node = 0;     // that took the write
  uint32_t value = 0;

  friend bool operator==(const Replica&, const Replica&) = default;
};

// Nodes keep their data over a crash; a message waits until both ends run and
// are connected.  Nodes, keys and values are numbers from 0; whoever uses the
// cluster knows what they stand for.  Reset makes it as new without giving
// memory back, so that run after run allocates nothing.
class KvCluster {
 public:
  struct Message {
    uint64_t version = 0;
    uint32_t from = 0;  // the node that took the write
    uint32_t to = 0;
    uint32_t key = 0;
    uint32_t value = 0;
    uint32_t pair = 0;  // of Options::pairs, or kNoPair
    bool is_queued = true;
  };

  struct Options {
    // Node names, in any order, each once.  At least one.
    std::vector<std::string> nodes;
    uint32_t keys = 0;
    // The pairs of nodes that may be cut off from each other, in any order.
    std::vector<std::pair<uint32_t, uint32_t>> pairs = {};
    // A planted bug.  When two nodes are connected again, what waited between
    // them is stamped with the version its sender is at by now, not with that
    // of its write.  Of writes that look alike the last to arrive wins, so a
    // message that overtakes an older one of its sender is lost.
    bool restamps_on_heal = false;
  };

  explicit KvCluster(const Options& options);

  // Makes the cluster as it was at first.
  void Reset();

  bool is_running(uint32_t node) const { return is_running_[node]; }

  // Writes on a running node and sends the write to the others, in the order
  // of their names.  Returns the version, or 0 if the node is crashed.
  uint64_t Put(uint32_t node, uint32_t key, uint32_t value);

  // Returns what `node` holds, or null.
  const Replica* Get(uint32_t node, uint32_t key) const {
    const Column& column = columns_[key];
    if (!column.is_written || column.replicas[node].version == 0) {
      return nullptr;
    }
    return &column.replicas[node];
  }

  // Requires one of Options::pairs, in any order.
  void SetPartition(uint32_t a, uint32_t b, bool is_cut);
  void SetRunning(uint32_t node, bool is_running);

  // Messages that can be delivered now, and all that are on their way.
  size_t deliverable() const { return queue_.open(); }
  size_t in_flight() const { return in_flight_; }

  // Delivers the `rank`-th deliverable message, the oldest first, and returns
  // its id: messages count from 1 in the order of sending.
  // Requires rank < deliverable().
  uint64_t Deliver(size_t rank);

  // Returns the id of the `rank`-th deliverable message, the oldest first.
  // Requires rank < deliverable().
  uint64_t DeliverableId(size_t rank) const { return queue_.Find(rank) + 1; }

  // Returns a message by its id.
  const Message& message(uint64_t id) const { return messages_[id - 1]; }

 private:
  static constexpr uint32_t kNoPair = ~uint32_t{0};

  // What the nodes hold of one key.
  struct Column {
    bool is_written = false;
    std::vector<Replica> replicas;  // by node; empty before the first write
  };

  uint32_t FindPair(uint32_t a, uint32_t b) const;
  bool IsOpen(const Message& message) const;
  void Send(uint32_t to, Message message);
  void Restamp(uint32_t pair);

  const bool restamps_on_heal_;
  std::vector<uint32_t> by_name_;  // node indices in the order of their names
  std::vector<std::pair<uint32_t, uint32_t>> pairs_;  // sorted, smaller first
  std::vector<bool> is_cut_;                          // by pair
  std::vector<bool> is_running_;
  std::vector<Column> columns_;    // by key
  std::vector<uint32_t> written_;  // keys, in the order of their first write
  std::vector<Message> messages_;  // by id - 1
  size_t in_flight_ = 0;
  MessageQueue queue_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_VIRTUAL_KV_CLUSTER_H_
