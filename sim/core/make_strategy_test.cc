#include "sim/core/make_strategy.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "sim/core/run_probe_strategy.h"
#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

constexpr ToyOptions kTimers = {.timer_races = 2};

// Tasks that start, join, lock, wait and ask.
ToyProgram Everything() {
  ToyProgram program(6);
  program[0] = {{OpKind::kSpawn, 2},  {OpKind::kSpawn, 3}, {OpKind::kStore, 1},
                {OpKind::kNotify, 8}, {OpKind::kJoin, 2},  {OpKind::kJoin, 3}};
  for (const uint32_t task : {2u, 3u, 4u, 5u}) {
    program[task] = {{OpKind::kLoad, 1, 2},
                     {OpKind::kLock, 9},
                     {OpKind::kWrite, 7},
                     {OpKind::kFence, 0},
                     {OpKind::kUnlock, 9},
                     {OpKind::kStore, 1, 1, ChoiceKind::kPlace},
                     {OpKind::kRead, 100 + task},
                     {OpKind::kYield, 0, 3, ChoiceKind::kRandom}};
  }
  program[4].push_back({OpKind::kWait, 8, 1, ChoiceKind::kSpurious});
  return program;
}

Strategy& Make(std::string_view text, const StrategyOptions& options,
               Arena& arena) {
  const MadeStrategy made = MakeStrategy(text, options, arena);
  EXPECT_EQ(made.problem, nullptr) << text;
  return *made.strategy;
}

// The names of all that have runs without end, and some parameters.
std::vector<std::string> Endless() {
  std::vector<std::string> names = {"pct:1", "pct:17", "delay:0", "preempt:16"};
  for (const StrategyMaker& maker : StrategyMakers()) {
    if (maker.name == "calm" || maker.name == "newest") continue;
    names.push_back(std::string(maker.name));
  }
  return names;
}

TEST(MakeStrategyTest, NamesAreSortedAndExplained) {
  const auto makers = StrategyMakers();
  for (size_t i = 0; i < makers.size(); ++i) {
    EXPECT_FALSE(makers[i].help.empty()) << makers[i].name;
    EXPECT_LE(makers[i].least, makers[i].most) << makers[i].name;
    if (i > 0) {
      EXPECT_LT(makers[i - 1].name, makers[i].name);
    }
  }
}

TEST(MakeStrategyTest, EveryNameMakesAStrategy) {
  Arena arena(TestMemory);
  for (const StrategyMaker& maker : StrategyMakers()) {
    Strategy& strategy = Make(maker.name, {.seed = 7}, arena);
    EXPECT_EQ(RunToyAt(Writers(3, 4), strategy, 0).ops.size(), 12u)
        << maker.name;
  }
}

TEST(MakeStrategyTest, WhatIsWrongIsSaid) {
  Arena arena(TestMemory);
  for (const char* text : {"", "Pct", "pct3", "dice", ":", ":3", "pc"}) {
    const MadeStrategy made = MakeStrategy(text, {}, arena);
    EXPECT_EQ(made.strategy, nullptr) << text;
    EXPECT_STREQ(made.problem, "there is no strategy of that name") << text;
    EXPECT_EQ(made.maker, nullptr) << text;
  }
  for (const char* text : {"random:", "random:1", "pos:0"}) {
    const MadeStrategy made = MakeStrategy(text, {}, arena);
    EXPECT_EQ(made.strategy, nullptr) << text;
    EXPECT_STREQ(made.problem, "this strategy has no parameter") << text;
  }
  for (const char* text :
       {"pct:", "pct:0", "pct:18", "pct:x", "pct:3x", "pct:-1", "pct:3:4",
        "pct:99999999999999999999999", "round_robin:0", "delay:17"}) {
    const MadeStrategy made = MakeStrategy(text, {}, arena);
    EXPECT_EQ(made.strategy, nullptr) << text;
    EXPECT_STREQ(made.problem,
                 "the parameter is not a number within its bounds")
        << text;
    EXPECT_NE(made.maker, nullptr) << text;
  }
  EXPECT_EQ(arena.bytes(), 0u);
}

TEST(MakeStrategyTest, ParametersAreHeard) {
  Arena arena(TestMemory);
  const ToyProgram program = Writers(3, 4);
  EXPECT_EQ(RunToyAt(program, Make("delay:0", {}, arena), 5).Tasks(),
            (std::vector<uint32_t>{0, 0, 0, 0, 2, 2, 2, 2, 3, 3, 3, 3}));
  EXPECT_EQ(RunToyAt(program, Make("round_robin:1", {}, arena), 5).Tasks(),
            (std::vector<uint32_t>{2, 3, 0, 2, 3, 0, 2, 3, 0, 2, 3, 0}));
}

TEST(MakeStrategyTest, EstablishedSchedulesHaveTheirStrategies) {
  Arena arena(TestMemory);
  for (const EstablishedSchedule& known : kEstablishedSchedules) {
    EXPECT_EQ(MakeStrategy(known.strategy, {}, arena).problem, nullptr);
  }
}

TEST(MakeStrategyTest, APortfolioIsItsMembersRunByRun) {
  Arena arena(TestMemory);
  const auto members = PortfolioMembers();
  Strategy& portfolio = Make("portfolio", {.seed = 7}, arena);
  for (uint64_t run = 0; run < 64; ++run) {
    Strategy& member = Make(members[run % members.size()], {.seed = 7}, arena);
    EXPECT_EQ(RunToyAt(Everything(), portfolio, run).decisions,
              RunToyAt(Everything(), member, run).decisions)
        << run;
  }
}

