#include "sim/search/shrink_state.h"

#include <algorithm>

#include "sim/base/check.h"

namespace fozzy {
namespace {

// How much longer than the current run a simpler one may be before it is given
// up: candidates that spin until the step bound cost more than all others.
constexpr uint64_t kPointsFactor = 8;
constexpr uint64_t kPointsSlack = 1024;

uint64_t PointsMax(uint64_t points) {
  if (points > (kForever - kPointsSlack) / kPointsFactor) return kForever;
  return points * kPointsFactor + kPointsSlack;
}

std::pair<uint64_t, uint64_t> KeyOf(const Candidate& candidate) {
  const Digest identity = IdentityOf(candidate);
  return {identity.high(), identity.low()};
}

// Larger than any run.
constexpr RunMeasure kLargest = {.preemptions = kForever};

}  // namespace

ShrinkState::ShrinkState(const ShrinkOptions& options, std::string signature)
    : options_(options),
      goal_{.signature = std::move(signature), .measure = kLargest} {}

bool ShrinkState::Start(const Candidate& candidate) { return Try(candidate); }

bool ShrinkState::Try(const Candidate& candidate) {
  if (!IsNew(candidate, {})) return false;
  return TakeFirst({candidate}).has_value();
}

void ShrinkState::TryAll(Change change) {
  size_t next = 0;
  bool is_done = false;
  while (!is_done && !is_spent_) {
    std::vector<Candidate> batch;
    std::vector<size_t> numbers;
    while (!is_done && batch.size() < options_.batch_max) {
      std::optional<Candidate> candidate = change(current_, next);
      is_done = !candidate.has_value();
      if (!is_done && IsNew(*candidate, batch)) {
        batch.push_back(*std::move(candidate));
        numbers.push_back(next);
      }
      ++next;
    }
    const std::optional<size_t> taken = TakeFirst(batch);
    if (!taken) continue;
    next = numbers[*taken];
    is_done = false;
  }
}

std::optional<size_t> ShrinkState::TakeFirst(
    const std::vector<Candidate>& batch) {
  if (is_spent_ || batch.empty()) return std::nullopt;
  is_spent_ = runs_ == options_.runs_max ||
              (options_.is_time_up != nullptr && options_.is_time_up());
  if (is_spent_) return std::nullopt;
  const size_t count = static_cast<size_t>(
      std::min<uint64_t>(batch.size(), options_.runs_max - runs_));
  std::vector<Trial> trials =
      options_.try_candidates(std::span(batch).first(count), goal_);
  for (size_t i = 0; i < trials.size(); ++i) {
    ++runs_;
    tried_.insert(KeyOf(batch[i]));
    if (trials[i].is_unstable) is_spent_ = is_unstable_ = true;
    if (is_unstable_) return std::nullopt;
    if (!trials[i].is_reached) continue;
    Take(std::move(trials[i]));
    return i;
  }
  FOZZY_CHECK(trials.size() == count);
  is_spent_ = count < batch.size();
  return std::nullopt;
}

bool ShrinkState::IsNew(const Candidate& candidate,
                        std::span<const Candidate> batch) {
  return !tried_.contains(KeyOf(candidate)) &&
         std::find(batch.begin(), batch.end(), candidate) == batch.end();
}

void ShrinkState::Take(Trial trial) {
  FOZZY_CHECK(trial.measure < goal_.measure);
  goal_.measure = trial.measure;
  goal_.points_max = PointsMax(trial.measure.points);
  recorded_ = std::move(trial.recorded);
  outcome_ = std::move(trial.outcome);
  current_ = CandidateOf(recorded_);
  tried_.insert(KeyOf(current_));
  for (const Segment& segment : recorded_.schedule) Meet(segment.task);
}

void ShrinkState::Meet(TaskId task) {
  const auto by_id = [](TaskId a, TaskId b) { return a.value < b.value; };
  const auto place =
      std::lower_bound(tasks_.begin(), tasks_.end(), task, by_id);
  if (place == tasks_.end() || *place != task) tasks_.insert(place, task);
}

}  // namespace fozzy
