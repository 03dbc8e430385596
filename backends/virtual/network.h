// The network of a scenario: messages wait until a step delivers them.
#ifndef FOZZY_BACKENDS_VIRTUAL_NETWORK_H_
#define FOZZY_BACKENDS_VIRTUAL_NETWORK_H_

#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/strings/string_view.h"
#include "backends/virtual/message_queue.h"
#include "sim/undo_log.h"

namespace fozzy {

struct Message {
  uint64_t id = 0;  // from 1, in order of sending
  std::string from;
  std::string to;
  std::string payload;
};

// Nodes are any texts.  Nothing is lost, delayed or reordered by itself: who
// delivers decides.
class Network {
 public:
  // `undo` is not owned.
  explicit Network(UndoLog& undo) : undo_(undo) {}

  // Returns the id of the message.
  uint64_t Send(absl::string_view from, absl::string_view to,
                absl::string_view payload);

  // Cuts or heals the connection of a and b, in both directions.
  void SetPartition(absl::string_view a, absl::string_view b, bool is_cut);

  // The number of messages that no partition holds back.
  size_t deliverable() const { return queue_.open(); }

  // Takes the `rank`-th deliverable message, in order of sending, out of the
  // queue.  Requires rank < deliverable().  The message is valid until the
  // next Send.
  const Message& Take(size_t rank);

  // Puts a taken message into the inbox of its receiver.
  void Deliver(const Message& message);

  // Removes the first message with `payload` (and, if not null, from `from`)
  // from the inbox of `node`.  Returns whether there was one.
  bool Receive(absl::string_view node, const absl::string_view* from,
               absl::string_view payload);

 private:
  using Pair = std::pair<std::string, std::string>;  // in order
  // What a node has received.  Payloads are indexed when the first step asks
  // for one, so that a delivery costs the same however many came before.
  struct Inbox {
    struct Equal {
      std::vector<size_t> arrivals;  // with the same payload, in order
      size_t first = 0;              // all before this are taken
    };

    std::vector<size_t> slots;   // of messages_, in order of arrival
    std::vector<bool> is_taken;  // by arrival
    size_t indexed = 0;          // arrivals in `by_payload`
    absl::btree_map<std::string, Equal> by_payload;
  };

  void Index(Inbox& inbox);
  void TakeBackLast(Inbox& inbox);
  void SetQueued(size_t slot, bool is_queued);

  UndoLog& undo_;
  std::deque<Message> messages_;  // by slot, id - 1; never moved
  std::vector<bool> is_queued_;
  MessageQueue queue_;
  absl::btree_set<Pair> cuts_;
  absl::btree_map<Pair, std::vector<size_t>> slots_;  // by pair
  absl::btree_map<std::string, Inbox> inboxes_;       // by node
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_VIRTUAL_NETWORK_H_
