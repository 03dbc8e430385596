#include "cli/program_search.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "backends/host/host_clock.h"
#include "backends/host/interrupts.h"
#include "cli/program_worker.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr uint64_t kNsPerMs = 1'000'000;
// How long a block is to take, about.
constexpr uint64_t kBlockNs = 30 * kNsPerMs;
constexpr uint64_t kBlockRunsMax = 4096;
// Blocks that may wait for an earlier one, per worker.
constexpr size_t kBlocksAheadMax = 16;
constexpr int kPollMs = 50;

struct Job {
  std::unique_ptr<ProgramWorker> worker;  // null: to be started
  std::optional<BodyRange> range;         // it is at
  uint64_t begin_ns = 0;
};

class Search {
 public:
  Search(const ProgramSearchOptions& options,
         absl::FunctionRef<void(const BodyTally&)> on_progress)
      : options_(options),
        on_progress_(on_progress),
        jobs_(NeedsOneWorker(options.config.strategy) ? 1 : options.jobs) {}

  absl::StatusOr<ProgramSearch> Run() {
    while (true) {
      FOZZY_RETURN_IF_ERROR(Assign());
      if (is_done_ || IsLate() || !IsBusy()) break;
      if (Interrupts::HaveCome()) return Interrupts::Error();
      FOZZY_RETURN_IF_ERROR(Collect());
      on_progress_(result_.tally);
    }
    return std::move(result_);
  }

 private:
  bool IsLate() const { return MonotonicNs() >= options_.deadline_ns; }

  bool IsBusy() const {
    return std::any_of(jobs_.begin(), jobs_.end(),
                       [](const Job& job) { return job.range.has_value(); });
  }

  // Gives work to all that have none.
  absl::Status Assign() {
    for (Job& job : jobs_) {
      if (job.range || is_done_) continue;
      const std::optional<BodyRange> range = NextRange();
      if (!range) break;
      FOZZY_RETURN_IF_ERROR(Give(job, *range));
    }
    return absl::OkStatus();
  }

  std::optional<BodyRange> NextRange() {
    if (next_ >= std::min(options_.runs, end_) ||
        waiting_.size() >= kBlocksAheadMax * jobs_.size()) {
      return std::nullopt;
    }
    const uint64_t left = options_.runs - next_;
    const uint64_t share = std::max<uint64_t>(left / (2 * jobs_.size()), 1);
    const BodyRange range = {next_, std::min(block_runs_, share)};
    next_ += range.count;
    return range;
  }

  absl::Status Give(Job& job, const BodyRange& range) {
    if (job.worker == nullptr) {
      job.worker = std::make_unique<ProgramWorker>();
      FOZZY_RETURN_IF_ERROR(
          job.worker->Start({.program = options_.program, .is_known = true}));
    }
    ControlRequest request;
    request.verb = ControlVerb::kSearch;
    request.test = options_.test;
    request.config = options_.config;
    request.range = range;
    job.range = range;
    job.begin_ns = MonotonicNs();
    return job.worker->Ask(request);
  }

  // Waits for answers and adds them up.
  absl::Status Collect() {
    std::vector<pollfd> ready;
    for (const Job& job : jobs_) {
      const int descriptor = job.range ? job.worker->descriptor() : -1;
      ready.push_back({descriptor, POLLIN, 0});
    }
    if (Interrupts::Poll(ready, kPollMs) < 0) {
      return errno == EINTR ? absl::OkStatus()
                            : absl::UnavailableError("cannot wait for answers");
    }
    for (size_t i = 0; i < jobs_.size(); ++i) {
      if (ready[i].revents == 0) continue;
      FOZZY_RETURN_IF_ERROR(Take(jobs_[i]));
    }
    return absl::OkStatus();
  }

  absl::Status Take(Job& job) {
    absl::StatusOr<ControlAnswer> answer = job.worker->Receive();
    const BodyRange range = *std::exchange(job.range, std::nullopt);
    FOZZY_RETURN_IF_ERROR(answer.status());
    if (!answer->block || answer->block->first != range.first ||
        answer->block->digests.size() > range.count) {
      return absl::DataLossError(
          absl::StrCat(options_.program,
                       ": found an answer to another "
                       "question, expected one about run ",
                       range.first));
    }
    const uint64_t busy_ns = MonotonicNs() - job.begin_ns;
    result_.busy_ns += busy_ns;
    if (busy_ns < kBlockNs && range.count == block_runs_) {
      block_runs_ = std::min(2 * block_runs_, kBlockRunsMax);
    }
    // The stacks of the run that failed are lost with the process.
    if (answer->block->found) job.worker.reset();
    Add({*std::move(answer->block), std::move(answer->unmet)});
    return absl::OkStatus();
  }

  struct Done {
    BodyBlock block;
    std::vector<UnmetProperty> unmet;
  };

  // Adds what is next in line to the tally.
  void Add(Done done) {
    const bool is_last = done.block.found || done.block.is_exhausted;
    // Nothing after it is wanted, and what comes before still is.
    if (is_last) {
      end_ = std::min(end_, done.block.first + done.block.digests.size());
    }
    const uint64_t first = done.block.first;
    waiting_.emplace(first, std::move(done));
    while (!is_done_ && !waiting_.empty() &&
           waiting_.begin()->first == result_.tally.runs()) {
      const auto next = waiting_.begin();
      result_.unmet.Add(next->second.unmet);
      is_done_ = !result_.tally.Add(next->second.block);
      waiting_.erase(next);
    }
  }

  const ProgramSearchOptions& options_;
  absl::FunctionRef<void(const BodyTally&)> on_progress_;
  std::vector<Job> jobs_;
  ProgramSearch result_;
  uint64_t next_ = 0;
  uint64_t end_ = ~uint64_t{0};
  uint64_t block_runs_ = 16;
  std::map<uint64_t, Done> waiting_;  // for an earlier one, by first run
  bool is_done_ = false;
};

}  // namespace

absl::StatusOr<ProgramSearch> SearchProgram(
    const ProgramSearchOptions& options,
    absl::FunctionRef<void(const BodyTally&)> on_progress) {
  Search search(options, on_progress);
  return search.Run();
}

}  // namespace fozzy
