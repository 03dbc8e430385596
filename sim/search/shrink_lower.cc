#include "sim/search/shrink_lower.h"

#include <optional>

namespace fozzy {
namespace {

size_t CountSegments(const Candidate& candidate) {
  return candidate.schedule.size();
}

size_t CountAnswers(const Candidate& candidate) {
  return candidate.answers.size();
}

uint64_t ReadPoints(const Candidate& candidate, size_t index) {
  return candidate.schedule[index].points;
}

uint64_t ReadAnswer(const Candidate& candidate, size_t index) {
  return candidate.answers[index].answer;
}

// The i-th number to try instead of `number`, smaller ones first; nothing when
// there are no more.
using Proposal = std::optional<uint64_t> (*)(uint64_t number, size_t i);

constexpr uint64_t kSmall = 8;

std::optional<uint64_t> Small(uint64_t number, size_t i) {
  if (i > kSmall || i >= number) return std::nullopt;
  return i;
}

std::optional<uint64_t> LastDigits(uint64_t number, size_t i) {
  uint64_t power = 10;
  for (; i > 0 && power <= number / 10; --i) power *= 10;
  if (i > 0 || power > number) return std::nullopt;
  return number % power;
}

std::optional<uint64_t> WithoutABit(uint64_t number, size_t i) {
  if (i >= 64) return std::nullopt;
  return number & ~(uint64_t{1} << (63 - i));
}

// A run that was recorded anew may have fewer numbers.
bool Exists(const ShrinkState& state, const ShrinkNumber& number,
            size_t index) {
  return index < number.count(state.current());
}

void Propose(ShrinkState& state, const ShrinkNumber& number, size_t index,
             Proposal proposal) {
  state.TryAll([&](const Candidate& current,
                   size_t i) -> std::optional<Candidate> {
    if (!Exists(state, number, index)) return std::nullopt;
    const std::optional<uint64_t> to = proposal(number.read(current, index), i);
    if (!to) return std::nullopt;
    return number.write(current, index, *to);
  });
}

void Bisect(ShrinkState& state, const ShrinkNumber& number, size_t index) {
  if (!Exists(state, number, index)) return;
  uint64_t low = 0;
  uint64_t high = number.read(state.current(), index);
  while (high - low > 1 && Exists(state, number, index)) {
    const uint64_t middle = low + (high - low) / 2;
    const bool is_taken =
        state.Try(number.write(state.current(), index, middle));
    (is_taken ? high : low) = middle;
  }
}

}  // namespace

const ShrinkNumber kPoints = {CountSegments, ReadPoints, WithPoints};
const ShrinkNumber kAnswer = {CountAnswers, ReadAnswer, WithAnswer};
const ShrinkNumber kEqualAnswers = {CountAnswers, ReadAnswer, WithEqualAnswers};

void LowerNumber(ShrinkState& state, const ShrinkNumber& number, size_t index) {
  Propose(state, number, index, Small);
  Propose(state, number, index, LastDigits);
  Bisect(state, number, index);
  Propose(state, number, index, WithoutABit);
}

}  // namespace fozzy
