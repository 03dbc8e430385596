#include "sim/search/search_worker.h"

#include <algorithm>
#include <utility>

#include "sim/base/check.h"
#include "sim/task_entry.h"

namespace fozzy {
namespace {

// So many digests are made room for at once, at most.
constexpr uint64_t kReservedMax = 4096;

// What an exhaustive search found if the program asks otherwise when it is
// answered the same.
FoundRun Drifted(uint64_t index) {
  return {.run = index == 0 ? 0 : index - 1,
          .finding = {.kind = FindingKind::kNondeterminism,
                      .title = "other questions",
                      .message = "the same answers brought other questions",
                      .step = std::nullopt,
                      .details = ""},
          .digest = {},
          .decisions = {},
          .is_repeatable = false};
}

}  // namespace

SearchBlock SearchWorker::Run(const SearchRange& range,
                              absl::FunctionRef<bool()> is_stopped,
                              const std::function<void()>& after_run) {
  const TerminateInRun terminate;
  SearchBlock block;
  block.first = range.first;
  block.digests.reserve(std::min(range.count, kReservedMax));
  for (uint64_t i = 0; i < range.count; ++i) {
    if (i > 0 && is_stopped()) break;
    block.is_exhausted = !source_.strategy().Begin(range.first + i);
    if (block.is_exhausted) {
      block.is_exhaustive = source_.is_exhaustive();
      if (source_.has_drifted()) block.found = Drifted(range.first + i);
      break;
    }
    RunOnce(block, range.first + i, after_run);
    if (block.found || block.is_exhausted) break;
  }
  return block;
}

void SearchWorker::RunOnce(SearchBlock& block, uint64_t index,
                           const std::function<void()>& after_run) {
  const RunOutcome outcome = subject_.Run(source_.strategy(), nullptr);
  if (after_run) after_run();
  ++block.runs;
  block.points += outcome.points;
  if (outcome.is_abandoned) {
    ++block.abandoned;
  } else {
    block.digests.push_back(outcome.digest.low());
  }
  if (outcome.finding) {
    block.found = Record(index, outcome);
    return;
  }
  source_.strategy().End({.found = false,
                          .abandoned = outcome.is_abandoned,
                          .digest = outcome.digest.low(),
                          .points = outcome.points});
  if (outcome.is_forced) {
    block.is_exhausted = true;
    block.is_exhaustive = true;
  }
}

// Repeats the run, which its strategy has begun and not ended, to write it
// down: most runs find nothing and need not be.
FoundRun SearchWorker::Record(uint64_t index, const RunOutcome& outcome) {
  FOZZY_CHECK(source_.strategy().Begin(index));
  RecordedRun recorded;
  const RunOutcome again = subject_.Run(source_.strategy(), &recorded);
  return {.run = index,
          .finding = *outcome.finding,
          .digest = outcome.digest,
          .decisions = std::move(recorded.decisions),
          .is_repeatable = again.digest == outcome.digest &&
                           again.finding == outcome.finding};
}

}  // namespace fozzy
