// Random programs, against all of their interleavings.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/rng.h"
#include "sim/core/dfs_strategy.h"
#include "sim/core/dpor_op.h"
#include "sim/core/dpor_strategy.h"
#include "sim/core/testing/toy_machine.h"
#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

// An action, and how many of those after it are left out if its result is 0.
struct Instruction {
  ToyAction action;
  size_t skip = 0;
};
using Code = std::vector<Instruction>;

ToyTask TaskOf(const Code& code) {
  return [code](std::span<const uint64_t> results) {
    size_t next = 0;
    for (const uint64_t result : results) {
      next += 1 + (result == 0 ? code[next].skip : 0);
    }
    return next < code.size() ? code[next].action : ToyAction{};
  };
}

std::string TextOf(const std::vector<Code>& tasks) {
  std::string text;
  for (const Code& code : tasks) {
    for (const auto& [action, skip] : code) {
      text += std::to_string(static_cast<int>(action.kind)) + "(" +
              std::to_string(action.object) + ")";
      if (action.value != 0) text += "=" + std::to_string(action.value);
      if (action.lock != 0) text += "/" + std::to_string(action.lock);
      if (action.last != 0) text += "?" + std::to_string(action.last);
      if (skip != 0) text += "->" + std::to_string(skip);
      text += " ";
    }
    text += "| ";
  }
  return text;
}

// What programs are made of.
enum class Part : uint8_t {
  kMemory,
  kLock,
  kTryLock,
  kSharedLock,
  kSemaphore,
  kCondition,
  kValue,
  kBranch,
};

struct Mix {
  std::vector<Part> parts;
  size_t tasks = 3;
  size_t ops_min = 1;
  size_t ops_max = 3;    // of a task; sections are not cut
  uint32_t objects = 2;  // of each kind
  uint32_t deadlines = 0;
  bool renumbers = false;            // objects, in the order of their use
  uint64_t interleavings_max = 600;  // of a program that is compared
  int rounds = 60;
};

class Author {
 public:
  Author(Rng& rng, const Mix& mix) : rng_(rng), mix_(mix) {}

  std::vector<Code> Write() {
    std::vector<Code> tasks(mix_.tasks);
    for (Code& code : tasks) {
      const size_t size = mix_.ops_min + rng_.UpTo(mix_.ops_max - mix_.ops_min);
      while (code.size() < size) AddPart(code, /*held=*/0);
    }
    return tasks;
  }

 private:
  uint32_t Object() {
    return 1 + static_cast<uint32_t>(rng_.UpTo(mix_.objects - 1));
  }

  void AddPart(Code& code, uint32_t held) {
    switch (mix_.parts[rng_.UpTo(mix_.parts.size() - 1)]) {
      case Part::kMemory:
        return AddAccess(code);
      case Part::kLock:
        return AddSection(code, OpKind::kLock, OpKind::kUnlock, held);
      case Part::kTryLock:
        return AddSection(code, OpKind::kTryLock, OpKind::kUnlock, held);
      case Part::kSharedLock:
        return AddSection(code, OpKind::kLockShared, OpKind::kUnlockShared,
                          held);
      case Part::kSemaphore:
        code.push_back({{rng_.Chance(1, 2) ? OpKind::kNotify : OpKind::kWait,
                         20 + Object()}});
        return;
      case Part::kCondition:
        if (held == 0) AddCondition(code);
        return;
      case Part::kValue:
        code.push_back({{.kind = OpKind::kStore,
                         .object = Object(),
                         .value = 1,
                         .last = 1},
                        rng_.UpTo(1)});
        return AddAccess(code);
      case Part::kBranch:
        code.push_back({{OpKind::kLoad, Object()}, 1});
        return AddAccess(code);
    }
  }

  void AddAccess(Code& code) {
    const OpKind kinds[] = {OpKind::kLoad, OpKind::kStore,
                            OpKind::kReadModifyWrite};
    code.push_back({{kinds[rng_.UpTo(2)], Object(), 1}});
  }

