// Simulated tests beside your GoogleTests.
//
//   #include "fozzy/test.h"
//
//   FOZZY_TEST(Counter, LosesNoUpdate) {
//     fozzy::atomic<int> counter = 0;
//     fozzy::thread a([&] { ++counter; });
//     fozzy::thread b([&] { ++counter; });
//     a.join();
//     b.join();
//     EXPECT_EQ(counter, 2);
//   }
//
// The body is run under one schedule after the other, up to the first that goes
// wrong: a failed EXPECT or ASSERT, a deadlock, a data race, an exception that
// nobody catches, ...  The test then fails with what was found, the schedule,
// the path of the trace, .fozzy/tests/Counter.LosesNoUpdate.fozzy, and the
// command that repeats it.  Without limits it takes 10,000 schedules or 10
// seconds, whichever is less.
//
// Flags, or variables of the environment, FOZZY_SEED for --fozzy_seed and so
// on:
//   --fozzy_runs=N            schedules at most
//   --fozzy_time=10s          time at most, of each test
//   --fozzy_seed=N            what schedules are drawn from (default 0)
//   --fozzy_strategy=NAME     how they are chosen (default portfolio)
//   --fozzy_memory_model=sc   interleavings only (default cpp20)
//   --fozzy_stack_kib=N       of each task (default 256)
//   --fozzy_unreached=fail    a FOZZY_SOMETIMES or FOZZY_REACHABLE that no run
//                             of any test holds is a failure (default: a note)
//   --fozzy_replay=FILE       repeat the run of a trace
//   --fozzy_break_at=N        stop a debugger before the N-th op of a replay
//
// Any main will do, that of gtest_main for one.  What a body prints is seen on
// replay only.  Bodies start from the same state each time: what they leave
// behind in globals makes runs differ, and that is reported.
//
// Programs are linked with GoogleTest and fozzy::test.  One file of each
// program at least includes this header, which needs <gtest/gtest-spi.h>.
#ifndef FOZZY_TEST_H_
#define FOZZY_TEST_H_

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <string>

#include "fozzy/property.h"
#include "fozzy/sync.h"

// Defines a test.
#define FOZZY_TEST(suite, name)                                         \
  static void FozzyBody_##suite##_##name();                             \
  [[maybe_unused]] static const bool fozzy_is_known_##suite##_##name =  \
      ::fozzy::test_internal::Register(#suite "." #name,                \
                                       &FozzyBody_##suite##_##name);    \
  TEST(suite, name) {                                                   \
    const ::std::string failure =                                       \
        ::fozzy::test_internal::RunAndCatch(#suite "." #name);          \
    if (!failure.empty()) GTEST_FAIL_AT(__FILE__, __LINE__) << failure; \
  }                                                                     \
  static void FozzyBody_##suite##_##name()

namespace fozzy {

// Takes the flags above out of argv, for a main that minds them.
void InitTests(int* argc, char** argv);

// What follows is for FOZZY_TEST.
namespace test_internal {

// Returns true.
bool Register(const char* name, void (*body)());

// Searches or replays.  Returns why the test fails, or "".
std::string Run(const char* name);

// Says what no run of the tests that passed has reached.  Returns why the
// program fails for that, or "".
std::string ReportUnmet();

// If fozzy started the program to ask it, answers and ends the process.
void ServeIfAsked();

// A failed EXPECT or ASSERT in a body is a finding.
void NoteFailure(const char* file, int line, const char* message);

// While it lives, failures of GoogleTest are told to the run that is on.
class FailureCatcher final : public testing::ScopedFakeTestPartResultReporter {
 public:
  FailureCatcher()
      : ScopedFakeTestPartResultReporter(INTERCEPT_ONLY_CURRENT_THREAD,
                                         nullptr) {}

  void ReportTestPartResult(const testing::TestPartResult& result) override {
    if (!result.failed()) return;
    NoteFailure(result.file_name(), result.line_number(), result.message());
  }
};

inline std::string RunAndCatch(const char* name) {
  const FailureCatcher catcher;
  return Run(name);
}

// Answers where tests would begin, when main has set everything up.
class ServingEnvironment final : public testing::Environment {
 public:
  void SetUp() override {
    const FailureCatcher catcher;
    ServeIfAsked();
  }
  void TearDown() override {
    const ::std::string failure = ReportUnmet();
    if (!failure.empty()) ADD_FAILURE() << failure;
  }
};

// One for all files of a program; GoogleTest owns it.
inline testing::Environment* const serving_environment =
    testing::AddGlobalTestEnvironment(new ServingEnvironment);

}  // namespace test_internal
}  // namespace fozzy

#endif  // FOZZY_TEST_H_
