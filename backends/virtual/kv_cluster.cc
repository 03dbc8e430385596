#include "backends/virtual/kv_cluster.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "sim/base/check.h"

namespace fozzy {
namespace {

bool IsNewer(const Replica& a, const Replica& b) {
  return std::pair(a.version, a.node) > std::pair(b.version, b.node);
}

}  // namespace

KvCluster::KvCluster(std::vector<std::string> nodes)
    : nodes_(std::move(nodes)),
      by_name_(nodes_.size()),
      is_running_(nodes_.size(), true),
      stores_(nodes_.size()) {
  FOZZY_CHECK(!nodes_.empty());
  std::iota(by_name_.begin(), by_name_.end(), 0u);
  std::sort(by_name_.begin(), by_name_.end(),
            [this](uint32_t a, uint32_t b) { return nodes_[a] < nodes_[b]; });
}

uint32_t KvCluster::IndexOf(absl::string_view name) const {
  const auto found =
      std::lower_bound(by_name_.begin(), by_name_.end(), name,
                       [this](uint32_t node, absl::string_view key) {
                         return nodes_[node] < key;
                       });
  FOZZY_CHECK(found != by_name_.end());
  FOZZY_CHECK(nodes_[*found] == name);
  return *found;
}

uint64_t KvCluster::Put(uint32_t node, absl::string_view key,
                        absl::string_view value) {
  if (!is_running_[node]) return 0;
  Replica& replica = stores_[node][std::string(key)];
  replica = {replica.version + 1, node, std::string(value)};
  for (const uint32_t peer : by_name_) {
    if (peer == node) continue;
    messages_.push_back(
        {messages_.size() + 1, node, peer, std::string(key), replica});
    is_queued_.push_back(true);
    queue_.Add(IsOpen(messages_.back()));
    ++in_flight_;
  }
  return replica.version;
}

const Replica* KvCluster::Get(uint32_t node, absl::string_view key) const {
  const auto found = stores_[node].find(std::string(key));
  return found == stores_[node].end() ? nullptr : &found->second;
}

void KvCluster::SetPartition(uint32_t a, uint32_t b, bool is_cut) {
  const auto pair = std::minmax(a, b);
  if (is_cut) {
    cuts_.insert(pair);
  } else {
    cuts_.erase(pair);
  }
  Refresh();
}

void KvCluster::SetRunning(uint32_t node, bool is_running) {
  is_running_[node] = is_running;
  Refresh();
}

const KvCluster::Message& KvCluster::Deliver(size_t rank) {
  const size_t slot = queue_.Find(rank);
  queue_.SetOpen(slot, false);
  is_queued_[slot] = false;
  --in_flight_;
  const Message& message = messages_[slot];
  Replica& replica = stores_[message.to][message.key];
  if (IsNewer(message.write, replica)) replica = message.write;
  return message;
}

bool KvCluster::IsOpen(const Message& message) const {
  return is_running_[message.from] && is_running_[message.to] &&
         !cuts_.contains(std::minmax(message.from, message.to));
}

// Linear in the messages ever sent, but only for steps that change who can
// talk to whom; delivering stays logarithmic.
void KvCluster::Refresh() {
  for (size_t slot = 0; slot < messages_.size(); ++slot) {
    if (is_queued_[slot]) queue_.SetOpen(slot, IsOpen(messages_[slot]));
  }
}

}  // namespace fozzy
