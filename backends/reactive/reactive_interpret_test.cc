#include "backends/reactive/reactive_interpret.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

using Kind = ReactiveKind;

ReactiveProgram AwaitInput() {
  return {.aggregates = {false},
          .main = {.kind = Kind::kAwait},
          .inputs = {std::nullopt, std::nullopt, 7, std::nullopt}};
}

TEST(RunReactiveTest, WhatAwaitsInputKeepsTheRunAlive) {
  const ReactiveExecution execution =
      RunReactive(AwaitInput(), {.stops_when_stuck = true});
  EXPECT_EQ(execution.outcome.ending, reactive::Ending::kFinished);
  EXPECT_EQ(execution.run.instants.size(), 4);
}

TEST(RunReactiveTest, WhatAwaitsAnythingElseDoesNot) {
  ReactiveProgram program = AwaitInput();
  program.aggregates.push_back(true);
  program.main.signal = 1;
  const ReactiveExecution execution =
      RunReactive(program, {.stops_when_stuck = true});
  EXPECT_EQ(execution.outcome.ending, reactive::Ending::kStuck);
  EXPECT_EQ(execution.run.instants.size(), 1);
}

}  // namespace
}  // namespace fozzy
