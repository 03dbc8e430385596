#include "sim/search/run_trail.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "sim/base/fast_rng.h"
#include "sim/core/list_strategy.h"
#include "sim/search/op_names.h"

namespace fozzy {
namespace {

uint64_t Fold(uint64_t hash, uint64_t value) {
  return FastRng(hash, value).Next();
}

Finding Nondeterminism(const RunDifference& difference) {
  return {.kind = FindingKind::kNondeterminism,
          .title = difference.place,
          .message = "the same answers did not bring the same run: " +
                     difference.message,
          .step = std::nullopt,
          .details = ""};
}

}  // namespace

RunTrail::RunTrail(const Simulation& simulation, RecordedRun* recorded)
    : simulation_(simulation),
      recorder_(recorded == nullptr ? unused_ : *recorded) {}

void RunTrail::OnTask(const TaskChoice& choice, uint32_t answer) {
  recorder_.OnTask(choice, answer);
  uint64_t hash = Fold(1, choice.current.value);
  for (const TaskId task : choice.runnable) hash = Fold(hash, task.value);
  Add(hash, {"a choice of tasks", choice.current, 0,
             simulation_.executor().task(choice.current).site});
}

void RunTrail::OnValue(const ValueChoice& choice, uint64_t answer) {
  recorder_.OnValue(choice, answer);
  uint64_t hash = Fold(2, static_cast<uint64_t>(choice.kind));
  hash = Fold(Fold(hash, choice.last), choice.key.task.value);
  Add(hash, {"a choice of values", choice.key.task, 0,
             simulation_.executor().task(choice.key.task).site});
}

void RunTrail::OnOp(const Op& op, Site site) {
  uint64_t hash = Fold(3, static_cast<uint64_t>(op.kind));
  hash = Fold(Fold(hash, op.object), op.task.value);
  hash = Fold(Fold(hash, op.site), static_cast<uint64_t>(op.order));
  Add(hash, {NameOf(op.kind), op.task, op.object, site});
}

void RunTrail::OnLog(TaskId task, uint64_t now, std::string_view text) {
  uint64_t hash = Fold(Fold(4, task.value), now);
  for (const char c : text) hash = Fold(hash, static_cast<unsigned char>(c));
  Add(hash,
      {"a line of the log", task, 0, simulation_.executor().task(task).site});
}

void RunTrail::Add(uint64_t hash, const Step& step) {
  if (hashes_.size() == kKept) return;
  hashes_.push_back(hash);
  steps_.push_back(step);
}

void RunTrail::Finish() { recorder_.Finish(); }

std::string RunTrail::TextOf(size_t step) const {
  if (step >= steps_.size()) return "the end";
  const Step& at = steps_[step];
  std::string text =
      absl::StrCat(simulation_.NameOf(at.task), ", ", std::string(at.what));
  if (at.object != 0) {
    absl::StrAppend(&text, " of object ", at.object & 0x7fffffff);
  }
  return absl::StrCat(text, " at ", PlaceOf(at.site));
}

std::optional<RunDifference> RunTrail::DifferenceFrom(
    std::span<const uint64_t> other) const {
  const auto [mine, theirs] =
      std::mismatch(hashes_.begin(), hashes_.end(), other.begin(), other.end());
  if (mine == hashes_.end() && theirs == other.end()) return std::nullopt;
  const auto step = static_cast<size_t>(mine - hashes_.begin());
  RunDifference difference;
  // Named by what was the same last: what came next is another thing in every
  // run.
  difference.place = PlaceOf(step == 0 ? Site{} : steps_[step - 1].site);
  difference.message = absl::StrCat(
      "after ", step, " things that were the same",
      step == 0 ? "" : absl::StrCat(", the last ", TextOf(step - 1)),
      ", came another: ", TextOf(step));
  return difference;
}

RunOutcome TwiceSubject::Run(Strategy& strategy, RecordedRun* recorded) {
  RecordedRun own;
  RecordedRun& run = recorded == nullptr ? own : *recorded;
  RunTrail first(subject_.simulation(), &run);
  RunOutcome outcome = subject_.RunWith(strategy, first);
  first.Finish();
  ListStrategy list({.decisions = run.decisions});
  list.Begin(0);
  RunTrail second(subject_.simulation(), nullptr);
  const RunOutcome again = subject_.RunWith(list, second);
  // A run that was given up went on with answers that nobody gave.
  const std::optional<RunDifference> difference =
      second.DifferenceFrom(first.hashes());
  if (difference) {
    outcome.finding = Nondeterminism(*difference);
  } else if (again.digest != outcome.digest ||
             again.finding != outcome.finding) {
    outcome.finding = Nondeterminism({"the end", "it ended otherwise"});
  }
  return outcome;
}

}  // namespace fozzy
