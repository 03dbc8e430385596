// Runs of one body in this process.
#ifndef FOZZY_SCENARIOS_BODIES_BODY_WORKER_H_
#define FOZZY_SCENARIOS_BODIES_BODY_WORKER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "scenarios/bodies/body_config.h"
#include "scenarios/bodies/body_recording.h"
#include "sim/core/arena.h"
#include "sim/core/dfs_strategy.h"
#include "sim/search/body_subject.h"
#include "sim/search/subject.h"
#include "sim/sync/property_log.h"

namespace fozzy {

// A body whose world is made anew now and then, so that the stacks that runs
// with findings leave behind do not pile up.
class RenewedSubject final : public Subject {
 public:
  RenewedSubject(std::function<void()> body, const Simulation::Options& options)
      : body_(std::move(body)), options_(options) {}

  RunOutcome Run(Strategy& strategy, RecordedRun* recorded) override;
  RunOutcome RunWith(Strategy& strategy, BodyListener& listener);

  // Of the last run, or of no run.
  Simulation& simulation() { return Current().simulation(); }

 private:
  // Findings in one world, at most.
  static constexpr int kFindingsMax = 32;

  BodySubject& Current();
  RunOutcome Count(RunOutcome outcome);

  const std::function<void()> body_;
  const Simulation::Options options_;
  std::unique_ptr<BodySubject> subject_;
  int findings_ = 0;
};

// Runs first to first + count - 1 of a search.
struct BodyRange {
  uint64_t first = 0;
  uint64_t count = 0;
};

// What came of them, one after the other.
struct BodyBlock {
  uint64_t first = 0;
  std::vector<uint64_t> digests;  // of the runs, in order
  uint64_t points = 0;            // schedule points of all of them
  // The last run found something; then, what the run was when it was repeated
  // to record it, and the digest that it had the first time.
  std::optional<BodyRecording> found;
  std::string found_digest;
  bool is_exhausted = false;   // there is no run after these
  bool is_exhaustive = false;  // these and those before were all there can be
};

// A property that no run held.
struct UnmetProperty {
  std::string place;  // "queue.cc:12"
  std::string text;

  friend bool operator==(const UnmetProperty&, const UnmetProperty&) = default;
};

// One worker of a search.  What a run does depends on its index alone, unless
// the strategy NeedsOneWorker.
class BodyWorker {
 public:
  BodyWorker(std::function<void()> body, const BodyConfig& config);

  // Errors: INVALID_ARGUMENT if there is no such strategy.
  absl::Status Prepare();

  // Runs the range in order, up to and including the first run that finds
  // something.  Before each run but the first `is_stopped` is asked whether to
  // leave the rest.  Requires Prepare.
  BodyBlock Search(const BodyRange& range,
                   absl::FunctionRef<bool()> is_stopped);

  // Runs once with these answers.  `listener` hears it too, if not null.
  BodyRecording Repeat(const std::vector<Decision>& decisions,
                       BodyListener* listener = nullptr);

  // Returns the properties to be reached or held that no run did since they
  // were taken last.
  std::vector<UnmetProperty> TakeUnmet();

  RenewedSubject& subject() { return subject_; }

 private:
  bool RunNext(BodyBlock& block);
  BodyRecording Record(Strategy& strategy, BodyListener* listener);
  void NoteProperties();

  const BodyConfig config_;
  RenewedSubject subject_;
  Arena arena_;
  Strategy* strategy_ = nullptr;  // lives in the arena
  DfsStrategy* dfs_ = nullptr;    // the same, if it is that one
  const std::vector<Property> properties_ = KnownProperties();
  std::vector<bool> is_met_;  // by property
};

// Whether the runs of `strategy` depend on those before, so that they are one
// worker's.
bool NeedsOneWorker(absl::string_view strategy);

// Errors: INVALID_ARGUMENT, with the names there are, if there is no strategy
// of that name.
absl::Status CheckStrategy(const std::string& strategy);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_BODY_WORKER_H_
