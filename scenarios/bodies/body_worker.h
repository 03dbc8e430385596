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
#include "scenarios/bodies/unmet_properties.h"
#include "scenarios/bodies/worker_state.h"
#include "sim/core/arena.h"
#include "sim/core/dfs_strategy.h"
#include "sim/search/body_subject.h"
#include "sim/search/forked_subject.h"
#include "sim/search/subject.h"
#include "sim/sync/property_log.h"

namespace fozzy {

// A body whose world is made anew now and then, so that the stacks that runs
// with findings leave behind do not pile up.
class RenewedSubject final : public Subject {
 public:
  // `state`, which is not owned and may be null, says when a run is on.
  RenewedSubject(std::function<void()> body, const Simulation::Options& options,
                 WorkerState* state = nullptr)
      : body_(std::move(body)), options_(options), state_(state) {}

  RunOutcome Run(Strategy& strategy, RecordedRun* recorded) override;
  RunOutcome RunWith(Strategy& strategy, BodyListener& listener);

  // Of the last run, or of no run.
  Simulation& simulation() { return Current().simulation(); }

 private:
  // Findings in one world, at most.
  static constexpr int kFindingsMax = 32;

  BodySubject& Current();
  void Note(bool is_running) {
    if (state_ != nullptr) state_->is_running = is_running;
  }
  RunOutcome Count(RunOutcome outcome);

  const std::function<void()> body_;
  const Simulation::Options options_;
  WorkerState* const state_;
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

// One worker of a search.  What a run does depends on its index alone, unless
// the strategy NeedsOneWorker: that is caught up with when a worker is asked
// for later runs than it has done.
class BodyWorker {
 public:
  // `state`, which is not owned and may be null, says where it is.
  BodyWorker(std::function<void()> body, const BodyConfig& config,
             WorkerState* state = nullptr);

  // From now on each run is done by a process of its own, so that a crash is a
  // finding; in a search the runs from `first_guarded` on, or, with kProbeRun,
  // the run that looks at the body for its strategy.  Before Prepare.
  void Guard(uint64_t first_guarded);

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

  // Returns what was to be reached or held and was not by any run since it was
  // taken last.
  std::vector<UnmetProperty> TakeUnmet();

  Subject& subject();

  // Of a task of the last run.
  std::string NameOf(TaskId task);

 private:
  enum class PropertyState : uint8_t { kNever, kTried, kMet };

  void Probe(Strategy& probe);
  void CatchUp(uint64_t run);
  bool RunNext(BodyBlock& block);
  bool RunGuarded(BodyBlock& block);
  BodyRecording Record(Strategy& strategy, BodyListener* listener);
  void NoteProperties();

  const BodyConfig config_;
  const std::function<void()> body_;
  WorkerState* const state_;
  RenewedSubject subject_;
  std::unique_ptr<ForkedSubject> forked_;  // null: nothing is guarded
  uint64_t first_guarded_ = ~uint64_t{0};
  Arena arena_;
  Strategy* strategy_ = nullptr;  // lives in the arena
  DfsStrategy* dfs_ = nullptr;    // the same, if it is that one
  uint64_t next_ = 0;             // run of a strategy that NeedsOneWorker
  std::optional<BodyRecording> probe_crash_;
  const std::vector<Property> properties_ = KnownProperties();
  std::vector<PropertyState> states_;  // by property
};

// Whether the runs of `strategy` depend on those before, so that they are one
// worker's.
bool NeedsOneWorker(absl::string_view strategy);

// Errors: INVALID_ARGUMENT, with the names there are, if there is no strategy
// of that name.
absl::Status CheckStrategy(const std::string& strategy);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_BODY_WORKER_H_
