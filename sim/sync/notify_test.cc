#include "sim/sync/notify.h"

#include <gtest/gtest.h>

#include <chrono>

#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

// Three tasks wait in order; one is told, then all.
void TellOneOfThree(int& told) {
  mutex lock;
  condition_variable changed;
  int turn = 0;
  const auto wait = [&](int me) {
    unique_lock guard(lock);
    changed.wait(guard);
    if (turn == 1) told = me;
    turn = 2;
  };
  thread a(wait, 1);
  thread b(wait, 2);
  thread c(wait, 3);
  this_thread::sleep_for(std::chrono::nanoseconds(1));
  {
    const lock_guard guard(lock);
    turn = 1;
    changed.notify_one();
  }
  this_thread::sleep_for(std::chrono::nanoseconds(1));
  {
    const lock_guard guard(lock);
    changed.notify_all();
  }
  a.join();
  b.join();
  c.join();
}

// Answers 0, but `wake` to who is told.
class WakeStrategy final : public Strategy {
 public:
  explicit WakeStrategy(uint64_t wake) : wake_(wake) {}
  bool Begin(uint64_t) override { return true; }
  uint32_t PickTask(const TaskChoice&) override { return 0; }
  uint64_t PickValue(const ValueChoice& choice) override {
    if (choice.kind != ChoiceKind::kWake) return 0;
    last = choice.last;
    return wake_;
  }
  uint64_t last = 0;

 private:
  const uint64_t wake_;
};

TEST(NotifyTest, WhoIsToldIsAChoiceWhoseDullestAnswerIsTheFirst) {
  for (uint64_t wake = 0; wake < 3; ++wake) {
    WakeStrategy strategy(wake);
    int told = 0;

    const Runs runs = RunMany([&] { TellOneOfThree(told); }, strategy, 1);

    EXPECT_EQ(TextOf(runs.finding), "none") << wake;
    EXPECT_EQ(told, static_cast<int>(wake) + 1);
    EXPECT_EQ(strategy.last, 2u) << wake;
  }
}

}  // namespace
}  // namespace fozzy
