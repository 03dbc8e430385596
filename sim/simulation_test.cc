#include "sim/simulation.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "fozzy/atomic.h"
#include "fozzy/mutex.h"
#include "fozzy/thread.h"
#include "fozzy/var.h"
#include "sim/core/seeded_strategy.h"

namespace fozzy {
namespace {

// Runs `body` under schedules drawn from seeds until one finds something.
std::optional<Finding> Search(const std::function<void()>& body,
                              uint64_t runs = 1000) {
  Simulation simulation({});
  SeededStrategy strategy({.seed = 1});
  for (uint64_t run = 0; run < runs; ++run) {
    strategy.Begin(run);
    const RunOutcome outcome = simulation.Run(body, strategy, nullptr);
    if (outcome.finding) return outcome.finding;
  }
  return std::nullopt;
}

TEST(SimulationTest, AnIncrementInTwoStepsLosesAnUpdate) {
  bool is_lost = false;

  Search(
      [&] {
        atomic<int> counter = 0;
        const auto add = [&] { counter = counter + 1; };
        thread a(add);
        thread b(add);
        a.join();
        b.join();
        if (counter == 1) is_lost = true;
      },
      100);

  EXPECT_TRUE(is_lost);
}

TEST(SimulationTest, AMutexKeepsOthersOut) {
  const std::optional<Finding> finding = Search([] {
    mutex lock;
    atomic<int> inside = 0;
    const auto work = [&] {
      lock.lock();
      if (++inside != 1) throw std::logic_error("two inside");
      --inside;
      lock.unlock();
    };
    thread a(work);
    thread b(work);
    a.join();
    b.join();
  });

  EXPECT_FALSE(finding) << finding->message;
}

TEST(SimulationTest, LocksInOppositeOrdersAreADeadlockWithItsCycle) {
  const std::optional<Finding> finding = Search([] {
    mutex a;
    mutex b;
    thread first([&] {
      a.lock();
      b.lock();
      b.unlock();
      a.unlock();
    });
    thread second([&] {
      b.lock();
      a.lock();
      a.unlock();
      b.unlock();
    });
    first.join();
    second.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kDeadlock);
  EXPECT_NE(finding->message.find("in a circle"), std::string::npos)
      << finding->message;
}

TEST(SimulationTest, AnExceptionThatEscapesIsAPanic) {
  const std::optional<Finding> finding = Search([] {
    thread a([] { throw std::runtime_error("it broke"); });
    a.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kPanic);
  EXPECT_NE(finding->message.find("it broke"), std::string::npos);
}

}  // namespace
}  // namespace fozzy
