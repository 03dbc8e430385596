#include "sim/search/shrink_passes.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "sim/search/shrink_lower.h"

namespace fozzy {
namespace {

// Calls `pass` with n, n / 2, ... 1 where n is the number of parts.
template <typename Count, typename Pass>
void ForSizes(ShrinkState& state, Count count, Pass pass) {
  for (size_t size = count(state.current()); size > 0; size /= 2) {
    pass(std::min(size, std::max<size_t>(count(state.current()), 1)));
  }
}

size_t CountSegments(const Candidate& candidate) {
  return candidate.schedule.size();
}

// Cuts spans of segments, the last ones first: what comes after them does not
// change its meaning.
void CutSegments(ShrinkState& state) {
  ForSizes(state, CountSegments, [&state](size_t size) {
    state.TryAll(
        [size](const Candidate& current, size_t i) -> std::optional<Candidate> {
          const size_t segments = current.schedule.size();
          if (i * size >= segments) return std::nullopt;
          const size_t end = segments - i * size;
          return WithoutSegments(current, end - std::min(size, end), end);
        });
  });
}

// Tries `change` on all segments, the last first.
template <typename ChangeSegment>
void ForSegments(ShrinkState& state, ChangeSegment change) {
  state.TryAll(
      [change](const Candidate& current, size_t i) -> std::optional<Candidate> {
        const size_t segments = current.schedule.size();
        if (i >= segments) return std::nullopt;
        return change(current, segments - 1 - i);
      });
}

void DelaySegments(ShrinkState& state) { ForSegments(state, WithSegmentLater); }

void AdvanceSegments(ShrinkState& state) {
  ForSegments(state, WithSegmentEarlier);
}

// Lets tasks go on until they cannot: then the switch is no preemption.
void ExtendSegments(ShrinkState& state) {
  ForSegments(state, [](const Candidate& current, size_t index) {
    return WithPoints(current, index, kForever);
  });
}

// Removes two parts at a time, which helps where one makes up for the other.
// Only when few parts are left: there are many pairs.
constexpr size_t kPairedMax = 24;

// Without part `part` of `from`, a segment or an answer.
Candidate WithoutPart(const Candidate& from, size_t part) {
  const size_t segments = from.schedule.size();
  if (part < segments) return WithoutSegments(from, part, part + 1);
  const size_t answer = part - segments;
  return WithoutAnswers(from, {&answer, 1});
}

void CutPairs(ShrinkState& state) {
  state.TryAll(
      [](const Candidate& current, size_t i) -> std::optional<Candidate> {
        const size_t parts = current.schedule.size() + current.answers.size();
        if (parts > kPairedMax || i >= parts * parts) return std::nullopt;
        const size_t first = i / parts;
        const size_t second = i % parts;
        if (second >= first) return current;
        // The later one first: that may join neighbours, and the number of
        // the earlier one stays.
        return WithoutPart(WithoutPart(current, first), second);
      });
}

using IsKind = bool (*)(ChoiceKind kind);

bool IsInputKind(ChoiceKind kind) { return !IsFaultKind(kind); }

// Returns the indices of the answers to questions of such kinds.
std::vector<size_t> AnswersOf(const Candidate& candidate, IsKind is_kind) {
  std::vector<size_t> indices;
  for (size_t i = 0; i < candidate.answers.size(); ++i) {
    if (is_kind(candidate.answers[i].key.kind)) indices.push_back(i);
  }
  return indices;
}

// Answers spans of questions with 0, the last ones first.
template <IsKind kIsKind>
void ZeroAnswers(ShrinkState& state) {
  const auto count = [](const Candidate& candidate) {
    return AnswersOf(candidate, kIsKind).size();
  };
  ForSizes(state, count, [&state](size_t size) {
    state.TryAll(
        [size](const Candidate& current, size_t i) -> std::optional<Candidate> {
          const std::vector<size_t> indices = AnswersOf(current, kIsKind);
          if (i * size >= indices.size()) return std::nullopt;
          const size_t end = indices.size() - i * size;
          const size_t begin = end - std::min(size, end);
          return WithoutAnswers(current,
                                std::span(indices).subspan(begin, end - begin));
        });
  });
}

// Takes out questions before each answer, so that a loop need not come so far.
template <IsKind kIsKind>
void CutQuestions(ShrinkState& state) {
  for (size_t left = state.current().answers.size(); left-- > 0;) {
    state.TryAll(
        [left](const Candidate& current, size_t i) -> std::optional<Candidate> {
          if (left >= current.answers.size() || i >= 64) return std::nullopt;
          const ChoiceKey& key = current.answers[left].key;
          if (!kIsKind(key.kind) || key.ordinal >> i == 0) return std::nullopt;
          return WithoutQuestions(current, left, key.ordinal >> i);
        });
  }
}

template <IsKind kIsKind>
void LowerAnswers(ShrinkState& state) {
  for (size_t left = state.current().answers.size(); left-- > 0;) {
    if (left >= state.current().answers.size()) continue;
    if (!kIsKind(state.current().answers[left].key.kind)) continue;
    LowerNumber(state, kAnswer, left);
    LowerNumber(state, kEqualAnswers, left);
  }
}

// Lets switches come earlier.
void ShortenSegments(ShrinkState& state) {
  for (size_t left = state.current().schedule.size(); left-- > 0;) {
    // The task of the last one goes on anyway.
    if (left + 1 >= state.current().schedule.size()) continue;
    LowerNumber(state, kPoints, left);
  }
}

constexpr ShrinkPass kPasses[] = {
    {"drop-faults", "let nothing go wrong", ShrinkPart::kFaults,
     ZeroAnswers<IsFaultKind>},
    {"zero-values", "answer 0 to other questions", ShrinkPart::kInput,
     ZeroAnswers<IsInputKind>},
    {"cut-segments", "let tasks take fewer turns", ShrinkPart::kSchedule,
     CutSegments},
    {"delay-segments", "let turns wait for the task's next one",
     ShrinkPart::kSchedule, DelaySegments},
    {"advance-segments", "take turns together with the task's last one",
     ShrinkPart::kSchedule, AdvanceSegments},
    {"extend-segments", "let turns last until the task waits or ends",
     ShrinkPart::kSchedule, ExtendSegments},
    {"cut-pairs", "do without two turns or answers at a time", ShrinkPart::kAll,
     CutPairs},
    {"cut-fault-questions", "let faults come earlier", ShrinkPart::kFaults,
     CutQuestions<IsFaultKind>},
    {"cut-value-questions", "let values come earlier", ShrinkPart::kInput,
     CutQuestions<IsInputKind>},
    {"lower-faults", "make answers about faults smaller", ShrinkPart::kFaults,
     LowerAnswers<IsFaultKind>},
    {"lower-values", "make other answers smaller", ShrinkPart::kInput,
     LowerAnswers<IsInputKind>},
    {"shorten-segments", "let switches come earlier", ShrinkPart::kSchedule,
     ShortenSegments},
};

}  // namespace

std::span<const ShrinkPass> ShrinkPasses() { return kPasses; }

}  // namespace fozzy
