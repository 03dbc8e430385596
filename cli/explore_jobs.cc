#include "cli/explore_jobs.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "backends/host/host_clock.h"
#include "backends/host/interrupts.h"

namespace fozzy {
namespace {

// Runs of a block, at most: some hundred microseconds of a small scenario, far
// above the cost of handing a block over.  The first blocks are smaller, so
// that large scenarios are shared out, too.
constexpr uint64_t kBlockRunsMax = 256;

// Blocks per thread that may wait for an earlier one, at most.
constexpr uint64_t kBlocksAheadMax = 64;

// Hands out ranges of runs and tallies the blocks that come back.
class Campaign {
 public:
  Campaign(const ExploreJobs& jobs, ExploreTally& tally)
      : jobs_(jobs), tally_(tally), next_(tally.runs()) {}

  // Takes one range after the other until none is wanted any more.
  void Work(absl::FunctionRef<void()> on_progress) {
    Explorer explorer(*jobs_.plan, *jobs_.config);
    ExploreRange range;
    while (Take(range)) {
      const uint64_t begin = MonotonicNs();
      ExploreBlock block =
          explorer.Explore(range, [this] { return IsStopped(); });
      const uint64_t busy = MonotonicNs() - begin;
      const std::lock_guard<std::mutex> lock(mutex_);
      busy_ns_ += busy;
      Tally(std::move(block));
      on_progress();
    }
  }

  uint64_t busy_ns() const { return busy_ns_; }

 private:
  // Stops everybody once the time is over, or it is interrupted.
  bool IsStopped() {
    if (is_stopped_.load(std::memory_order_relaxed)) return true;
    if (MonotonicNs() < jobs_.deadline_ns && !Interrupts::HaveCome()) {
      return false;
    }
    is_stopped_.store(true, std::memory_order_relaxed);
    return true;
  }

  // Chooses the next range.  Returns false if none is left.
  bool Take(ExploreRange& range) {
    std::unique_lock<std::mutex> lock(mutex_);
    // Whoever is to hand over the block that all wait for does not wait here.
    changed_.wait(lock, [this] {
      return IsStopped() || waiting_.size() < kBlocksAheadMax * jobs_.jobs;
    });
    if (IsStopped() || next_ >= jobs_.runs) return false;
    const uint64_t share = (jobs_.runs - next_) / (2 * jobs_.jobs);
    range.first = next_;
    range.count = std::clamp<uint64_t>(share, 1, block_runs_);
    block_runs_ = std::min(2 * block_runs_, kBlockRunsMax);
    next_ += range.count;
    return true;
  }

  // Adds what is next in line to the tally, and stops if it was the last.  A
  // block that was cut short is followed by a gap, so nothing is next then.
  void Tally(ExploreBlock block) {
    const uint64_t first = block.first;
    waiting_.emplace(first, std::move(block));
    while (!is_done_ && !waiting_.empty() &&
           waiting_.begin()->first == tally_.runs()) {
      const auto next = waiting_.begin();
      is_done_ = !tally_.Add(next->second);
      waiting_.erase(next);
    }
    if (is_done_) is_stopped_.store(true, std::memory_order_relaxed);
    changed_.notify_all();
  }

  const ExploreJobs& jobs_;
  std::atomic<bool> is_stopped_ = false;
  std::mutex mutex_;  // of all below
  std::condition_variable changed_;
  ExploreTally& tally_;
  uint64_t next_;
  uint64_t block_runs_ = 1;
  bool is_done_ = false;
  uint64_t busy_ns_ = 0;
  std::map<uint64_t, ExploreBlock> waiting_;  // for an earlier one, by run
};

}  // namespace

uint64_t Explore(const ExploreJobs& jobs, ExploreTally& tally,
                 absl::FunctionRef<void()> on_progress) {
  Campaign campaign(jobs, tally);
  std::vector<std::thread> helpers;
  for (uint64_t i = 1; i < jobs.jobs; ++i) {
    helpers.emplace_back([&campaign] { campaign.Work([] {}); });
  }
  campaign.Work(on_progress);
  for (std::thread& helper : helpers) helper.join();
  return campaign.busy_ns();
}

}  // namespace fozzy
