#include "sim/search/shrink_schedule.h"

#include <optional>
#include <span>
#include <vector>

#include "sim/search/shrink_lower.h"
#include "sim/search/shrink_spans.h"

namespace fozzy {
namespace {

// Passes over combinations try at most so many.
constexpr size_t kCombinationsMax = 4'000;
constexpr size_t kPairedMax = 24;    // parts
constexpr size_t kReplacedMax = 12;  // segments

// Tries `change` on all segments, the last first.
template <typename Change>
void ForSegments(ShrinkState& state, Change change) {
  state.TryAll(
      [change](const Candidate& current, size_t i) -> std::optional<Candidate> {
        const size_t segments = current.schedule.size();
        if (i >= segments) return std::nullopt;
        return change(current, segments - 1 - i);
      });
}

// Without part `part` of `from`: a segment or, with numbers after those, an
// answer.
Candidate WithoutPart(const Candidate& from, size_t part) {
  const size_t segments = from.schedule.size();
  if (part < segments) return WithoutSegments(from, part, part + 1);
  const size_t answer = part - segments;
  return WithoutAnswers(from, {&answer, 1});
}

// Reads a number as digits of changing bases, the lowest first.
class Digits {
 public:
  explicit Digits(size_t number) : rest_(number) {}

  size_t Next(size_t base) {
    const size_t digit = rest_ % base;
    rest_ /= base;
    return digit;
  }

  size_t rest() const { return rest_; }

 private:
  size_t rest_;
};

uint64_t PointsOf(const std::vector<Segment>& schedule) {
  uint64_t points = 0;
  for (const Segment& segment : schedule) points += segment.points;
  return points;
}

}  // namespace

void CutSegments(ShrinkState& state) {
  const auto count = [](const Candidate& c) { return c.schedule.size(); };
  ForSpans(state, count, WithoutSegments);
}

void DelaySegments(ShrinkState& state) { ForSegments(state, WithSegmentLater); }

void AdvanceSegments(ShrinkState& state) {
  ForSegments(state, WithSegmentEarlier);
}

void ExtendSegments(ShrinkState& state) {
  ForSegments(state, [](const Candidate& current, size_t index) {
    return WithPoints(current, index, kForever);
  });
}

void CutPairs(ShrinkState& state) {
  state.TryAll(
      [](const Candidate& current, size_t i) -> std::optional<Candidate> {
        const size_t parts = current.schedule.size() + current.answers.size();
        if (parts > kPairedMax || i >= parts * parts) return std::nullopt;
        const size_t first = i / parts;
        const size_t second = i % parts;
        if (second >= first) return current;
        // The later one first: that may join neighbours, and the number of the
        // earlier one stays.
        return WithoutPart(WithoutPart(current, first), second);
      });
}

void ReplaceSegments(ShrinkState& state) {
  const std::vector<TaskId> tasks = state.tasks();
  if (tasks.empty()) return;
  state.TryAll(
      [&tasks](const Candidate& current, size_t i) -> std::optional<Candidate> {
        const size_t segments = current.schedule.size();
        Digits digits(i);
        const TaskId task = tasks[digits.Next(tasks.size())];
        const size_t end = digits.Next(segments + 1);
        const size_t begin = digits.Next(segments + 1);
        if (segments > kReplacedMax || digits.rest() > 0) return std::nullopt;
        if (begin > end) return current;
        const Segment segment = {task, kForever};
        return WithSegments(current, begin, end, {&segment, 1});
      });
}

void ReorderEnds(ShrinkState& state) {
  if (state.measure().preemptions == 0) return;
  const std::vector<TaskId> tasks = state.tasks();
  state.TryAll(
      [&tasks](const Candidate& current, size_t i) -> std::optional<Candidate> {
        if (i >= kCombinationsMax) return std::nullopt;
        const size_t segments = current.schedule.size();
        Digits digits(i);
        Segment ending[3];
        for (Segment& segment : ending) {
          segment = {tasks[digits.Next(tasks.size())], kForever};
        }
        const size_t kept = digits.rest();
        if (kept > segments) return std::nullopt;
        return WithSegments(current, kept, segments, ending);
      });
}

void PreemptOnce(ShrinkState& state) {
  if (state.measure().preemptions <= 1) return;
  const std::vector<TaskId> tasks = state.tasks();
  const size_t points = static_cast<size_t>(PointsOf(state.run().schedule));
  state.TryAll([&tasks, points](const Candidate& current,
                                size_t i) -> std::optional<Candidate> {
    if (i >= kCombinationsMax) return std::nullopt;
    const size_t segments = current.schedule.size();
    Digits digits(i);
    const Segment last = {tasks[digits.Next(tasks.size())], kForever};
    const Segment preempted = {tasks[digits.Next(tasks.size())],
                               digits.Next(points) + 1};
    // None, or one that goes on until it cannot.
    const size_t before = digits.Next(tasks.size() + 1);
    const Segment first =
        before == 0 ? Segment{} : Segment{tasks[before - 1], kForever};
    const Segment ending[] = {first, preempted, last};
    const size_t kept = digits.rest();
    if (kept > segments) return std::nullopt;
    return WithSegments(current, kept, segments, ending);
  });
}

void ShortenSegments(ShrinkState& state) {
  for (size_t left = state.current().schedule.size(); left-- > 0;) {
    // The task of the last one goes on anyway.
    if (left + 1 >= state.current().schedule.size()) continue;
    LowerNumber(state, kPoints, left);
  }
}

}  // namespace fozzy
