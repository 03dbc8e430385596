#include "backends/reactive/reactive_program.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

TEST(ReactiveProgramTest, ProgramsAreShownAStatementALine) {
  ReactiveProgram program;
  program.aggregates = {false, true};
  program.inputs = {std::nullopt, 7};
  program.main.kind = ReactiveKind::kWatch;
  program.main.signal = 0;
  program.main.children = {{.kind = ReactiveKind::kEmit,
                            .signal = 1,
                            .value = 3,
                            .adds_register = true},
                           {.kind = ReactiveKind::kRepeat,
                            .value = 2,
                            .children = {{.kind = ReactiveKind::kPause}}}};
  EXPECT_EQ(ReactiveText(program),
            "signals event aggregate\n"
            "inputs - 7\n"
            "watch s0\n"
            "  emit s1 3 + register\n"
            "  repeat 2\n"
            "    pause\n");
}

TEST(ReactiveProgramTest, RunsAreShownAnInstantALine) {
  const ReactiveRun run = {.instants = {{std::nullopt, 4}, {7, std::nullopt}},
                           .is_finished = true};
  EXPECT_EQ(ReactiveText(run), "0: - 4\n1: 7 -\nfinished\n");
}

}  // namespace
}  // namespace fozzy
