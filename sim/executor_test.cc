#include "sim/core/executor.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "sim/base/fast_rng.h"
#include "sim/core/list_strategy.h"
#include "sim/fiber_carrier.h"
#include "sim/testing/scripted_strategy.h"

namespace fozzy {
namespace {

void* Grow(size_t bytes) { return std::aligned_alloc(64, bytes); }

// Chooses evenly among the tasks that can run.
class RandomStrategy final : public Strategy {
 public:
  explicit RandomStrategy(uint64_t seed) : rng_(seed) {}
  bool Begin(uint64_t) override { return true; }
  uint32_t PickTask(const TaskChoice& choice) override {
    return static_cast<uint32_t>(rng_.UpTo(choice.runnable.size() - 1));
  }
  uint64_t PickValue(const ValueChoice& choice) override {
    return rng_.UpTo(choice.last);
  }

 private:
  FastRng rng_;
};

class ExecutorTest : public testing::Test {
 protected:
  ExecutorTest()
      : arena_(Grow, std::free), carrier_(65536), executor_(arena_, carrier_) {}

  RunEnd RunBody(Strategy& strategy, std::function<void()> body,
                 const Executor::Options& options = {}) {
    functions_.clear();
    functions_.push_back(
        std::make_unique<std::function<void()>>(std::move(body)));
    return executor_.Run(Call, functions_.back().get(), strategy, options,
                         nullptr);
  }

  TaskId Start(std::function<void()> function) {
    functions_.push_back(
        std::make_unique<std::function<void()>>(std::move(function)));
    return executor_.Spawn(Call, functions_.back().get(), Site::Here());
  }

  void Step(uint32_t object = 1) {
    executor_.Point({.kind = OpKind::kStore, .object = object}, Site::Here());
  }

  void Log(char c) { log_ += c; }

  static void Call(void* function) {
    (*static_cast<std::function<void()>*>(function))();
  }

  Arena arena_;
  FiberCarrier carrier_;
  Executor executor_;
  std::vector<std::unique_ptr<std::function<void()>>> functions_;
  std::string log_;
};

TEST_F(ExecutorTest, TheCalmRunGoesOnWithTheCurrentTask) {
  ScriptedStrategy calm;

  const RunEnd end = RunBody(calm, [&] {
    Start([&] {
      Step();
      Log('b');
      Step();
      Log('c');
    });
    Step();
    Log('a');
  });

  EXPECT_EQ(end, RunEnd::kClean);
  EXPECT_EQ(log_, "abc");
}

TEST_F(ExecutorTest, AnAnswerSwitchesToAnotherTask) {
  ScriptedStrategy strategy({1, 1});

  RunBody(strategy, [&] {
    Start([&] {
      Log('b');
      Step();
      Log('c');
    });
    Step();
    Log('a');
  });

  EXPECT_EQ(log_, "bac");
}

TEST_F(ExecutorTest, TasksThatWaitForEachOtherAreADeadlock) {
  ScriptedStrategy calm;
  WaitQueue queue;

  const RunEnd end = RunBody(calm, [&] {
    executor_.PointIn(queue, {.kind = OpKind::kLock}, Site::Here());
    Log('a');
  });

  EXPECT_EQ(end, RunEnd::kDeadlock);
  EXPECT_EQ(log_, "");
}

TEST_F(ExecutorTest, ARunAfterADeadlockIsLikeAnyOther) {
  ScriptedStrategy calm;
  WaitQueue queue;
  RunBody(calm, [&] {
    executor_.PointIn(queue, {.kind = OpKind::kLock}, Site::Here());
  });

  EXPECT_EQ(RunBody(calm, [&] { Log('a'); }), RunEnd::kClean);
  EXPECT_EQ(log_, "a");
}

TEST_F(ExecutorTest, TimeMovesWhenNothingCanRun) {
  ScriptedStrategy calm;

  const RunEnd end = RunBody(calm, [&] {
    Start([&] {
      executor_.Sleep(executor_.now() + 20, Site::Here());
      Log('b');
      EXPECT_EQ(executor_.now(), 20u);
    });
    executor_.Sleep(executor_.now() + 10, Site::Here());
    Log('a');
    EXPECT_EQ(executor_.now(), 10u);
  });

  EXPECT_EQ(end, RunEnd::kClean);
  EXPECT_EQ(log_, "ab");
}

TEST_F(ExecutorTest, ADeadlineMayPassBeforeItsTime) {
  // The timer is the second of the two that can run.
  ScriptedStrategy strategy({1, 1, 1});

  RunBody(strategy, [&] {
    Start([&] {
      executor_.Sleep(1000, Site::Here());
      Log('t');
    });
    Step();
    Step();
    Step();
    Log('a');
  });

  EXPECT_EQ(log_, "ta");
}

TEST_F(ExecutorTest, ASpinningTaskLetsOthersGoOn) {
  ScriptedStrategy calm;
  bool is_set = false;

  const RunEnd end = RunBody(calm, [&] {
    Start([&] {
      Step();
      is_set = true;
      executor_.NoteChange();
    });
    while (!is_set) {
      Step();
      if (executor_.NoteRead(1, 1)) executor_.Yield(Site::Here());
    }
  });

  EXPECT_EQ(end, RunEnd::kClean);
}

TEST_F(ExecutorTest, SpinningForEverIsALivelock) {
  ScriptedStrategy calm;

  const RunEnd end = RunBody(calm, [&] {
    for (;;) executor_.Yield(Site::Here());
  });

  EXPECT_EQ(end, RunEnd::kLivelock);
}

TEST_F(ExecutorTest, TooManyPointsEndTheRun) {
  ScriptedStrategy calm;

  const RunEnd end = RunBody(calm,
                             [&] {
                               for (;;) Step();
                             },
                             {.points_max = 100});

  EXPECT_EQ(end, RunEnd::kStepBound);
}

TEST_F(ExecutorTest, TheSameAnswersGiveTheSameDigest) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    Digest digests[2];
    for (Digest& digest : digests) {
      RandomStrategy strategy(seed);
      RunBody(strategy, [&] {
        for (int i = 0; i < 3; ++i) {
          Start([&] {
            for (int j = 0; j < 5; ++j) Step();
          });
        }
      });
      digest = executor_.digest();
    }
    EXPECT_EQ(digests[0].Hex(), digests[1].Hex()) << seed;
  }
}

}  // namespace
}  // namespace fozzy
