#include "backends/virtual/network.h"

#include "sim/base/check.h"

namespace fozzy {
namespace {

std::pair<std::string, std::string> InOrder(absl::string_view a,
                                            absl::string_view b) {
  if (b < a) std::swap(a, b);
  return {std::string(a), std::string(b)};
}

}  // namespace

uint64_t Network::Send(absl::string_view from, absl::string_view to,
                       absl::string_view payload) {
  const Pair pair = InOrder(from, to);
  const size_t slot = queue_.Add(!cuts_.contains(pair));
  const uint64_t id = slot + 1;
  messages_.push_back(
      {id, std::string(from), std::string(to), std::string(payload)});
  is_queued_.push_back(true);
  slots_[pair].push_back(slot);
  if (undo_.is_open()) {
    undo_.Add([this, pair] {
      slots_[pair].pop_back();
      is_queued_.pop_back();
      messages_.pop_back();
      queue_.RemoveLast();
    });
  }
  return id;
}

void Network::SetPartition(absl::string_view a, absl::string_view b,
                           bool is_cut) {
  const Pair pair = InOrder(a, b);
  const bool is_new =
      is_cut ? cuts_.insert(pair).second : cuts_.erase(pair) > 0;
  if (!is_new) return;
  std::vector<size_t>& slots = slots_[pair];
  // What was delivered cannot come back outside of a scope: forget it, so
  // that a flapping connection costs what is in flight.
  if (!undo_.is_inside()) {
    std::erase_if(slots, [this](size_t slot) { return !is_queued_[slot]; });
  }
  for (const size_t slot : slots) {
    if (is_queued_[slot]) queue_.SetOpen(slot, !is_cut);
  }
  if (undo_.is_open()) {
    undo_.Add([this, pair, is_cut] {
      SetPartition(pair.first, pair.second, !is_cut);
    });
  }
}

const Message& Network::Take(size_t rank) {
  const size_t slot = queue_.Find(rank);
  SetQueued(slot, false);
  if (undo_.is_open()) {
    undo_.Add([this, slot] { SetQueued(slot, true); });
  }
  return messages_[slot];
}

void Network::Deliver(const Message& message) {
  const Pair key = {message.to, message.payload};
  Arrivals& arrivals = inboxes_[key];
  arrivals.senders.push_back(message.from);
  arrivals.is_taken.push_back(false);
  if (undo_.is_open()) {
    undo_.Add([this, key] {
      inboxes_[key].senders.pop_back();
      inboxes_[key].is_taken.pop_back();
    });
  }
}

bool Network::Receive(absl::string_view node, const absl::string_view* from,
                      absl::string_view payload) {
  const Pair key = {std::string(node), std::string(payload)};
  const auto found = inboxes_.find(key);
  if (found == inboxes_.end()) return false;
  Arrivals& arrivals = found->second;
  size_t& first = arrivals.taken_before;
  while (first < arrivals.senders.size() && arrivals.is_taken[first]) ++first;
  for (size_t i = first; i < arrivals.senders.size(); ++i) {
    if (arrivals.is_taken[i]) continue;
    if (from != nullptr && arrivals.senders[i] != *from) continue;
    arrivals.is_taken[i] = true;
    if (undo_.is_open()) {
      undo_.Add([this, key, i] {
        inboxes_[key].is_taken[i] = false;
        inboxes_[key].taken_before = 0;
      });
    }
    return true;
  }
  return false;
}

void Network::SetQueued(size_t slot, bool is_queued) {
  is_queued_[slot] = is_queued;
  const Message& message = messages_[slot];
  queue_.SetOpen(
      slot, is_queued && !cuts_.contains(InOrder(message.from, message.to)));
}

}  // namespace fozzy
