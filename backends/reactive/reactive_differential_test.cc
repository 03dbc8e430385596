// The runtime against the model, on random programs.
#include <gtest/gtest.h>

#include <cstdlib>
#include <numeric>
#include <string>

#include "backends/reactive/reactive_generate.h"
#include "backends/reactive/reactive_interpret.h"
#include "backends/reactive/reactive_model.h"
#include "sim/base/rng.h"

namespace fozzy {
namespace {

// As many as ctest has time for; more by the variable of the environment.
constexpr uint64_t kPrograms = 2500;

uint64_t Programs() {
  const char* const given = getenv("REACTIVE_PROGRAMS");
  return given == nullptr ? kPrograms : std::strtoull(given, nullptr, 10);
}

Chooser ChooserOf(Rng& rng) {
  return [&rng](uint64_t last) { return rng.UpTo(last); };
}

// Any order will do.
class RandomOrder final : public reactive::Order {
 public:
  explicit RandomOrder(Rng rng) : rng_(rng) {}

  void Arrange(std::span<uint32_t> branches) override {
    for (size_t i = branches.size(); i > 1; --i) {
      std::swap(branches[i - 1], branches[rng_.UpTo(i - 1)]);
    }
  }
  size_t PickReady(size_t count) override { return rng_.UpTo(count - 1); }

 private:
  Rng rng_;
};

class DifferentialTest : public testing::Test {
 protected:
  // Returns the `index`-th program.
  static ReactiveProgram Program(uint64_t index) {
    Rng rng("reactive program", /*seed=*/1, index);
    return GenerateReactive(ChooserOf(rng));
  }
};

TEST_F(DifferentialTest, TheRuntimeDoesWhatTheModelDoes) {
  for (uint64_t i = 0; i < Programs(); ++i) {
    const ReactiveProgram program = Program(i);
    const ReactiveRun model = RunReactiveModel(program);
    const ReactiveRun fast = RunReactive(program).run;
    ASSERT_EQ(model, fast) << "program " << i << "\n"
                           << ReactiveText(program) << "model\n"
                           << ReactiveText(model) << "runtime\n"
                           << ReactiveText(fast);
  }
}

TEST_F(DifferentialTest, NothingObservableDependsOnTheOrderOfBranches) {
  for (uint64_t i = 0; i < Programs(); ++i) {
    const ReactiveProgram program = Program(i);
    const ReactiveRun expected = RunReactive(program).run;
    Rng rng("order", /*seed=*/1, i);
    const ReactiveProgram permuted = PermuteBranches(program, ChooserOf(rng));
    ASSERT_EQ(RunReactiveModel(permuted), expected)
        << "program " << i << "\n"
        << ReactiveText(program) << ReactiveText(permuted);
    RandomOrder order(rng.Fork("runtime"));
    const ReactiveRun shuffled = RunReactive(program, {.order = &order}).run;
    ASSERT_EQ(shuffled, expected) << "program " << i << "\n"
                                  << ReactiveText(program) << "in order\n"
                                  << ReactiveText(expected) << "shuffled\n"
                                  << ReactiveText(shuffled);
  }
}

// A run that ends because nothing can react any more has missed nothing.
TEST_F(DifferentialTest, NothingHappensAfterARunIsStuck) {
  uint64_t stuck = 0;
  for (uint64_t i = 0; i < Programs(); ++i) {
    const ReactiveProgram program = Program(i);
    const ReactiveExecution execution =
        RunReactive(program, {.stops_when_stuck = true});
    if (execution.outcome.ending != reactive::Ending::kStuck) continue;
    ++stuck;
    const ReactiveRun model = RunReactiveModel(program);
    EXPECT_FALSE(model.is_finished || model.has_failed) << "program " << i;
    for (size_t t = execution.run.instants.size(); t < model.instants.size();
         ++t) {
      for (size_t s = 1; s < model.instants[t].size(); ++s) {
        ASSERT_FALSE(model.instants[t][s].has_value())
            << "program " << i << " signal " << s << " instant " << t << "\n"
            << ReactiveText(program);
      }
    }
  }
  EXPECT_GT(stuck, Programs() / 100);
}

// The programs are not all dull.
TEST_F(DifferentialTest, ProgramsDoAllSortsOfThings) {
  uint64_t finished = 0;
  uint64_t failed = 0;
  uint64_t busy = 0;  // with an emission in a third instant or later
  for (uint64_t i = 0; i < Programs(); ++i) {
    const ReactiveRun run = RunReactive(Program(i)).run;
    finished += run.is_finished;
    failed += run.has_failed;
    for (size_t t = 2; t < run.instants.size(); ++t) {
      const auto& values = run.instants[t];
      if (std::any_of(values.begin() + 1, values.end(),
                      [](const auto& v) { return v.has_value(); })) {
        ++busy;
        break;
      }
    }
  }
  EXPECT_GT(finished, Programs() / 10);
  EXPECT_GT(failed, Programs() / 200);
  EXPECT_GT(busy, Programs() / 10);
}

}  // namespace
}  // namespace fozzy
