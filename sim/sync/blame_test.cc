#include "sim/sync/blame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

// A body and its simulation, run once in the calmest way.
class Ended {
 public:
  explicit Ended(const std::function<void()>& body) : simulation_({}) {
    DullStrategy strategy;
    outcome_ = simulation_.Run(body, strategy, nullptr);
  }

  const Simulation& simulation() const { return simulation_; }
  std::string Describe(uint32_t task) const {
    return fozzy::Describe(simulation_, TaskId{task});
  }

 private:
  Simulation simulation_;
  RunOutcome outcome_;
};

TEST(BlameTest, NamesWhatATaskHoldsAndWantsAndWhoHasIt) {
  const Ended run([] {
    mutex first;
    mutex second;
    thread other([&] {
      second.lock();
      first.lock();
    });
    first.lock();
    this_thread::yield();
    second.lock();
  });

  EXPECT_THAT(FindCycle(run.simulation()), ElementsAre(TaskId{0}, TaskId{2}));
  EXPECT_EQ(BlockersOf(run.simulation(), TaskId{0}),
            std::vector<TaskId>{TaskId{2}});
  const std::string main = run.Describe(0);
  EXPECT_THAT(main, StartsWith("main holds mutex 1 since blame_test.cc:"));
  EXPECT_THAT(main, HasSubstr(" and waits at blame_test.cc:"));
  EXPECT_THAT(main, HasSubstr(" for mutex 2, held by task 1 since blame_"));
}

TEST(BlameTest, KnowsThatTheHolderHasEnded) {
  const Ended run([] {
    mutex kept;
    thread([&] { kept.lock(); }).join();
    kept.lock();
  });

  EXPECT_TRUE(FindCycle(run.simulation()).empty());
  EXPECT_THAT(run.Describe(0),
              HasSubstr("held by task 1 (which has ended) since blame_test"));
}

TEST(BlameTest, NamesAllThatShareALock) {
  const Ended run([] {
    shared_mutex lock;
    latch never(1);
    const auto share = [&] {
      lock.lock_shared();
      never.wait();
    };
    thread a(share);
    thread b(share);
    this_thread::yield();
    lock.lock();
  });

  EXPECT_EQ(BlockersOf(run.simulation(), TaskId{0}).size(), 2u);
  EXPECT_THAT(run.Describe(0), HasSubstr("shared by task 1 since"));
  EXPECT_THAT(run.Describe(0), HasSubstr(" and task 2 since"));
  EXPECT_THAT(run.Describe(2), HasSubstr("holds shared mutex 1 shared since"));
  EXPECT_THAT(run.Describe(2), HasSubstr("for latch 2, 1 still to come"));
}

TEST(BlameTest, FollowsJoinsThroughLongCircles) {
  const Ended run([] {
    mutex lock;
    lock.lock();
    thread middle([&] {
      thread last([&] { lock.lock(); });
      last.join();
    });
    middle.join();
  });

  EXPECT_THAT(FindCycle(run.simulation()),
              ElementsAre(TaskId{0}, TaskId{2}, TaskId{3}));
  EXPECT_THAT(run.Describe(0), HasSubstr("for the end of task 1"));
  EXPECT_EQ(TasksLeft(run.simulation()).size(), 3u);
  EXPECT_EQ(AwaitedBy(run.simulation(), TaskId{0}), nullptr);
  EXPECT_NE(AwaitedBy(run.simulation(), TaskId{3}), nullptr);
}

TEST(BlameTest, CallsEachTypeByItsName) {
  const Ended run([] {
    counting_semaphore<2> permits(0);
    barrier<> meeting(3);
    promise<int> sender;
    thread a([&] { permits.acquire(); });
    thread b([&] { meeting.arrive_and_wait(); });
    sender.get_future().get();
  });

  EXPECT_THAT(run.Describe(0), HasSubstr("for future "));
  EXPECT_THAT(run.Describe(2), HasSubstr("for semaphore "));
  EXPECT_THAT(run.Describe(3), HasSubstr(", 2 still to come"));
}

}  // namespace
}  // namespace fozzy
