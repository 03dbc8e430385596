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
  Inbox& inbox = inboxes_[message.to];
  inbox.slots.push_back(message.id - 1);
  inbox.is_taken.push_back(false);
  if (undo_.is_open()) {
    undo_.Add([this, node = message.to] { TakeBackLast(inboxes_[node]); });
  }
}

bool Network::Receive(absl::string_view node, const absl::string_view* from,
                      absl::string_view payload) {
  const auto found = inboxes_.find(node);
  if (found == inboxes_.end()) return false;
  Inbox& inbox = found->second;
  Index(inbox);
  const auto equal = inbox.by_payload.find(payload);
  if (equal == inbox.by_payload.end()) return false;
  const std::vector<size_t>& arrivals = equal->second.arrivals;
  size_t& first = equal->second.first;
  while (first < arrivals.size() && inbox.is_taken[arrivals[first]]) ++first;
  for (size_t i = first; i < arrivals.size(); ++i) {
    const size_t arrival = arrivals[i];
    if (inbox.is_taken[arrival]) continue;
    if (from != nullptr && messages_[inbox.slots[arrival]].from != *from) {
      continue;
    }
    inbox.is_taken[arrival] = true;
    if (undo_.is_open()) {
      undo_.Add([this, name = std::string(node), text = std::string(payload),
                 arrival] {
        inboxes_[name].is_taken[arrival] = false;
        inboxes_[name].by_payload[text].first = 0;
      });
    }
    return true;
  }
  return false;
}

void Network::Index(Inbox& inbox) {
  for (; inbox.indexed < inbox.slots.size(); ++inbox.indexed) {
    const std::string& payload = messages_[inbox.slots[inbox.indexed]].payload;
    inbox.by_payload[payload].arrivals.push_back(inbox.indexed);
  }
}

void Network::TakeBackLast(Inbox& inbox) {
  if (inbox.indexed == inbox.slots.size()) {
    const std::string& payload = messages_[inbox.slots.back()].payload;
    inbox.by_payload[payload].arrivals.pop_back();
    --inbox.indexed;
  }
  inbox.slots.pop_back();
  inbox.is_taken.pop_back();
}

void Network::SetQueued(size_t slot, bool is_queued) {
  is_queued_[slot] = is_queued;
  const Message& message = messages_[slot];
  queue_.SetOpen(
      slot, is_queued && !cuts_.contains(InOrder(message.from, message.to)));
}

}  // namespace fozzy
