#include "sim/search/shrink_answers.h"

#include <optional>
#include <span>
#include <vector>

#include "sim/search/shrink_lower.h"
#include "sim/search/shrink_measure.h"
#include "sim/search/shrink_spans.h"

namespace fozzy {
namespace {

// Which answers a pass is about.
using IsKind = bool (*)(ChoiceKind kind);

bool IsValueKind(ChoiceKind kind) {
  return !IsFaultKind(kind) && !IsOrderKind(kind);
}

// Returns the indices of the answers to questions of such kinds.
std::vector<size_t> AnswersOf(const Candidate& candidate, IsKind is_kind) {
  std::vector<size_t> indices;
  for (size_t i = 0; i < candidate.answers.size(); ++i) {
    if (is_kind(candidate.answers[i].key.kind)) indices.push_back(i);
  }
  return indices;
}

void ZeroAnswers(ShrinkState& state, IsKind is_kind) {
  const auto count = [is_kind](const Candidate& current) {
    return AnswersOf(current, is_kind).size();
  };
  ForSpans(state, count,
           [is_kind](const Candidate& current, size_t begin, size_t end) {
             const std::vector<size_t> all = AnswersOf(current, is_kind);
             return WithoutAnswers(current,
                                   std::span(all).subspan(begin, end - begin));
           });
}

// Calls `pass` for each answer of such a kind, the last first.
template <typename Pass>
void ForAnswers(ShrinkState& state, IsKind is_kind, Pass pass) {
  for (size_t left = state.current().answers.size(); left-- > 0;) {
    const std::vector<KeyedAnswer>& answers = state.current().answers;
    if (left < answers.size() && is_kind(answers[left].key.kind)) pass(left);
  }
}

void CutQuestions(ShrinkState& state, IsKind is_kind) {
  ForAnswers(state, is_kind, [&state](size_t index) {
    state.TryAll([index](const Candidate& current,
                         size_t i) -> std::optional<Candidate> {
      if (index >= current.answers.size() || i >= 64) return std::nullopt;
      const uint64_t count = current.answers[index].key.ordinal >> i;
      if (count == 0) return std::nullopt;
      return WithoutQuestions(current, index, count);
    });
  });
}

void LowerAnswers(ShrinkState& state, IsKind is_kind) {
  ForAnswers(state, is_kind, [&state](size_t index) {
    LowerNumber(state, kAnswer, index);
    LowerNumber(state, kEqualAnswers, index);
  });
}

}  // namespace

void DropFaults(ShrinkState& state) { ZeroAnswers(state, IsFaultKind); }

void CalmOrder(ShrinkState& state) { ZeroAnswers(state, IsOrderKind); }

void ZeroValues(ShrinkState& state) { ZeroAnswers(state, IsValueKind); }

void CutFaultQuestions(ShrinkState& state) { CutQuestions(state, IsFaultKind); }

void CutOrderQuestions(ShrinkState& state) { CutQuestions(state, IsOrderKind); }

void CutValueQuestions(ShrinkState& state) { CutQuestions(state, IsValueKind); }

void LowerFaults(ShrinkState& state) { LowerAnswers(state, IsFaultKind); }

void LowerOrder(ShrinkState& state) { LowerAnswers(state, IsOrderKind); }

void LowerValues(ShrinkState& state) { LowerAnswers(state, IsValueKind); }

}  // namespace fozzy
