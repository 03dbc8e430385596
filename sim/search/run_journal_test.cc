#include "sim/search/run_journal.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/core/lenient_replay_strategy.h"
#include "sim/core/list_strategy.h"
#include "sim/core/seeded_strategy.h"
#include "sim/search/body_subject.h"
#include "sim/search/run_recorder.h"
#include "sim/search/shrink_measure.h"

namespace fozzy {
namespace {

void Publish() {
  atomic<int> data = 0;
  atomic<int> flag = 0;
  thread writer([&] {
    data.store(1, std::memory_order_relaxed);
    flag.store(1, std::memory_order_relaxed);
    Log("stored");
  });
  while (flag.load(std::memory_order_relaxed) == 0) this_thread::yield();
  FOZZY_ALWAYS(data.load(std::memory_order_relaxed) == 1, "it is there");
  writer.join();
}

// Everything that can be heard, as text.
class Notes final : public BodyListener {
 public:
  void OnTask(const TaskChoice& choice, uint32_t answer) override {
    absl::StrAppend(&text, "task ", choice.current.value, " of ",
                    choice.runnable.size(), " ", choice.runnable[answer].value,
                    "\n");
  }
  void OnValue(const ValueChoice& choice, uint64_t answer) override {
    absl::StrAppend(&text, "value ", choice.key.task.value, " ",
                    choice.key.ordinal, " ", choice.last, " ", answer, "\n");
  }
  void OnOp(const Op& op, Site site) override {
    absl::StrAppend(&text, "op ", static_cast<int>(op.kind), " ", op.object,
                    " ", op.site, " ", op.task.value, " ", PlaceOf(site), "\n");
  }
  void OnLog(TaskId task, uint64_t now, std::string_view line) override {
    absl::StrAppend(&text, "log ", task.value, " ", now, " ", std::string(line),
                    "\n");
  }
  std::string text;
};

TEST(RunJournalTest, WhatIsReadIsWhatWasHeard) {
  RunJournal journal;
  SeededStrategy seeded({.seed = 1});
  BodySubject subject(Publish, {});
  for (uint64_t run = 0; run < 100; ++run) {
    Notes direct;
    seeded.Begin(run);
    subject.RunWith(seeded, direct);
    journal.Clear();
    JournalWriter writer(journal, subject.simulation());
    seeded.Begin(run);
    const RunOutcome outcome = subject.RunWith(seeded, writer);
    writer.Finish(outcome);

    Notes read;
    JournalReader reader;
    seeded.Begin(run);
    reader.Read(journal, seeded, read);
    ASSERT_EQ(read.text, direct.text);
    ASSERT_TRUE(reader.outcome().has_value());
    EXPECT_EQ(reader.outcome()->digest, outcome.digest);
    EXPECT_EQ(reader.outcome()->finding, outcome.finding);
  }
}

TEST(RunJournalTest, AStrategyEndsUpAsIfItHadBeenAsked) {
  BodySubject subject(Publish, {});
  SeededStrategy seeded({.seed = 2});
  seeded.Begin(5);
  RecordedRun recorded;
  subject.Run(seeded, &recorded);
  LenientReplayStrategy lenient(
      {.answers = recorded.answers, .schedule = recorded.schedule});
  MeasuringStrategy asked({.inner = &lenient});
  asked.Begin(0);
  RunJournal journal;
  JournalWriter writer(journal, subject.simulation());
  writer.Finish(subject.RunWith(asked, writer));

  LenientReplayStrategy other(
      {.answers = recorded.answers, .schedule = recorded.schedule});
  MeasuringStrategy told({.inner = &other});
  told.Begin(0);
  Notes notes;
  JournalReader().Read(journal, told, notes);
  EXPECT_GT(asked.decisions(), 0u);
  EXPECT_EQ(told.decisions(), asked.decisions());
  EXPECT_EQ(told.measure(), asked.measure());
}

TEST(RunJournalTest, WithoutAnEndThereIsNoOutcome) {
  BodySubject subject(Publish, {});
  RunJournal journal;
  JournalWriter writer(journal, subject.simulation());
  ListStrategy list({});
  list.Begin(0);
  subject.RunWith(list, writer);

  Notes notes;
  JournalReader reader;
  reader.Read(journal, list, notes);
  EXPECT_FALSE(reader.outcome().has_value());
  EXPECT_NE(notes.text, "");
  journal.Clear();
  EXPECT_TRUE(journal.records().empty());
}

}  // namespace
}  // namespace fozzy
