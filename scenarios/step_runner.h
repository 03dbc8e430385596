// Carries the steps of a scenario out, one after another.
#ifndef FOZZY_SCENARIOS_STEP_RUNNER_H_
#define FOZZY_SCENARIOS_STEP_RUNNER_H_

#include <optional>
#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "backends/world.h"
#include "fozzy/finding.h"
#include "scenarios/run_config.h"
#include "scenarios/run_report.h"
#include "scenarios/step_spec.h"

namespace fozzy {

class StepRunner;

// Hears of each step, nested or not, when it has been carried out.
class StepWatcher {
 public:
  virtual ~StepWatcher() = default;

  // `runner` knows what came of `step`.
  virtual void OnStepDone(const Step& step, StepRunner& runner) = 0;
};

// What the handlers of steps are handed: the world, and where to say what went
// wrong.  The first failing step ends the run.
class StepRunner {
 public:
  struct Options {
    const RunConfig* config = nullptr;  // nothing here is owned
    World* world = nullptr;
    Wall* wall = nullptr;  // null on replay
    StepTable table;
    StepWatcher* watcher = nullptr;  // may be null
  };
  explicit StepRunner(const Options& options);

  // Carries out `steps`, the top level of a scenario, and tests the time limit
  // before and after each.
  void Run(std::span<const Step> steps);

  // Carries out `steps` until one fails, then rolls the world back whatever
  // happened.  Returns whether one failed.
  bool RunAndRollBack(std::span<const Step> steps);

  World& world() { return world_; }
  const RunConfig& config() const { return config_; }

  // The step that runs now failed.  The first call wins; the handler returns.
  void Fail(FindingKind kind, absl::string_view title, std::string message,
            std::string details = {});

  // The same for an assertion with the title of the step type itself.
  void FailAssertion(std::string message);

  // The same for a program that died.
  void Crash(absl::string_view title, std::string message);

  // The same for a limit of real time that was reached.
  void TimeOut(std::string message);

  // The type of the step that runs now, as written in the file.
  absl::string_view step_name() const { return table_[step_->type].name; }

  bool has_failed() const { return finding_.has_value(); }

  // Why the run failed, or nothing.
  const std::optional<Finding>& finding() const { return finding_; }

  // Lets `duration` pass: virtual time in deterministic runs, real time in
  // others, and then not beyond the time limit.  Returns whether the step may
  // go on; if not (a frozen clock never gets there), it has failed.
  bool Sleep(Millis duration);

  // Tells the sink something at the current virtual time.
  void Tell(EventKind kind, std::initializer_list<uint64_t> numbers,
            std::initializer_list<absl::string_view> texts = {});

  // Returns what is left of the time limit, of wall time, for a host backend;
  // 0 if there is no limit, 1 if nothing is left.
  Millis RemainingLimit();

  // What came of Run: status, findings, steps.
  RunReport TakeReport();

 private:
  void RunOne(const Step& step);
  bool IsOverTime();

  const RunConfig& config_;
  World& world_;
  Wall* wall_;
  StepTable table_;
  StepWatcher* watcher_;
  const Step* step_ = nullptr;  // that runs now
  uint64_t steps_ = 0;
  RunStatus status_ = RunStatus::kPass;
  std::optional<Finding> finding_;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_STEP_RUNNER_H_
