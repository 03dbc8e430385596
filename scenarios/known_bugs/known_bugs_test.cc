#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "scenarios/known_bugs/hunt.h"
#include "scenarios/known_bugs/known_bug.h"

namespace fozzy {
namespace {

constexpr uint64_t kBudgetMax = 20'000;

constexpr std::array<std::string_view, 10> kFindings = {
    "assertion",     "data_race", "deadlock",
    "double_free",   "leak",      "livelock",
    "lost_wakeup",   "panic",     "uninitialised_read",
    "use_after_free"};

bool IsSnakeCase(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || c == '_';
  });
}

TEST(KnownBugsTest, NamesAreSnakeCaseAscendingAndUnique) {
  std::string_view before;
  for (const KnownBug& bug : KnownBugs()) {
    EXPECT_TRUE(IsSnakeCase(bug.name)) << bug.name;
    EXPECT_LT(before, bug.name);
    before = bug.name;
  }
}

TEST(KnownBugsTest, EveryBugHasATwinOfItsOwn) {
  for (const KnownBug& bug : KnownBugs()) {
    ASSERT_NE(bug.body, nullptr) << bug.name;
    ASSERT_NE(bug.twin, nullptr) << bug.name;
    for (const KnownBug& other : KnownBugs()) {
      EXPECT_NE(bug.body, other.twin) << bug.name << ", " << other.name;
      EXPECT_EQ(bug.body == other.body, bug.name == other.name) << bug.name;
      EXPECT_EQ(bug.twin == other.twin, bug.name == other.name) << bug.name;
    }
  }
}

TEST(KnownBugsTest, EveryKindOfFindingHasAProgram) {
  for (const KnownBug& bug : KnownBugs()) {
    EXPECT_THAT(kFindings, testing::Contains(bug.finding)) << bug.name;
  }
  for (const std::string_view finding : kFindings) {
    EXPECT_TRUE(std::ranges::any_of(KnownBugs(), [&](const KnownBug& bug) {
      return bug.finding == finding;
    })) << finding;
  }
}

TEST(KnownBugsTest, BudgetsAreWithinWhatASearchIsAllowed) {
  for (const KnownBug& bug : KnownBugs()) {
    EXPECT_GT(bug.budget, 0u) << bug.name;
    EXPECT_LE(bug.budget, kBudgetMax) << bug.name;
    EXPECT_FALSE(bug.about.empty()) << bug.name;
  }
}

TEST(KnownBugsTest, ThereAreEnoughOfThemWithAndWithoutWeakMemory) {
  const auto weak = std::ranges::count_if(
      KnownBugs(), [](const KnownBug& bug) { return bug.needs_weak_memory; });

  EXPECT_GE(KnownBugs().size(), 88u);
  EXPECT_GE(weak, 10);
  EXPECT_LT(static_cast<size_t>(weak), KnownBugs().size() / 2);
}

Hunt HuntInterleavings(const KnownBug& bug, uint64_t schedules_max) {
  Simulation::Options world = HuntWorld();
  world.memory_model = MemoryModelKind::kSc;
  BodySubject subject(bug.body, world);
  return HuntFor(subject, {.seed = 1, .schedules_max = schedules_max});
}

TEST(KnownBugsTest, WhatNeedsWeakMemoryIsSoundWithoutAndNothingElseIs) {
  for (const KnownBug& bug : KnownBugs()) {
    const bool is_sound = bug.needs_weak_memory;
    const Hunt hunt = HuntInterleavings(bug, is_sound ? 500 : 10 * bug.budget);
    EXPECT_EQ(hunt.outcome.finding.has_value(), !is_sound) << bug.name;
  }
}

TEST(KnownBugsTest, EveryBugIsFoundWithinItsBudgetAndRepeats) {
  for (const KnownBug& bug : KnownBugs()) {
    SCOPED_TRACE(bug.name);
    BodySubject subject(bug.body, HuntWorld());
    const Hunt hunt =
        HuntFor(subject, {.seed = 1, .schedules_max = bug.budget});
    ASSERT_TRUE(hunt.outcome.finding.has_value());
    std::string_view kind = FindingKindName(hunt.outcome.finding->kind);
    // Of a deadlock it may be known that it is a lost wake-up.
    if (kind == "lost_wakeup" && bug.finding == "deadlock") kind = bug.finding;
    EXPECT_EQ(kind, bug.finding);
    EXPECT_EQ(CountRepeated(subject, hunt, 3), 3u);
  }
}

TEST(KnownBugsTest, NothingIsFoundInATwin) {
  for (const KnownBug& bug : KnownBugs()) {
    SCOPED_TRACE(bug.name);
    BodySubject subject(bug.twin, HuntWorld());
    const Hunt hunt = HuntFor(subject, {.seed = 1, .schedules_max = 200});
    EXPECT_EQ(hunt.schedules, 200u);
    if (hunt.outcome.finding) ADD_FAILURE() << hunt.outcome.finding->message;
  }
}

}  // namespace
}  // namespace fozzy
