#include "scenarios/step_runner.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

std::string_view ToStd(absl::string_view text) {
  return {text.data(), text.size()};
}

// Bytes of what a finding says, at most: it has to fit into a report.
constexpr size_t kTextBytesMax = 64 << 10;

void Cut(std::string& text) {
  if (text.size() <= kTextBytesMax) return;
  const size_t size = text.size();
  text.resize(kTextBytesMax);
  absl::StrAppend(&text, "... (", size, " bytes)");
}

}  // namespace

StepRunner::StepRunner(const Options& options)
    : config_(*options.config),
      world_(*options.world),
      wall_(options.wall),
      table_(options.table),
      watcher_(options.watcher) {}

void StepRunner::Run(std::span<const Step> steps) {
  for (const Step& step : steps) {
    if (IsOverTime()) {
      step_ = &step;
      TimeOut(TimeoutText());
    } else {
      RunOne(step);
      if (!has_failed() && IsOverTime()) TimeOut(TimeoutText());
    }
    if (has_failed()) return;
  }
}

bool StepRunner::RunAndRollBack(std::span<const Step> steps) {
  const Step* const outer = step_;
  World::Scope scope(world_);
  for (const Step& step : steps) {
    RunOne(step);
    if (has_failed()) break;
  }
  const bool failed = has_failed();
  finding_.reset();
  status_ = RunStatus::kPass;
  scope.RollBack();
  step_ = outer;
  Tell(EventKind::kRollback, {step_->number});
  return failed;
}

void StepRunner::Fail(FindingKind kind, absl::string_view title,
                      std::string message, std::string details) {
  if (has_failed()) return;
  status_ = RunStatus::kFail;
  Cut(message);
  if (details.size() > kTextBytesMax) details.clear();
  finding_ = {kind, std::string(title), std::move(message), step_->number,
              std::move(details)};
  world_.run().Tell(EventKind::kFinding, world_.clock().now(), {step_->number},
                    {FindingKindName(kind), ToStd(title), finding_->message});
}

void StepRunner::FailAssertion(std::string message) {
  Fail(FindingKind::kAssertion, step_name(), std::move(message));
}

void StepRunner::Crash(absl::string_view title, std::string message) {
  Fail(FindingKind::kCrash, title, std::move(message));
  status_ = RunStatus::kCrash;
}

void StepRunner::TimeOut(std::string message) {
  Fail(FindingKind::kHang, "timeout", std::move(message));
  status_ = RunStatus::kTimeout;
}

bool StepRunner::Sleep(Millis duration) {
  if (config_.is_det) {
    if (duration > 0 && world_.clock().is_frozen()) {
      Fail(FindingKind::kHang, step_name(),
           absl::StrCat("waits for ", duration,
                        "ms of a clock that is frozen at ",
                        world_.clock().now(), "ms"));
      return false;
    }
    world_.clock().Advance(duration);
  } else if (wall_ != nullptr) {
    const Millis limit = RemainingLimit();
    wall_->Sleep(limit == 0 ? duration : std::min(duration, limit));
  }
  return true;
}

void StepRunner::Tell(EventKind kind, std::initializer_list<uint64_t> numbers,
                      std::initializer_list<absl::string_view> texts) {
  FOZZY_CHECK(texts.size() <= 3);
  std::string_view copies[3];
  std::transform(texts.begin(), texts.end(), copies, ToStd);
  world_.run().Tell({kind,
                     world_.clock().now(),
                     {numbers.begin(), numbers.size()},
                     {copies, texts.size()}});
}

Millis StepRunner::RemainingLimit() {
  if (!config_.timeout || wall_ == nullptr) return 0;
  const Millis elapsed = wall_->Elapsed();
  return elapsed < *config_.timeout ? *config_.timeout - elapsed : 1;
}

RunReport StepRunner::TakeReport() {
  RunReport report;
  report.status = status_;
  if (finding_) report.findings.push_back(*std::move(finding_));
  report.virtual_time = world_.clock().now();
  report.steps = steps_;
  return report;
}

std::string StepRunner::TimeoutText() const {
  return absl::StrCat("scenario timed out: the limit is ", *config_.timeout,
                      "ms");
}

void StepRunner::RunOne(const Step& step) {
  step_ = &step;
  ++steps_;
  const StepSpec& spec = table_[step.type];
  Tell(EventKind::kStep, {step.number}, {spec.name});
  spec.run(*this, step);
  if (watcher_ != nullptr) watcher_->OnStepDone(step, *this);
}

// Deterministic runs are limited in virtual time; whatever can really hang, in
// wall time as well.
bool StepRunner::IsOverTime() {
  if (!config_.timeout) return false;
  if (config_.is_det && world_.clock().now() >= *config_.timeout) return true;
  if (config_.is_repeatable()) return false;
  return world_.run().HasCome(ObservationKind::kTimeout, [this] {
    return wall_->Elapsed() >= *config_.timeout;
  });
}

}  // namespace fozzy
