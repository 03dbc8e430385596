#include "sim/core/feedback_strategy.h"

#include <gtest/gtest.h>

#include <deque>
#include <set>
#include <utility>
#include <vector>

#include "sim/core/random_walk_strategy.h"
#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

using Bytes = std::vector<std::byte>;
using Runs = std::vector<std::vector<Decision>>;

constexpr uint64_t kEpoch = FeedbackCorpus::kEpochRuns;

// Two tasks that do the same 20 ops, so that there are many pairs to reach.
ToyProgram Corners() {
  ToyProgram program(3);
  for (const uint32_t task : {0u, 2u}) {
    for (uint32_t i = 0; i < 20; ++i) {
      program[task].push_back({i % 2 == 0 ? OpKind::kStore : OpKind::kLoad, 1,
                               i % 5 == 0 ? 2u : 0u});
    }
  }
  return program;
}

Bytes Saved(const FeedbackStrategy& strategy) {
  Bytes bytes(strategy.Save({}));
  strategy.Save(bytes);
  return bytes;
}

// Runs `epochs` epochs on `jobs` workers, that hand runs out in their own ways
// and exchange what they know between epochs.
Runs RunOn(size_t jobs, uint64_t epochs, Bytes* saved) {
  Arena arena(TestMemory);
  std::deque<FeedbackStrategy> workers;
  for (size_t i = 0; i < jobs; ++i) {
    workers.emplace_back(FeedbackStrategy::Options{.seed = 7}, arena);
  }
  Runs runs(epochs * kEpoch);
  for (uint64_t epoch = 0; epoch < epochs; ++epoch) {
    for (uint64_t i = 0; i < kEpoch; ++i) {
      const uint64_t index = epoch * kEpoch + (i * 37 + jobs) % kEpoch;
      FeedbackStrategy& worker = workers[(i * i + epoch) % jobs];
      runs[index] = RunToyAt(Corners(), worker, index).decisions;
    }
    std::vector<Bytes> known;
    for (const FeedbackStrategy& worker : workers) {
      known.push_back(Saved(worker));
    }
    for (FeedbackStrategy& worker : workers) {
      for (const Bytes& bytes : known) EXPECT_TRUE(worker.Load(bytes));
    }
  }
  *saved = Saved(workers[0]);
  for (const FeedbackStrategy& worker : workers) {
    EXPECT_EQ(Saved(worker), *saved);
  }
  return runs;
}

TEST(FeedbackStrategyTest, AnyNumberOfWorkersGivesTheSameRuns) {
  Bytes alone;
  const Runs runs = RunOn(1, 4, &alone);
  for (const size_t jobs : {2u, 3u, 7u}) {
    Bytes saved;
    EXPECT_EQ(RunOn(jobs, 4, &saved), runs) << jobs;
    EXPECT_EQ(saved, alone) << jobs;
  }
}

TEST(FeedbackStrategyTest, ASavedCampaignGoesOnAsIfNeverLeft) {
  Arena arena(TestMemory);
  FeedbackStrategy strategy({.seed = 7}, arena);
  for (uint64_t i = 0; i < 700; ++i) RunToyAt(Corners(), strategy, i);
  FeedbackStrategy resumed({.seed = 7}, arena);
  ASSERT_TRUE(resumed.Load(Saved(strategy)));
  for (uint64_t i = 700; i < 1100; ++i) {
    EXPECT_EQ(RunToyAt(Corners(), resumed, i).decisions,
              RunToyAt(Corners(), strategy, i).decisions)
        << i;
  }
}

TEST(FeedbackStrategyTest, RunsAreLikeOnesThatWereKept) {
  Arena arena(TestMemory);
  FeedbackStrategy strategy({.seed = 7}, arena);
  std::vector<std::vector<uint32_t>> first;
  for (uint64_t i = 0; i < kEpoch; ++i) {
    first.push_back(RunToyAt(Corners(), strategy, i).Tasks());
  }
  int alike = 0;
  for (uint64_t i = kEpoch; i < 2 * kEpoch; ++i) {
    const std::vector<uint32_t> tasks =
        RunToyAt(Corners(), strategy, i).Tasks();
    for (const std::vector<uint32_t>& kept : first) {
      size_t same = 0;
      while (same < tasks.size() && tasks[same] == kept[same]) ++same;
      if (same < 20) continue;
      ++alike;
      break;
    }
  }
  // By luck a run shares 20 steps with one of 256 in one case of 2^12.
  EXPECT_GT(alike, 60);
}

// Pairs of an op and the next one of the other task.
std::set<std::pair<uint32_t, uint32_t>> Pairs(Strategy& strategy,
                                              const ToyProgram& program,
                                              uint64_t runs) {
  std::set<std::pair<uint32_t, uint32_t>> pairs;
  for (uint64_t i = 0; i < runs; ++i) {
    const ToyRun run = RunToyAt(program, strategy, i);
    for (size_t j = 1; j < run.ops.size(); ++j) {
      if (run.ops[j].task == run.ops[j - 1].task) continue;
      pairs.insert({run.ops[j - 1].site, run.ops[j].site});
    }
  }
  return pairs;
}

TEST(FeedbackStrategyTest, ReachesMoreThanARandomWalkDoes) {
  Arena arena(TestMemory);
  FeedbackStrategy strategy({.seed = 7}, arena);
  RandomWalkStrategy walk({.seed = 7});
  const size_t reached = Pairs(strategy, Writers(2, 40), 4000).size();
  const size_t by_chance = Pairs(walk, Writers(2, 40), 4000).size();
  EXPECT_GT(reached, by_chance * 5 / 4) << by_chance;
}

}  // namespace
}  // namespace fozzy