  // A section, with another part in it maybe, but not with the same lock.
  void AddSection(Code& code, OpKind lock, OpKind unlock, uint32_t held) {
    const uint32_t object = 10 + Object();
    if (object == held) return;
    const size_t begin = code.size();
    code.push_back({{lock, object}});
    if (held == 0 && rng_.Chance(2, 3)) AddPart(code, object);
    code.push_back({{unlock, object}});
    if (lock == OpKind::kTryLock) {
      code[begin].skip = code.size() - begin - 1;
    }
  }

  // Waits for a condition, or tells it with or without the lock.
  void AddCondition(Code& code) {
    const uint32_t lock = 11;
    const uint64_t form = rng_.UpTo(2);
    const OpKind kind = form == 0 ? OpKind::kWait : OpKind::kNotify;
    const ToyAction action = {kind, 31, rng_.UpTo(1), lock};
    if (form != 1) code.push_back({{OpKind::kLock, lock}});
    if (form == 0 && rng_.Chance(1, 2)) code.push_back({{OpKind::kLoad, 1}});
    code.push_back({action});
    if (form != 1) code.push_back({{OpKind::kUnlock, lock}});
  }

  Rng& rng_;
  const Mix& mix_;
};

// Numbers objects in the order in which a run first speaks of them, as a
// simulation does with those that nobody made before.
class Renumbering final : public Strategy {
 public:
  explicit Renumbering(Strategy& strategy) : strategy_(strategy) {}

  bool Begin(uint64_t run_index) override {
    numbers_.clear();
    return strategy_.Begin(run_index);
  }
  uint32_t PickTask(const TaskChoice& choice) override {
    const std::vector<Op> pending = NumberAll(choice.pending);
    TaskChoice renumbered = choice;
    renumbered.pending = pending;
    return strategy_.PickTask(renumbered);
  }
  uint64_t PickValue(const ValueChoice& choice) override {
    return strategy_.PickValue(choice);
  }
  bool WantsOps() const override { return true; }
  void Executed(const Op& op) override { strategy_.Executed(Number(op)); }
  void End(const RunSummary& summary) override {
    const std::vector<Op> waiting = NumberAll(summary.waiting);
    RunSummary renumbered = summary;
    renumbered.waiting = waiting;
    strategy_.End(renumbered);
  }

 private:
  Op Number(Op op) {
    if (IsOfTask(op.kind) || IsPrivate(op.kind)) return op;
    const auto next = static_cast<uint32_t>(numbers_.size() + 1);
    op.object = numbers_.emplace(op.object, next).first->second;
    return op;
  }
  std::vector<Op> NumberAll(std::span<const Op> ops) {
    std::vector<Op> numbered;
    for (const Op& op : ops) numbered.push_back(Number(op));
    return numbered;
  }

  Strategy& strategy_;
  std::map<uint32_t, uint32_t> numbers_;
};

// One program of how many is compared: fewer where each takes long.
#ifdef NDEBUG
constexpr int kShare = 1;
#else
constexpr int kShare = 4;
#endif

// What all searches of a mix came to.
struct Tally {
  uint64_t interleavings = 0;
  uint64_t complete = 0;
  uint64_t blocked = 0;
};

ToyTasks ProgramOf(const std::vector<Code>& tasks, const Mix& mix) {
  ToyTasks program = {.tasks = {}, .spawned = {}, .deadlines = mix.deadlines};
  for (const Code& code : tasks) {
    program.tasks.push_back(TaskOf(code));
    if (program.tasks.size() == 1) program.tasks.push_back(Straight({}));
  }
  return program;
}

