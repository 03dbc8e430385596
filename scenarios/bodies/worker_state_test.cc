#include "scenarios/bodies/worker_state.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fozzy {
namespace {

TEST(WorkerStateTest, IsSeenAfterTheEndOfWhoWroteIt) {
  const SharedWorkerState state;
  EXPECT_FALSE(state->is_running);
  const pid_t child = fork();
  if (child == 0) {
    state->is_running = true;
    state->run = 7;
    state->note.signal = 11;
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  EXPECT_TRUE(state->is_running);
  EXPECT_EQ(state->run, 7u);
  EXPECT_EQ(state->note.signal, 11);
}

TEST(WorkerStateTest, IsAsNewAfterAReset) {
  SharedWorkerState state;
  state->is_running = true;
  state->run = kProbeRun;
  state->note.signal = 11;
  state.Reset();
  EXPECT_FALSE(state->is_running);
  EXPECT_EQ(state->run, 0u);
  EXPECT_EQ(state->note.signal, 0);
}

}  // namespace
}  // namespace fozzy
