// The model on programs whose behaviour is known by the rules.
#include "backends/reactive/reactive_model.h"

#include <gtest/gtest.h>

#include "backends/reactive/reactive_interpret.h"

namespace fozzy {
namespace {

using Kind = ReactiveKind;
using Values = std::vector<std::optional<uint64_t>>;

constexpr std::nullopt_t kNone = std::nullopt;

ReactiveNode Node(Kind kind, uint32_t signal,
                  std::vector<ReactiveNode> children = {}) {
  return {.kind = kind, .signal = signal, .children = std::move(children)};
}

ReactiveNode EmitNode(uint32_t signal, uint64_t value) {
  return {.kind = Kind::kEmit, .signal = signal, .value = value};
}

ReactiveNode Repeat(uint64_t times, std::vector<ReactiveNode> children) {
  return {
      .kind = Kind::kRepeat, .value = times, .children = std::move(children)};
}

const ReactiveNode kPauseNode = {.kind = Kind::kPause};

// Runs a program over the input, an event and an aggregate, and expects the
// runtime to do the same.
ReactiveRun Both(ReactiveNode main, Values inputs) {
  const ReactiveProgram program = {.aggregates = {false, false, true},
                                   .main = std::move(main),
                                   .inputs = std::move(inputs)};
  ReactiveRun run = RunReactiveModel(program);
  EXPECT_EQ(RunReactive(program).run, run) << ReactiveText(program);
  return run;
}

TEST(ReactiveModelTest, AwaitTakesAnInstantAndAwaitImmediateNone) {
  const ReactiveRun run = Both(
      Node(Kind::kParallel, 0,
           {Node(Kind::kSequence, 0, {Node(Kind::kAwait, 0), EmitNode(1, 10)}),
            Node(Kind::kSequence, 0,
                 {Node(Kind::kAwaitImmediate, 0), EmitNode(2, 5)})}),
      {kNone, 7, kNone});
  EXPECT_EQ(ReactiveText(run), "0: - - -\n1: 7 - 5\n2: - 10 -\nfinished\n");
}

TEST(ReactiveModelTest, WatchedBodiesDoTheInstantOfTheSignal) {
  const ReactiveRun run = Both(
      Node(Kind::kSequence, 0,
           {Node(Kind::kWatch, 0, {Repeat(9, {EmitNode(2, 1), kPauseNode})}),
            EmitNode(1, 10)}),
      {kNone, 7, kNone});
  EXPECT_EQ(ReactiveText(run), "0: - - 1\n1: 7 - 1\n2: - 10 -\nfinished\n");
}

TEST(ReactiveModelTest, AbortedBodiesDoNot) {
  const ReactiveRun run = Both(
      Node(Kind::kSequence, 0,
           {Node(Kind::kAbort, 0, {Repeat(9, {EmitNode(2, 1), kPauseNode})}),
            EmitNode(1, 10)}),
      {7, kNone, 7});
  EXPECT_EQ(ReactiveText(run), "0: 7 - 1\n1: - - 1\n2: 7 10 -\nfinished\n");
}

TEST(ReactiveModelTest, SuspendedAndGuardedBodiesStandStill) {
  const ReactiveRun suspended =
      Both(Node(Kind::kSuspend, 0, {Repeat(3, {EmitNode(2, 1), kPauseNode})}),
           {7, 7, kNone, kNone, kNone});
  EXPECT_EQ(ReactiveText(suspended),
            "0: 7 - 1\n1: 7 - -\n2: - - 1\n3: - - 1\n4: - - -\nfinished\n");
  const ReactiveRun guarded =
      Both(Node(Kind::kWhen, 0, {Repeat(2, {EmitNode(2, 1), kPauseNode})}),
           {kNone, 7, kNone, 7, 7});
  EXPECT_EQ(ReactiveText(guarded),
            "0: - - -\n1: 7 - 1\n2: - - -\n3: 7 - 1\n4: 7 - -\nfinished\n");
}

TEST(ReactiveModelTest, DoubleEmissionsEndTheRun) {
  const ReactiveRun run = Both(
      Node(Kind::kSequence, 0, {kPauseNode, EmitNode(1, 1), EmitNode(1, 1)}),
      {kNone, kNone});
  EXPECT_EQ(ReactiveText(run), "0: - - -\nfailed\n");
}

TEST(ReactiveModelTest, JoinWaitsForTheForked) {
  const ReactiveRun run =
      Both(Node(Kind::kSequence, 0,
                {Node(Kind::kFork, 0, {kPauseNode, EmitNode(2, 4)}),
                 Node(Kind::kJoin, 0), EmitNode(2, 5)}),
           {kNone, kNone, kNone});
  EXPECT_EQ(ReactiveText(run), "0: - - -\n1: - - 9\nfinished\n");
}

}  // namespace
}  // namespace fozzy
