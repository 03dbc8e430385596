#include "backends/virtual/kv_cluster.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "sim/base/check.h"

namespace fozzy {
namespace {

// Writes that look alike are one write, unless the system is broken: then the
// last to arrive wins.
bool Loses(const KvCluster::Message& write, const Replica& own) {
  return std::tie(write.version, write.from) < std::tie(own.version, own.node);
}

}  // namespace

KvCluster::KvCluster(const Options& options)
    : restamps_on_heal_(options.restamps_on_heal),
      by_name_(options.nodes.size()),
      pairs_(options.pairs),
      is_running_(options.nodes.size(), true),
      columns_(options.keys) {
  const std::vector<std::string>& nodes = options.nodes;
  FOZZY_CHECK(!nodes.empty());
  std::iota(by_name_.begin(), by_name_.end(), 0u);
  std::sort(by_name_.begin(), by_name_.end(),
            [&](uint32_t a, uint32_t b) { return nodes[a] < nodes[b]; });
  for (auto& [a, b] : pairs_) {
    if (a > b) std::swap(a, b);
  }
  std::sort(pairs_.begin(), pairs_.end());
  pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
  is_cut_.assign(pairs_.size(), false);
}

void KvCluster::Reset() {
  is_cut_.assign(is_cut_.size(), false);
  is_running_.assign(is_running_.size(), true);
  for (const uint32_t key : written_) {
    Column& column = columns_[key];
    column.is_written = false;
    column.replicas.assign(column.replicas.size(), Replica());
  }
  written_.clear();
  messages_.clear();
  in_flight_ = 0;
  queue_.Clear();
}

uint64_t KvCluster::Put(uint32_t node, uint32_t key, uint32_t value) {
  if (!is_running_[node]) return 0;
  Column& column = columns_[key];
  if (!column.is_written) {
    column.is_written = true;
    column.replicas.resize(by_name_.size());
    written_.push_back(key);
  }
  Replica& replica = column.replicas[node];
  replica = {replica.version + 1, node, value};
  Message message;
  message.version = replica.version;
  message.from = node;
  message.key = key;
  message.value = value;
  for (const uint32_t peer : by_name_) {
    if (peer != node) Send(peer, message);
  }
  return replica.version;
}

void KvCluster::Send(uint32_t to, Message message) {
  message.to = to;
  message.pair = FindPair(message.from, to);
  messages_.push_back(message);
  queue_.Add(IsOpen(message));
  ++in_flight_;
}

void KvCluster::SetPartition(uint32_t a, uint32_t b, bool is_cut) {
  const uint32_t pair = FindPair(a, b);
  FOZZY_CHECK(pair != kNoPair);
  if (is_cut_[pair] == is_cut) return;
  is_cut_[pair] = is_cut;
  if (!is_cut && restamps_on_heal_) Restamp(pair);
  for (size_t slot = 0; slot < messages_.size(); ++slot) {
    const Message& message = messages_[slot];
    if (message.is_queued && message.pair == pair) {
      queue_.SetOpen(slot, IsOpen(message));
    }
  }
}

void KvCluster::SetRunning(uint32_t node, bool is_running) {
  if (is_running_[node] == is_running) return;
  is_running_[node] = is_running;
  for (size_t slot = 0; slot < messages_.size(); ++slot) {
    const Message& message = messages_[slot];
    if (message.is_queued && (message.from == node || message.to == node)) {
      queue_.SetOpen(slot, IsOpen(message));
    }
  }
}

uint64_t KvCluster::Deliver(size_t rank) {
  const size_t slot = queue_.Find(rank);
  queue_.SetOpen(slot, false);
  --in_flight_;
  Message& message = messages_[slot];
  message.is_queued = false;
  Replica& own = columns_[message.key].replicas[message.to];
  if (!Loses(message, own)) {
    own = {message.version, message.from, message.value};
  }
  return slot + 1;
}

uint32_t KvCluster::FindPair(uint32_t a, uint32_t b) const {
  const std::pair<uint32_t, uint32_t> pair = std::minmax(a, b);
  const auto found = std::lower_bound(pairs_.begin(), pairs_.end(), pair);
  if (found == pairs_.end() || *found != pair) return kNoPair;
  return static_cast<uint32_t>(found - pairs_.begin());
}

bool KvCluster::IsOpen(const Message& message) const {
  return is_running_[message.from] && is_running_[message.to] &&
         (message.pair == kNoPair || !is_cut_[message.pair]);
}

void KvCluster::Restamp(uint32_t pair) {
  for (Message& message : messages_) {
    if (!message.is_queued || message.pair != pair) continue;
    message.version = columns_[message.key].replicas[message.from].version;
  }
}

}  // namespace fozzy
