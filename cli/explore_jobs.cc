#include "cli/explore_jobs.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "backends/host/host_clock.h"
#include "backends/host/interrupts.h"
#include "scenarios/scenario_subject.h"
#include "scenarios/schedule.h"
#include "sim/search/search_worker.h"

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
  Campaign(const ExploreJobs& jobs, SearchTally& tally)
      : jobs_(jobs), tally_(tally), next_(tally.runs()) {}

  // Takes one range after the other until none is wanted any more.
  void Work(absl::FunctionRef<void()> on_progress) {
    const std::unique_ptr<ScenarioSubject> subject =
        *ScenarioSubject::Make(*jobs_.scenario, *jobs_.config);
    ScheduleStrategy schedule(ScenarioVariant::kDistributed, *jobs_.config);
    SearchWorker worker(*subject, schedule);
    SearchRange range;
    while (Take(range)) {
      const uint64_t begin = MonotonicNs();
      SearchBlock block = worker.Run(range, [this] { return IsStopped(); }, {});
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
  bool Take(SearchRange& range) {
    std::unique_lock<std::mutex> lock(mutex_);
    // Whoever is to hand over the block that all wait for does not wait here.
    changed_.wait(lock, [this] {
      return IsStopped() || tally_.waiting() < kBlocksAheadMax * jobs_.jobs;
    });
    if (IsStopped() || next_ >= jobs_.runs) return false;
    const uint64_t share = (jobs_.runs - next_) / (2 * jobs_.jobs);
    range.first = next_;
    range.count = std::clamp<uint64_t>(share, 1, block_runs_);
    block_runs_ = std::min(2 * block_runs_, kBlockRunsMax);
    next_ += range.count;
    return true;
  }

  // Stops if no run is wanted any more.  A block that was cut short is followed
  // by a gap, so nothing after it is tallied.
  void Tally(SearchBlock block) {
    tally_.Add(std::move(block));
    if (tally_.is_over()) is_stopped_.store(true, std::memory_order_relaxed);
    changed_.notify_all();
  }

  const ExploreJobs& jobs_;
  std::atomic<bool> is_stopped_ = false;
  std::mutex mutex_;  // of all below
  std::condition_variable changed_;
  SearchTally& tally_;
  uint64_t next_;
  uint64_t block_runs_ = 1;
  uint64_t busy_ns_ = 0;
};

}  // namespace

uint64_t Explore(const ExploreJobs& jobs, SearchTally& tally,
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
