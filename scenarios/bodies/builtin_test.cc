#include "scenarios/bodies/builtin.h"

#include <gtest/gtest.h>

#include "backends/alloc/alloc_bodies.h"
#include "scenarios/bodies/body_registry.h"
#include "scenarios/bodies/body_worker.h"
#include "scenarios/known_bugs/known_bug.h"

namespace fozzy {
namespace {

TEST(BuiltinTest, EveryKnownBugIsThereWithItsTwin) {
  RegisterBuiltins();
  RegisterBuiltins();

  EXPECT_EQ(RegisteredBodies().size(),
            2 * KnownBugs().size() + 2 + AllocBodies().size() +
                AllocMutants().size());
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

}  // namespace
}  // namespace fozzy
