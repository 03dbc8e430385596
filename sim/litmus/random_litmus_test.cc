#include "sim/litmus/random_litmus.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace fozzy {
namespace {

constexpr uint64_t kPrograms = 2000;

TEST(RandomLitmusTest, OneNameGivesOneProgram) {
  for (uint64_t i = 0; i < 100; ++i) {
    EXPECT_EQ(RandomLitmusProgram({.seed = 1, .index = i}),
              RandomLitmusProgram({.seed = 1, .index = i}));
  }
}

TEST(RandomLitmusTest, ProgramsHaveNoProblemAndKeepTheirBounds) {
  for (uint64_t i = 0; i < kPrograms; ++i) {
    const LitmusProgram program = RandomLitmusProgram({.seed = 2, .index = i});
    EXPECT_EQ(ProblemOf(program), "") << ToString(program);
    EXPECT_GE(program.threads.size(), 2u);
    EXPECT_LE(program.threads.size(), 3u);
    for (const std::vector<LitmusOp>& ops : program.threads) {
      EXPECT_GE(ops.size(), 1u);
      EXPECT_LE(ops.size(), 3u);
    }
  }
}

TEST(RandomLitmusTest, TheBoundOfAllOpsIsKept) {
  for (uint64_t i = 0; i < 200; ++i) {
    size_t ops = 0;
    for (const std::vector<LitmusOp>& thread :
         RandomLitmusProgram({.ops_max = 4, .seed = 2, .index = i}).threads) {
      ops += thread.size();
    }
    EXPECT_LE(ops, 4u);
  }
}

TEST(RandomLitmusTest, ProgramsDiffer) {
  std::set<std::string> texts;
  for (uint64_t i = 0; i < kPrograms; ++i) {
    texts.insert(ToString(RandomLitmusProgram({.seed = 3, .index = i})));
  }
  EXPECT_GT(texts.size(), kPrograms * 95 / 100);
  EXPECT_NE(RandomLitmusProgram({.seed = 3, .index = 0}),
            RandomLitmusProgram({.seed = 4, .index = 0}));
}

TEST(RandomLitmusTest, EveryKindOccursWithEveryLegalOrder) {
  std::set<std::pair<LitmusOpKind, MemoryOrder>> seen;
  std::set<MemoryOrder> failures;
  bool is_data_seen = false;
  for (uint64_t i = 0; i < kPrograms; ++i) {
    for (const std::vector<LitmusOp>& ops :
         RandomLitmusProgram({.seed = 4, .index = i}).threads) {
      for (const LitmusOp& op : ops) {
        seen.emplace(op.kind, op.order);
        if (op.kind == LitmusOpKind::kCompareExchange) {
          failures.insert(op.failure_order);
        }
        is_data_seen |= op.source != kNoRegister;
      }
    }
  }
  // Loads have four orders, stores three, the other four kinds all six.
  EXPECT_EQ(seen.size(), 4u + 3u + 4u * 6u);
  EXPECT_EQ(failures.size(), 4u);
  EXPECT_TRUE(is_data_seen);
}

}  // namespace
}  // namespace fozzy
