#include "sim/core/seeded_strategy.h"

#include "sim/base/seeds.h"

namespace fozzy {
namespace {

constexpr std::string_view kLabel = "questions";

bool IsEstablished(const ValueChoice& choice) {
  return choice.draw != kNoDraw && (choice.kind == ChoiceKind::kRandom ||
                                    choice.kind == ChoiceKind::kDeliver ||
                                    choice.kind == ChoiceKind::kDrop);
}

// Returns `draw` brought down to 0 to `last`.
uint64_t Modulo(uint64_t draw, uint64_t last) {
  return last == ~uint64_t{0} ? draw : draw % (last + 1);
}

uint64_t AnswerOf(uint64_t draw, const ValueChoice& choice) {
  const uint64_t threshold = choice.weight.threshold;
  if (threshold == 0) return Modulo(draw, choice.last);
  return draw < threshold ? 1 + Modulo(draw, choice.last - 1) : 0;
}

}  // namespace

SeededStrategy::SeededStrategy(const Options& options)
    : seed_(options.seed),
      run_seed_(options.seed),
      established_(options.seed),
      questions_(kLabel, options.seed) {}

bool SeededStrategy::Begin(uint64_t run_index) {
  run_seed_ = RunSeed(seed_, run_index);
  is_established_made_ = false;
  questions_ = Rng(kLabel, run_seed_);
  return true;
}

uint32_t SeededStrategy::PickTask(const TaskChoice& choice) {
  return static_cast<uint32_t>(questions_.UpTo(choice.runnable.size() - 1));
}

uint64_t SeededStrategy::PickValue(const ValueChoice& choice) {
  if (IsEstablished(choice)) {
    if (!is_established_made_) {
      established_ = CompatibilityStream(run_seed_);
      is_established_made_ = true;
    }
    return AnswerOf(established_.At(choice.draw), choice);
  }
  const uint64_t threshold = choice.weight.threshold;
  if (threshold == 0) return questions_.UpTo(choice.last);
  if (questions_.Next() >= threshold) return 0;
  return 1 + questions_.UpTo(choice.last - 1);
}

}  // namespace fozzy
