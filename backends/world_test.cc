#include "backends/world.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "backends/testing/fake_host.h"
#include "sim/testing/recording_sink.h"
#include "sim/testing/scripted_strategy.h"

namespace fozzy {
namespace {

// A run for worlds to belong to, calm unless told otherwise.
struct TestRun {
  explicit TestRun(std::vector<uint64_t> answers = {})
      : strategy(std::move(answers)) {}

  ScriptedStrategy strategy;
  RecordingSink sink;
  Run run = Run({&strategy, &sink, nullptr});

  World::Options Options() {
    World::Options options;
    options.run = &run;
    return options;
  }
};

TEST(WorldTest, StartsEmptyAtTimeZero) {
  TestRun test;
  World world(test.Options());
  EXPECT_EQ(world.clock().now(), 0u);
  EXPECT_EQ(world.kv().Find("k"), nullptr);
  EXPECT_EQ(world.network().deliverable(), 0u);
  EXPECT_TRUE(world.proc_rules().empty());
  EXPECT_TRUE(world.http_rules().empty());
  EXPECT_FALSE(world.is_reordering());
  EXPECT_EQ(world.drop_rate(), 0);
  EXPECT_EQ(world.fs().Read("a").end, FsResult::End::kMissing);
  EXPECT_FALSE(world.memory().is_touched());
}

TEST(WorldTest, DrawsAreCountedFromZero) {
  TestRun test;
  World world(test.Options());
  EXPECT_EQ(world.NextDraw(), 0u);
  EXPECT_EQ(world.NextDraw(), 1u);
}

TEST(WorldTest, HostBackendsAreUsedOnlyIfAskedFor) {
  TestRun test;
  FakeFs fs;
  FakeProc proc;
  FakeHttp http;
  World::Options options = test.Options();
  options.host = {&proc, &fs, &http, nullptr};
  {
    World world(options);
    EXPECT_EQ(world.proc(), nullptr);
    EXPECT_EQ(world.http(), nullptr);
    world.fs().Read("a");
    EXPECT_TRUE(fs.asked.empty());
  }
  options.has_host_fs = options.has_host_proc = options.has_host_http = true;
  World world(options);
  world.fs().Read("a");
  world.proc()->Spawn({"c", {}, 0});
  world.http()->Request({"GET", "http://h/", {}, {}, 0});
  EXPECT_EQ(fs.asked.size(), 1u);
  EXPECT_EQ(proc.asked.size(), 1u);
  EXPECT_EQ(http.asked.size(), 1u);
  EXPECT_EQ(test.sink.observations.size(), 3u);
}

TEST(WorldTest, FaultsStrikeAtTheTimeOfItsClock) {
  TestRun test({1});
  World::Options options = test.Options();
  options.faults.Arm(FaultSite::kFsEio, 1, 2);
  World world(options);
  world.clock().Advance(9);
  EXPECT_EQ(world.fs().Write("a", "1").end, FsResult::End::kFailed);
  ASSERT_EQ(test.sink.events.size(), 1u);
  EXPECT_EQ(test.sink.events[0].kind, EventKind::kFault);
  EXPECT_EQ(test.sink.events[0].time, 9u);
}

TEST(WorldTest, TheFaultsOfOneWorldDoNotUseUpThePlanOfAnother) {
  TestRun test({1, 1});
  World::Options options = test.Options();
  options.faults = FaultPlan({.budget = 1});
  options.faults.Arm(FaultSite::kFsEio, 1, 2);
  for (int round = 0; round < 2; ++round) {
    World world(options);
    EXPECT_EQ(world.fs().Write("a", "1").end, FsResult::End::kFailed);
    EXPECT_EQ(world.fs().Write("a", "1").end, FsResult::End::kDone);
  }
}

// Changes everything there is to change.
void Disturb(World& world) {
  world.clock().Advance(5);
  world.clock().Freeze();
  world.kv().Set("k", "2");
  world.network().Send("a", "b", "2");
  world.network().SetPartition("a", "b", true);
  world.memory().Allocate(1);
  world.fs().Write("a", "2");
  world.fs().Snapshot("s");
  world.proc_rules().Add({});
  world.http_rules().Add({});
  world.SetDropRate(1);
  world.SetReordering(true);
  world.NextDraw();
}

void ExpectCalm(World& world) {
  EXPECT_EQ(world.clock().now(), 1u);
  EXPECT_FALSE(world.clock().is_frozen());
  EXPECT_EQ(*world.kv().Find("k"), "1");
  EXPECT_EQ(world.network().deliverable(), 1u);
  EXPECT_EQ(world.memory().totals().in_use_bytes, 0u);
  EXPECT_FALSE(world.memory().is_touched());
  EXPECT_EQ(world.fs().Read("a").data, "1");
  EXPECT_EQ(world.fs().Restore("s").end, FsResult::End::kMissing);
  EXPECT_TRUE(world.proc_rules().empty());
  EXPECT_TRUE(world.http_rules().empty());
  EXPECT_EQ(world.drop_rate(), 0);
  EXPECT_FALSE(world.is_reordering());
}

TEST(WorldScopeTest, RollingBackPutsEverythingBack) {
  TestRun test;
  World world(test.Options());
  world.clock().Advance(1);
  world.kv().Set("k", "1");
  world.network().Send("a", "b", "1");
  world.fs().Write("a", "1");

  World::Scope outer(world);
  Disturb(world);
  World::Scope inner(world);
  Disturb(world);
  inner.RollBack();
  EXPECT_EQ(world.clock().now(), 6u);
  EXPECT_EQ(*world.kv().Find("k"), "2");
  EXPECT_EQ(world.memory().totals().in_use_bytes, 1u);
  outer.RollBack();

  ExpectCalm(world);
  EXPECT_EQ(world.NextDraw(), 0u);
}

TEST(WorldScopeTest, WhatIsDoneAfterwardsStays) {
  TestRun test;
  World world(test.Options());
  {
    World::Scope scope(world);
    Disturb(world);
    scope.RollBack();
  }
  world.kv().Set("k", "3");
  World::Scope scope(world);
  scope.RollBack();
  EXPECT_EQ(*world.kv().Find("k"), "3");
}

}  // namespace
}  // namespace fozzy
