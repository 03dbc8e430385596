#include "sim/search/body_subject.h"

#include <gtest/gtest.h>

#include "fozzy/atomic.h"
#include "fozzy/property.h"
#include "fozzy/thread.h"
#include "sim/core/lenient_replay_strategy.h"
#include "sim/core/list_strategy.h"
#include "sim/core/seeded_strategy.h"

namespace fozzy {
namespace {

void LoseAnUpdate() {
  atomic<int> counter = 0;
  const auto add = [&] { counter = counter + 1; };
  thread a(add);
  thread b(add);
  a.join();
  b.join();
  FOZZY_ALWAYS(counter == 2, "no update is lost");
}

TEST(BodySubjectTest, ARecordedRunComesBackStrictlyAndLeniently) {
  BodySubject subject(LoseAnUpdate, {});
  SeededStrategy seeded({.seed = 3});
  int found = 0;
  for (uint64_t run = 0; run < 200; ++run) {
    seeded.Begin(run);
    RecordedRun recorded;
    const RunOutcome outcome = subject.Run(seeded, &recorded);
    found += outcome.finding ? 1 : 0;

    ListStrategy list({.decisions = recorded.decisions});
    list.Begin(0);
    EXPECT_EQ(subject.Run(list, nullptr).digest, outcome.digest) << run;
    LenientReplayStrategy lenient(
        {.answers = recorded.answers, .schedule = recorded.schedule});
    lenient.Begin(0);
    EXPECT_EQ(subject.Run(lenient, nullptr).digest, outcome.digest) << run;
    EXPECT_EQ(lenient.misfits(), 0u) << run;
  }
  EXPECT_GT(found, 0);
}

}  // namespace
}  // namespace fozzy
