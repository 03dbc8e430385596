#include "trace/stat.h"

#include <numeric>
#include <string>

#include "gtest/gtest.h"
#include "trace/frame.h"
#include "trace/testing/craft.h"
#include "trace/testing/sample.h"
#include "trace/testing/temp_folder.h"

namespace fozzy {
namespace {

const std::string& Path() {
  static const std::string& path =
      *new std::string(TempPath("stat_test.fozzy"));
  return path;
}

TEST(StatTest, EveryByteAndEveryRecordIsAccountedFor) {
  ASSERT_TRUE(SaveTrace(SampleTrace(), Path()).ok());

  const auto stat = StatTrace(Path());

  ASSERT_TRUE(stat.ok()) << stat.status();
  const TraceReader::Sizes& sizes = stat->sizes;
  EXPECT_EQ(kPreambleSize + sizes.header + sizes.scenario + sizes.answers +
                sizes.records + sizes.footer + kTailSize,
            stat->file_size);
  EXPECT_EQ(stat->file_size, ReadFileOrDie(Path()).size());
  EXPECT_EQ(stat->counts.total(), SampleTrace().records.size());
  EXPECT_EQ(std::accumulate(stat->decisions.begin(), stat->decisions.end(),
                            uint64_t{0}),
            stat->counts.decisions);
  // The sample holds the kinds that there were when it was made.
  for (size_t i = 0; i < 26; ++i) {
    EXPECT_GE(stat->events[i], 4u) << i;
  }
  for (size_t i = 0; i < kObservationKinds; ++i) {
    EXPECT_GE(stat->observations[i], 2u) << i;
  }
  EXPECT_TRUE(stat->is_complete);
}

TEST(StatTest, ARunOfDecisionsTakesLessThanTwoBytesEach) {
  EditableTrace trace = SampleTrace();
  trace.records.clear();
  NumberSequence numbers;
  for (int i = 0; i < 50'000; ++i) {
    trace.records.push_back(
        MakeDecision({ChoiceKind::kDeliver, TaskId{}, numbers.Next() % 6}));
  }
  ASSERT_TRUE(SaveTrace(trace, Path()).ok());

  const auto stat = StatTrace(Path());

  ASSERT_TRUE(stat.ok()) << stat.status();
  EXPECT_EQ(stat->counts.decisions, 50'000u);
  EXPECT_GT(stat->centibytes_per_decision(), 0u);
  EXPECT_LE(stat->centibytes_per_decision(), 200u);
}

TEST(StatTest, AStepWithItsEventsTakesLessThanTwelveBytes) {
  ASSERT_TRUE(SaveTrace(LongTrace(50'000), Path()).ok());

  const auto stat = StatTrace(Path());

  ASSERT_TRUE(stat.ok()) << stat.status();
  EXPECT_EQ(stat->events[static_cast<size_t>(EventKind::kStep)], 50'000u);
  EXPECT_GT(stat->centibytes_per_step(), 0u);
  EXPECT_LE(stat->centibytes_per_step(), 1200u);
}

TEST(StatTest, ATraceWithoutRecordsHasNoShares) {
  EditableTrace trace = SampleTrace();
  trace.records.clear();
  ASSERT_TRUE(SaveTrace(trace, Path()).ok());

  EXPECT_EQ(StatTrace(Path())->centibytes_per_step(), 0u);
  EXPECT_EQ(StatTrace(Path())->centibytes_per_decision(), 0u);
}

}  // namespace
}  // namespace fozzy
