#include "sim/core/portfolio_strategy.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/core/pos_strategy.h"
#include "sim/core/random_walk_strategy.h"
#include "sim/core/round_robin_strategy.h"
#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

TEST(PortfolioStrategyTest, ARunIsThatOfItsMemberAlone) {
  Arena arena(TestMemory);
  RandomWalkStrategy walk({.seed = 7});
  RoundRobinStrategy round_robin({.seed = 7});
  PosStrategy pos({.seed = 7}, arena);
  Strategy* members[] = {&walk, &round_robin, &pos};
  PortfolioStrategy portfolio(members);
  for (uint64_t run = 0; run < 30; ++run) {
    const std::vector<Decision> decisions =
        RunToyAt(Writers(3, 9), portfolio, run).decisions;
    EXPECT_EQ(decisions,
              RunToyAt(Writers(3, 9), *members[run % 3], run).decisions)
        << run;
  }
}

TEST(PortfolioStrategyTest, WantsOpsIffAMemberDoes) {
  Arena arena(TestMemory);
  RandomWalkStrategy walk({.seed = 7});
  PosStrategy pos({.seed = 7}, arena);
  Strategy* one[] = {&walk};
  Strategy* both[] = {&walk, &pos};
  EXPECT_FALSE(PortfolioStrategy(one).WantsOps());
  EXPECT_TRUE(PortfolioStrategy(both).WantsOps());
}

}  // namespace
}  // namespace fozzy
