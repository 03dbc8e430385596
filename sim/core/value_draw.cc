#include "sim/core/value_draw.h"

namespace fozzy {
namespace {

constexpr uint32_t kTimerShiftMin = 2;
constexpr uint64_t kTimerShiftSpread = 6;
constexpr uint64_t kOddBudgetMax = 4;
constexpr uint64_t kOddShiftMax = 7;
constexpr uint32_t kOftenShift = 1;
constexpr uint32_t kSpuriousShift = 3;

bool IsOdd(ChoiceKind kind) {
  return kind == ChoiceKind::kReadsFrom || kind == ChoiceKind::kPlace ||
         kind == ChoiceKind::kSpurious;
}

// Returns whether an event of probability 2^-shift happens.
bool Happens(FastRng& rng, uint32_t shift) {
  return (rng.Next() & ((uint64_t{1} << shift) - 1)) == 0;
}

}  // namespace

void ValueDraw::Begin(FastRng& rng) {
  rng_ = FastRng::FromState(rng.Next());
  timer_shift_ =
      kTimerShiftMin + static_cast<uint32_t>(rng_.UpTo(kTimerShiftSpread));
  odd_shift_ = static_cast<uint32_t>(rng_.UpTo(kOddShiftMax));
  odd_budget_ = rng_.UpTo(kOddBudgetMax);
}

uint64_t ValueDraw::Pick(const ValueChoice& choice) {
  const uint64_t threshold = choice.weight.threshold;
  if (threshold != 0) {
    if (rng_.Next() >= threshold) return 0;
    return 1 + rng_.UpTo(choice.last - 1);
  }
  if (IsOdd(choice.kind)) return PickOdd(choice);
  return rng_.UpTo(choice.last);
}

uint64_t ValueDraw::PickOdd(const ValueChoice& choice) {
  if (oddity_ == Oddity::kOften) {
    const bool is_spurious = choice.kind == ChoiceKind::kSpurious;
    if (!Happens(rng_, is_spurious ? kSpuriousShift : kOftenShift)) return 0;
    return 1 + rng_.UpTo(choice.last - 1);
  }
  if (odd_budget_ == 0) return 0;
  if (!Happens(rng_, odd_shift_)) return 0;
  --odd_budget_;
  return 1 + rng_.UpTo(choice.last - 1);
}

}  // namespace fozzy