// Searches `program` both ways.  Returns false if it has too many
// interleavings.
bool Compare(const ToyTasks& program, const Mix& mix, Tally& tally) {
  std::set<std::vector<uint64_t>> plain;
  Arena arena(TestMemory);
  DfsStrategy dfs(arena, {.runs_max = mix.interleavings_max});
  for (uint64_t run = 0; dfs.Begin(run); ++run) {
    plain.insert(TraceOf(RunMachine(program, dfs)));
  }
  if (!dfs.is_exhaustive()) return false;
  std::set<std::vector<uint64_t>> traces;
  DporStrategy dpor(arena, {.runs_max = 10'000});
  Renumbering renumbering(dpor);
  Strategy& strategy =
      mix.renumbers ? static_cast<Strategy&>(renumbering) : dpor;
  for (uint64_t run = 0; strategy.Begin(run); ++run) {
    const uint64_t complete = dpor.complete();
    const MachineRun machine = RunMachine(program, strategy);
    if (dpor.complete() > complete) traces.insert(TraceOf(machine));
  }
  EXPECT_TRUE(dpor.is_exhaustive());
  EXPECT_EQ(traces.size(), plain.size());
  EXPECT_TRUE(traces == plain);
  EXPECT_EQ(dpor.complete(), traces.size());
  tally.interleavings += dfs.runs();
  tally.complete += dpor.complete();
  tally.blocked += dpor.blocked();
  return true;
}

Tally CompareAll(const Mix& mix) {
  Tally tally;
  int compared = 0;
  const int rounds = mix.rounds / kShare;
  for (int round = 0; round < rounds; ++round) {
    Rng rng("dpor_random_test", static_cast<uint64_t>(round));
    const std::vector<Code> tasks = Author(rng, mix).Write();
    SCOPED_TRACE(TextOf(tasks));
    if (Compare(ProgramOf(tasks, mix), mix, tally)) ++compared;
    if (testing::Test::HasFailure()) break;
  }
  EXPECT_GT(compared, rounds / 2);
  return tally;
}

// Found at random: a task that could come first, as the first run goes on after
// a race, but not as the next one does, which differs from it only later.
TEST(DporRandomTest, WhatStandsForARaceInOneRunMayNotInAnother) {
  const auto skip_one_if_zero = [](uint32_t object, const ToyAction& then) {
    return Code{{{OpKind::kLoad, object}, 1}, {then}};
  };
  const std::vector<Code> tasks = {
      {{{OpKind::kStore, 2, 1}}},
      {{{OpKind::kReadModifyWrite, 1, 1}}, {{OpKind::kStore, 1, 1}}},
      skip_one_if_zero(2, {OpKind::kLoad, 1}),
      skip_one_if_zero(1, {OpKind::kStore, 2, 1})};
  Tally tally;
  EXPECT_TRUE(Compare(ProgramOf(tasks, {}), {}, tally));
  EXPECT_EQ(tally.blocked, 0u);
}

// Found at random: what is planned in a run where object 4 has one number comes
// in a run where it has another.
TEST(DporRandomTest, APlanFollowsObjectsThatAreNumberedOtherwise) {
  const auto update = [](uint32_t object) {
    return Instruction{{OpKind::kReadModifyWrite, object, 1}};
  };
  const std::vector<Code> tasks = {
      {{{OpKind::kLoad, 1}}, {{OpKind::kLoad, 2}}},
      {{{OpKind::kLoad, 1}}, {{OpKind::kLoad, 4}}, update(1)},
      {update(4), update(3), update(4)}};
  Tally tally;
  EXPECT_TRUE(
      Compare(ProgramOf(tasks, {}), {.parts = {}, .renumbers = true}, tally));
  EXPECT_EQ(tally.complete, 6u);
}

// Found at random: who waits for a second semaphore was not told of the first
// by whom gives it later.
TEST(DporRandomTest, WhoWaitsForTwoSemaphoresTakesPartInTheirRaces) {
  const auto give = [](uint32_t object) {
    return Instruction{{OpKind::kNotify, object}};
  };
  const auto take = [](uint32_t object) {
    return Instruction{{OpKind::kWait, object}};
  };
  const std::vector<Code> tasks = {
      {give(21), take(21), give(22)}, {give(22)}, {take(22), take(21)}};
  Tally tally;
  EXPECT_TRUE(Compare(ProgramOf(tasks, {}), {}, tally));
  // The two who give 22 and who takes it: 4 orders.  Or the last task takes
  // both, and the first waits for ever.
  EXPECT_EQ(tally.complete, 5u);
}

TEST(DporRandomTest, Memory) {
  const Tally tally = CompareAll({.parts = {Part::kMemory}});
  EXPECT_EQ(tally.blocked, 0u);
}

// The shortest programs in which a task can find out what two others did.
TEST(DporRandomTest, MemoryOfLongTasks) {
  const Tally tally = CompareAll({.parts = {Part::kMemory},
                                  .ops_min = 3,
                                  .interleavings_max = 2'000,
                                  .rounds = 40});
  EXPECT_EQ(tally.blocked, 0u);
}

TEST(DporRandomTest, MemoryOfManyTasks) {
  const Tally tally =
      CompareAll({.parts = {Part::kMemory}, .tasks = 5, .ops_max = 1});
  EXPECT_EQ(tally.blocked, 0u);
}

TEST(DporRandomTest, TasksThatDoWhatTheyReadSays) {
  const Tally tally = CompareAll(
      {.parts = {Part::kBranch}, .tasks = 4, .ops_max = 1, .rounds = 100});
  EXPECT_EQ(tally.blocked, 0u);
}

TEST(DporRandomTest, LocksAndDeadlocks) {
  const Tally tally =
      CompareAll({.parts = {Part::kLock, Part::kMemory}, .rounds = 80});
  EXPECT_EQ(tally.blocked, 0u);
}

TEST(DporRandomTest, LocksThatAreTried) {
  const Tally tally = CompareAll(
      {.parts = {Part::kLock, Part::kTryLock, Part::kMemory}, .rounds = 80});
  EXPECT_EQ(tally.blocked, 0u);
}

TEST(DporRandomTest, LocksThatAreShared) {
  const Tally tally = CompareAll(
      {.parts = {Part::kLock, Part::kSharedLock, Part::kMemory}, .rounds = 80});
  EXPECT_EQ(tally.blocked, 0u);
}

TEST(DporRandomTest, Conditions) {
  const Tally tally =
      CompareAll({.parts = {Part::kCondition, Part::kMemory}, .rounds = 80});
  EXPECT_EQ(tally.blocked, 0u);
}

TEST(DporRandomTest, Semaphores) {
  const Tally tally =
      CompareAll({.parts = {Part::kSemaphore, Part::kMemory}, .rounds = 80});
  // Whether a semaphore can be had is not known before it is tried.
  EXPECT_LT(tally.blocked, tally.complete / 10);
}

TEST(DporRandomTest, Values) {
  const Tally tally =
      CompareAll({.parts = {Part::kValue, Part::kMemory, Part::kLock},
                  .ops_max = 2,
                  .rounds = 80});
  // Plans end where a value is asked for.
  EXPECT_LT(tally.blocked, tally.complete / 5);
}

TEST(DporRandomTest, Deadlines) {
  const Tally tally =
      CompareAll({.parts = {Part::kMemory, Part::kLock, Part::kCondition},
                  .tasks = 2,
                  .deadlines = 1});
  EXPECT_EQ(tally.blocked, 0u);
}

TEST(DporRandomTest, ObjectsNumberedInTheOrderOfTheirUse) {
  CompareAll({.parts = {Part::kMemory, Part::kLock, Part::kBranch},
              .objects = 4,
              .renumbers = true,
              .rounds = 100});
}

TEST(DporRandomTest, EverythingAtOnce) {
  const Tally tally =
      CompareAll({.parts = {Part::kMemory, Part::kLock, Part::kSharedLock,
                            Part::kSemaphore, Part::kCondition, Part::kValue,
                            Part::kBranch},
                  .ops_max = 2,
                  .rounds = 100});
  EXPECT_LT(tally.blocked, tally.complete / 5);
}

}  // namespace
}  // namespace fozzy
