#include "scenarios/bodies/builtin.h"

#include <gtest/gtest.h>

#include "backends/alloc/alloc_bodies.h"
#include "backends/channels/channel_bodies.h"
#include "backends/channels/channel_mutants.h"
#include "backends/reactive/reactive_bodies.h"
#include "scenarios/bodies/body_registry.h"
#include "scenarios/bodies/body_worker.h"
#include "scenarios/known_bugs/known_bug.h"

namespace fozzy {
namespace {

TEST(BuiltinTest, EveryBodyIsThereOnce) {
  RegisterBuiltins();
  RegisterBuiltins();

  const size_t examples = 2;
  const size_t of_alloc = AllocBodies().size() + AllocMutants().size();
  const size_t of_channels = channels::RingBodies().size() +
                             channels::TrafficBodies().size() +
                             2 * channels::ChannelMutants().size();
  EXPECT_EQ(RegisteredBodies().size(), examples + of_alloc + of_channels +
                                           2 * KnownBugs().size() +
                                           ReactiveBodies().size());
  EXPECT_NE(FindBody("channels/spsc_1p1c_capacity_1"), nullptr);
  EXPECT_NE(FindBody("channels/mutants/tail_look-fixed"), nullptr);
  EXPECT_NE(FindBody("known_bugs/abba_deadlock"), nullptr);
  EXPECT_NE(FindBody("known_bugs/abba_deadlock-fixed"), nullptr);
}

TEST(BuiltinTest, TheExampleFailsAndItsTwinDoesNot) {
  RegisterBuiltins();
  for (const bool is_fixed : {false, true}) {
    const RegisteredBody* body = FindBody(
        is_fixed ? "examples/lost_update-fixed" : "examples/lost_update");
    ASSERT_NE(body, nullptr);
    BodyConfig config;
    config.strategy = "dfs";
    BodyWorker worker(body->body, config);
    ASSERT_TRUE(worker.Prepare().ok());
    const BodyBlock block = worker.Search({0, 10'000}, [] { return false; });
    EXPECT_EQ(block.found.has_value(), !is_fixed);
    EXPECT_EQ(block.is_exhaustive, is_fixed);
  }
}

// Returns what a search of `name` finds.
BodyBlock SearchOf(const char* name, const char* strategy, uint64_t runs) {
  RegisterBuiltins();
  const RegisteredBody* body = FindBody(name);
  EXPECT_NE(body, nullptr) << name;
  BodyConfig config;
  config.strategy = strategy;
  BodyWorker worker(body->body, config);
  EXPECT_TRUE(worker.Prepare().ok());
  return worker.Search({0, runs}, [] { return false; });
}

TEST(BuiltinTest, SearchesFindProgramsThatDependOnTheOrderOfBranches) {
  EXPECT_TRUE(SearchOf("reactive/shared_state", "dfs", 1000).found.has_value());
  const BodyBlock fixed = SearchOf("reactive/shared_state-fixed", "dfs", 1000);
  EXPECT_FALSE(fixed.found.has_value());
  EXPECT_TRUE(fixed.is_exhaustive);
}

TEST(BuiltinTest, RandomReactiveProgramsDoWhatTheModelDoes) {
  EXPECT_FALSE(
      SearchOf("reactive/random_program", "random", 500).found.has_value());
}

}  // namespace
}  // namespace fozzy
