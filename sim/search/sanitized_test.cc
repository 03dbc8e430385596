// Built with sanitizers and linked with a fozzy that was built without, as the
// tests of users are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <stdexcept>

#include "fozzy/explore.h"
#include "fozzy/heap.h"
#include "fozzy/sync.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

int leaking_counter = 0;

ExploreReport ExploreWith(ExploreOptions options,
                          const std::function<void()>& body) {
  options.runs = 50;
  leaking_counter = 0;
  return Explore(options, body);
}

// Goes deep, and back by an exception, with a switch of tasks at every step.
// An array on the stack is what AddressSanitizer surrounds.
void Unwind(atomic<int>& steps, int* caller) {
  int frame[16] = {*caller + 1};
  steps.fetch_add(1);
  if (frame[0] == 20) throw std::runtime_error("deep");
  Unwind(steps, frame);
}

void CatchInTwoTasks() {
  atomic<int> steps = 0;
  int caught = 0;
  mutex lock;
  const auto work = [&] {
    try {
      int depth = 0;
      Unwind(steps, &depth);
    } catch (const std::runtime_error&) {
      const lock_guard guard(lock);
      ++caught;
    }
  };
  thread other(work);
  work();
  other.join();
  FOZZY_ALWAYS(caught == 2, "both are caught");
}

// Fails in the fifth run of a process, whatever the schedule.
void LeakThroughAGlobal() {
  atomic<int> one = 0;
  thread other([&] { one = 1; });
  one = 2;
  other.join();
  ++leaking_counter;
  FOZZY_ALWAYS(leaking_counter < 5, "there are few");
}

TEST(SanitizedTest, TasksMayUnwindTheirStacks) {
  const ExploreReport report = ExploreWith({}, CatchInTwoTasks);

  EXPECT_FALSE(report.finding) << report.ToText();
  EXPECT_EQ(report.runs, 50u);
}

TEST(SanitizedTest, ManyWorldsComeAndGo) {
  for (int i = 0; i < 30; ++i) {
    ASSERT_FALSE(Explore({.runs = 1}, CatchInTwoTasks).finding);
  }
}

TEST(SanitizedTest, TheHeapOfARunIsWhereNothingElseIs) {
  const ExploreReport report = ExploreWith({}, [] {
    auto* number = heap::create<atomic<int>>(1);
    thread other([&] { number->store(2); });
    other.join();
    FOZZY_ALWAYS(number->load() == 2, "it is told");
    heap::destroy(number);
  });

  EXPECT_FALSE(report.finding) << report.ToText();
}

TEST(SanitizedTest, AVariableThatLeaksIsNamed) {
  const ExploreReport report = ExploreWith({}, LeakThroughAGlobal);

  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.finding->kind, FindingKind::kStateLeak);
  EXPECT_THAT(report.finding->title, HasSubstr("leaking_counter"));
}

TEST(SanitizedTest, VariablesArePutBackIfAskedFor) {
  const ExploreReport report =
      ExploreWith({.isolation = Isolation::kGlobals}, LeakThroughAGlobal);

  EXPECT_FALSE(report.finding) << report.ToText();
  EXPECT_EQ(leaking_counter, 0);
}

}  // namespace
}  // namespace fozzy
