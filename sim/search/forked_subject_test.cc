#include "sim/search/forked_subject.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/core/list_strategy.h"
#include "sim/core/seeded_strategy.h"
#include "sim/search/explain.h"
#include "sim/search/shrink.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

// Ends the process if the second task comes first.
void DieInSomeOrders(const std::function<void()>& die) {
  atomic<int> first = 0;
  thread a([&] { first.store(1); });
  thread b([&] {
    if (first.load() == 0) die();
  });
  a.join();
  b.join();
}

// Returns the first run of `subject` that finds something.
RunOutcome FirstFinding(ForkedSubject& subject, RecordedRun& recorded) {
  SeededStrategy seeded({.seed = 1});
  for (uint64_t run = 0; run < 200; ++run) {
    seeded.Begin(run);
    RunOutcome outcome = subject.Run(seeded, &recorded);
    if (outcome.finding) return outcome;
  }
  return {};
}

RunOutcome Repeat(ForkedSubject& subject, const RecordedRun& recorded) {
  ListStrategy list({.decisions = recorded.decisions});
  list.Begin(0);
  return subject.Run(list, nullptr);
}

// Uses up a stack, without a loop that a compiler could make of it.
int Descend(int depth) {
  volatile char room[512];
  room[0] = static_cast<char>(depth);
  if (depth > 1'000'000) return room[0];
  return Descend(depth + 1) + room[0];
}

TEST(ForkedSubjectTest, RunsAreThoseOfThisProcess) {
  const auto body = [] {
    atomic<int> counter = 0;
    const auto add = [&] { counter = counter + 1; };
    thread a(add);
    thread b(add);
    a.join();
    b.join();
    FOZZY_ALWAYS(counter == 2, "no update is lost");
  };
  BodySubject here(body, {});
  ForkedSubject forked(body, {});
  SeededStrategy seeded({.seed = 4});
  int findings = 0;
  for (uint64_t run = 0; run < 50; ++run) {
    RecordedRun wanted;
    seeded.Begin(run);
    const RunOutcome outcome = here.Run(seeded, &wanted);
    RecordedRun recorded;
    seeded.Begin(run);
    const RunOutcome copy = forked.Run(seeded, &recorded);
    EXPECT_EQ(copy.digest, outcome.digest);
    EXPECT_EQ(copy.finding, outcome.finding);
    EXPECT_EQ(copy.points, outcome.points);
    EXPECT_EQ(recorded.decisions, wanted.decisions);
    EXPECT_EQ(recorded.answers.size(), wanted.answers.size());
    EXPECT_FALSE(forked.has_crashed());
    findings += outcome.finding ? 1 : 0;
  }
  EXPECT_GT(findings, 0);
}

TEST(ForkedSubjectTest, ASignalIsAFindingThatItsAnswersRepeat) {
  ForkedSubject subject([] { DieInSomeOrders([] { std::raise(SIGSEGV); }); },
                        {});
  RecordedRun recorded;
  const RunOutcome found = FirstFinding(subject, recorded);

  ASSERT_TRUE(found.finding.has_value());
  EXPECT_EQ(found.finding->kind, FindingKind::kCrash);
  EXPECT_THAT(found.finding->title,
              HasSubstr("SIGSEGV, after forked_subject_test.cc:"));
  EXPECT_THAT(found.finding->message, HasSubstr("task 2 was ended"));
  for (int i = 0; i < 20; ++i) {
    const RunOutcome again = Repeat(subject, recorded);
    EXPECT_EQ(again.finding, found.finding);
    EXPECT_EQ(again.digest, found.digest);
    EXPECT_TRUE(subject.has_crashed());
  }
}

TEST(ForkedSubjectTest, AnAbortAndAnExitAreFindingsToo) {
  RecordedRun recorded;
  ForkedSubject abort([] { DieInSomeOrders([] { std::abort(); }); }, {});
  EXPECT_THAT(FirstFinding(abort, recorded).finding->title,
              HasSubstr("SIGABRT"));
  ForkedSubject exit([] { DieInSomeOrders([] { _exit(3); }); }, {});
  EXPECT_THAT(FirstFinding(exit, recorded).finding->message,
              HasSubstr("task 2 ended the process with exit code 3"));
}

TEST(ForkedSubjectTest, AStackOverflowNamesTheTaskAndItsSize) {
  Simulation::Options options;
  options.stack_bytes = size_t{128} << 10;
  ForkedSubject subject([] { DieInSomeOrders([] { Descend(0); }); }, options);
  RecordedRun recorded;
  const RunOutcome found = FirstFinding(subject, recorded);

  ASSERT_TRUE(found.finding.has_value());
  EXPECT_EQ(Signature(*found.finding), "crash/stack overflow");
  EXPECT_THAT(found.finding->message,
              HasSubstr("stack overflow of task 2, whose stack has 128 KiB"));
  EXPECT_EQ(Repeat(subject, recorded).finding, found.finding);
}

TEST(ForkedSubjectTest, ACrashIsShrunkAndExplained) {
  ForkedSubject subject(
      [] {
        atomic<int> noise = 0;
        thread other([&] {
          for (int i = 0; i < 3; ++i) ++noise;
        });
        DieInSomeOrders([] { std::raise(SIGSEGV); });
        other.join();
      },
      {});
  RecordedRun recorded;
  const RunOutcome found = FirstFinding(subject, recorded);
  ASSERT_TRUE(found.finding.has_value());
  const auto report = Shrink(recorded, *found.finding,
                             {.try_candidates = TryOneByOne(subject)});

  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(Signature(*report->outcome.finding), Signature(*found.finding));
  EXPECT_TRUE(report->is_fixpoint);
  EXPECT_EQ(report->after.preemptions, 0u);
  const auto why =
      Explain(subject, report->run, *found.finding, {.samples = 8});
  EXPECT_TRUE(why.ok()) << why.status();
}

}  // namespace
}  // namespace fozzy
