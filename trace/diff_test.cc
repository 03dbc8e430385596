#include "trace/diff.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trace/testing/craft.h"
#include "trace/testing/sample.h"
#include "trace/testing/temp_folder.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

std::string PathOf(const std::string& name) {
  return TempPath(name + ".fozzy");
}

// Compares `a` with `b`; fails the test unless both can be read.
std::optional<TraceDifference> Diff(const EditableTrace& a,
                                    const EditableTrace& b) {
  EXPECT_TRUE(SaveTrace(a, PathOf("a")).ok());
  EXPECT_TRUE(SaveTrace(b, PathOf("b")).ok());
  const auto difference = DiffTraces(PathOf("a"), PathOf("b"));
  EXPECT_TRUE(difference.ok()) << difference.status();
  return difference.ok() ? *difference : std::nullopt;
}

TEST(DiffTest, EqualRunsDoNotDiffer) {
  EditableTrace other = LongTrace(1'000);
  other.header.tool_version = "another";
  other.footer.results.clear();

  EXPECT_FALSE(Diff(LongTrace(1'000), other).has_value());
}

TEST(DiffTest, AnyRecordThatDiffersIsTheFirstDifference) {
  const EditableTrace trace = SampleTrace();
  for (size_t i = 0; i < trace.records.size(); i += 5) {
    EditableTrace other = trace;
    EditableRecord& record = other.records[i];
    record.decision.answer ^= 1;
    record.numbers.push_back(1);
    record.numbers.resize(std::min<size_t>(record.numbers.size(), 63));
    record.observation.texts.push_back("more");

    const auto difference = Diff(trace, other);

    ASSERT_TRUE(difference.has_value()) << i;
    EXPECT_EQ(difference->record, i);
    EXPECT_NE(difference->a, difference->b) << i;
  }
}

TEST(DiffTest, TheStepIsTheLastOneThatStarted) {
  EditableTrace trace = SampleTrace();
  trace.records = {
      MakeDecision({ChoiceKind::kDrop, TaskId{}, 0}),
      MakeEvent(EventKind::kStep, 1, {41}, {"sleep"}),
      MakeEvent(EventKind::kNetSend, 1, {3}, {"a", "b"}),
  };
  EditableTrace early = trace;
  early.records[0].decision.answer = 1;
  EditableTrace late = trace;
  late.records[2].texts[1] = "c";

  EXPECT_EQ(Diff(trace, early)->step, std::nullopt);
  const auto difference = Diff(trace, late);
  EXPECT_EQ(difference->step, 41u);
  EXPECT_EQ(difference->a, "@1ms net_send message=3 from=a to=b");
  EXPECT_EQ(difference->b, "@1ms net_send message=3 from=a to=c");
}

TEST(DiffTest, ARunThatEndsEarlierDiffersAtItsEnd) {
  EditableTrace shorter = SampleTrace();
  shorter.records.pop_back();

  const auto difference = Diff(SampleTrace(), shorter);

  ASSERT_TRUE(difference.has_value());
  EXPECT_EQ(difference->record, shorter.records.size());
  EXPECT_THAT(difference->a, HasSubstr("observation process"));
  EXPECT_THAT(difference->b, HasSubstr("end of the run: fail, assertion"));
}

TEST(DiffTest, RunsWithTheSameRecordsCanEndDifferently) {
  EditableTrace status = SampleTrace();
  status.footer.status = "timeout";
  EditableTrace finding = SampleTrace();
  finding.footer.findings[0].message = "another";

  EXPECT_THAT(Diff(SampleTrace(), status)->b, HasSubstr("timeout"));
  EXPECT_THAT(Diff(SampleTrace(), finding)->b, HasSubstr("another"));
}

TEST(DiffTest, ATraceThatCannotBeReadIsNamed) {
  ASSERT_TRUE(SaveTrace(SampleTrace(), PathOf("good")).ok());
  WriteFileOrDie(PathOf("bad"), "no trace");

  const auto difference = DiffTraces(PathOf("good"), PathOf("bad"));

  EXPECT_EQ(difference.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(difference.status().message()),
              HasSubstr(PathOf("bad")));
}

}  // namespace
}  // namespace fozzy