// Returns in how many of 4000 runs of the portfolio `is_bug` holds.
template <class IsBug>
int Found(const ToyProgram& program, const IsBug& is_bug) {
  Arena arena(TestMemory);
  RunProbeStrategy probe({.seed = 7}, arena);
  RunToyAt(program, probe, 0);
  Strategy& portfolio =
      Make("portfolio", {.seed = 7, .shape = probe.shape()}, arena);
  int found = 0;
  for (uint64_t run = 0; run < 4000; ++run) {
    found += is_bug(RunToyAt(program, portfolio, run));
  }
  return found;
}

// A random walk finds it in one run of 2^30.
TEST(MakeStrategyTest, APortfolioFindsWhatNeedsATaskHeldBackForLong) {
  ToyProgram program(3);
  program[0].assign(30, {OpKind::kWrite, 100});
  program[0].push_back({OpKind::kStore, 1});
  program[2].assign(1, {OpKind::kLoad, 1});
  program[2].resize(30, {OpKind::kWrite, 102});
  EXPECT_GT(Found(program,
                  [](const ToyRun& run) {
                    return run.PlaceOf(0, 30) < run.PlaceOf(2, 0);
                  }),
            200);
}

// PCT finds it in no run: it needs eleven changes of priority.
TEST(MakeStrategyTest, APortfolioFindsWhatNeedsManySwitches) {
  EXPECT_GT(Found(Writers(2, 6),
                  [](const ToyRun& run) {
                    for (size_t i = 1; i < run.ops.size(); ++i) {
                      if (run.ops[i].task == run.ops[i - 1].task) return false;
                    }
                    return true;
                  }),
            0);
}

// What follows holds for each.  RunToy checks that answers are possible.

TEST(EveryStrategyTest, ARunDependsOnItsIndexAloneWhateverTheOrder) {
  Arena arena(TestMemory);
  RunProbeStrategy probe({.seed = 7}, arena);
  RunToyAt(Everything(), probe, 0);
  for (const std::string& name : Endless()) {
    for (const RunShape& shape : {RunShape{}, probe.shape()}) {
      const StrategyOptions options = {.seed = 7, .shape = shape};
      Strategy& upwards = Make(name, options, arena);
      Strategy& anyhow = Make(name, options, arena);
      std::vector<std::vector<Decision>> runs;
      for (uint64_t run = 0; run < 64; ++run) {
        runs.push_back(RunToyAt(Everything(), upwards, run, kTimers).decisions);
      }
      for (uint64_t i = 0; i < 64; ++i) {
        const uint64_t run = (i * 37 + 5) % 64;
        EXPECT_EQ(RunToyAt(Everything(), anyhow, run, kTimers).decisions,
                  runs[run])
            << name << ", run " << run;
      }
    }
  }
}

TEST(EveryStrategyTest, SeedsDiffer) {
  Arena arena(TestMemory);
  for (const std::string& name : Endless()) {
    Strategy& seven = Make(name, {.seed = 7}, arena);
    Strategy& eight = Make(name, {.seed = 8}, arena);
    size_t equal = 0;
    for (uint64_t run = 0; run < 20; ++run) {
      equal += RunToyAt(Everything(), seven, run).decisions ==
               RunToyAt(Everything(), eight, run).decisions;
    }
    EXPECT_LT(equal, 3u) << name;
  }
}

TEST(EveryStrategyTest, StrategiesDoNotMakeTheSameDraws) {
  Arena arena(TestMemory);
  std::set<uint64_t> numbers;
  for (const std::string& name : Endless()) {
    if (name.find(':') != std::string::npos || name == "portfolio") continue;
    Strategy& strategy = Make(name, {.seed = 7}, arena);
    ASSERT_TRUE(strategy.Begin(0));
    EXPECT_TRUE(
        numbers.insert(strategy.PickValue({.last = ~uint64_t{0}})).second)
        << name;
  }
}

TEST(EveryStrategyTest, MemoryIsTakenOnceOnly) {
  for (const std::string& name : Endless()) {
    Arena arena(TestMemory);
    Strategy& strategy = Make(name, {.seed = 7}, arena);
    for (uint64_t run = 0; run < 16; ++run) {
      RunToyAt(Everything(), strategy, run, kTimers);
    }
    const size_t bytes = arena.bytes();
    for (uint64_t run = 16; run < 200; ++run) {
      RunToyAt(Everything(), strategy, run, kTimers);
    }
    // Feedback keeps lists of answers.
    EXPECT_LE(arena.bytes(), bytes + (name == "feedback" ? 1u << 20 : 0u))
        << name;
  }
}

TEST(EveryStrategyTest, ManyOrdersAreSeen) {
  Arena arena(TestMemory);
  for (const std::string& name : Endless()) {
    if (name == "delay:0" || name == "round_robin") continue;
    Strategy& strategy = Make(name, {.seed = 7}, arena);
    std::set<std::vector<uint32_t>> seen;
    for (uint64_t run = 0; run < 500; ++run) {
      seen.insert(RunToyAt(Writers(3, 4), strategy, run).Tasks());
    }
    EXPECT_GE(seen.size(), name == "pct:1" ? 6u : 20u) << name;
  }
}

}  // namespace
}  // namespace fozzy
