#include "scenarios/known_bugs/hunt.h"

#include <gtest/gtest.h>

#include "fozzy/atomic.h"
#include "fozzy/property.h"
#include "fozzy/thread.h"

namespace fozzy {
namespace {

// Two tasks add 1 each.
template <bool kInOneStep>
void AddTwice() {
  atomic<int> total = 0;
  const auto add = [&] {
    if constexpr (kInOneStep) {
      total.fetch_add(1);
    } else {
      total.store(total.load() + 1);
    }
  };
  thread a(add);
  thread b(add);
  a.join();
  b.join();
  FOZZY_ALWAYS(total.load() == 2, "both are counted");
}

TEST(HuntTest, WhatIsFoundComesBackEveryTime) {
  BodySubject subject(AddTwice<false>, HuntWorld());

  const Hunt hunt = HuntFor(subject, {.seed = 5, .schedules_max = 1'000});

  ASSERT_TRUE(hunt.outcome.finding.has_value());
  EXPECT_GE(hunt.schedules, 1u);
  EXPECT_EQ(CountRepeated(subject, hunt, 10), 10u);
}

TEST(HuntTest, OtherAnswersAreNotARepetition) {
  BodySubject subject(AddTwice<false>, HuntWorld());
  Hunt hunt = HuntFor(subject, {.seed = 5, .schedules_max = 1'000});
  ASSERT_TRUE(hunt.outcome.finding.has_value());

  hunt.run.decisions.clear();

  EXPECT_EQ(CountRepeated(subject, hunt, 10), 0u);
}

TEST(HuntTest, ASoundBodyUsesUpItsSchedules) {
  BodySubject subject(AddTwice<true>, HuntWorld());

  const Hunt hunt = HuntFor(subject, {.seed = 5, .schedules_max = 50});

  EXPECT_FALSE(hunt.outcome.finding.has_value());
  EXPECT_EQ(hunt.schedules, 50u);
  EXPECT_TRUE(hunt.run.decisions.empty());
}

TEST(HuntTest, AllSchedulesAreRunOrThoseUpToAFinding) {
  BodySubject sound(AddTwice<true>, HuntWorld());
  const Exhaustion all = RunAll(sound, 1'000);
  EXPECT_TRUE(all.is_exhaustive);
  EXPECT_EQ(all.complete, 2u);  // either adds first

  BodySubject wrong(AddTwice<false>, HuntWorld());
  const Exhaustion part = RunAll(wrong, 1'000);
  EXPECT_TRUE(part.outcome.finding.has_value());
  EXPECT_FALSE(part.is_exhaustive);
}

}  // namespace
}  // namespace fozzy
