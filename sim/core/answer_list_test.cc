#include "sim/core/answer_list.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

constexpr AnswerRun kRuns[] = {{ChoiceKind::kTask, 3, 2},
                               {ChoiceKind::kReadsFrom, 1, 2},
                               {ChoiceKind::kTask, 2, 0}};

std::vector<AnswerRun> Copy(std::span<const AnswerRun> runs) {
  return {runs.begin(), runs.end()};
}

TEST(AnswerListTest, KeepsItsMemory) {
  Arena arena(TestMemory);
  AnswerList list;
  EXPECT_TRUE(list.span().empty());
  list.Assign(kRuns, arena);
  EXPECT_EQ(Copy(list.span()), Copy(kRuns));
  EXPECT_EQ(list.Count(), 6u);
  const AnswerRun* memory = list.span().data();
  list.Assign(std::span(kRuns).first(1), arena);
  EXPECT_EQ(list.Count(), 3u);
  list.Assign(kRuns, arena);
  EXPECT_EQ(list.span().data(), memory);
}

TEST(AnswerListTest, ARecorderCountsRepetitions) {
  AnswerRecorder<8> recorder;
  for (const AnswerRun& run : kRuns) {
    for (uint32_t i = 0; i < run.count; ++i) {
      recorder.Append(run.kind, run.answer);
    }
  }
  EXPECT_EQ(Copy(recorder.span()), Copy(kRuns));
  recorder.Clear();
  EXPECT_TRUE(recorder.span().empty());
}

TEST(AnswerListTest, ARecorderThatIsFullKeepsTheBeginning) {
  AnswerRecorder<3> recorder;
  for (uint64_t i = 0; i < 10; ++i) recorder.Append(ChoiceKind::kTask, i);
  ASSERT_EQ(recorder.span().size(), 3u);
  EXPECT_EQ(recorder.span()[2].answer, 2u);
  EXPECT_EQ(recorder.span()[2].count, 1u);
}

TEST(AnswerListTest, AReaderStartsAnywhere) {
  const uint64_t flat[] = {2, 2, 2, 2, 0, 0};
  for (uint64_t from = 0; from <= 8; ++from) {
    AnswerReader reader;
    reader.Start(kRuns, from);
    for (uint64_t i = from; i < 6; ++i) {
      const AnswerRun* run = reader.Next();
      ASSERT_NE(run, nullptr) << from << ", " << i;
      EXPECT_EQ(run->answer, flat[i]) << from << ", " << i;
      EXPECT_EQ(run->kind, i == 3 ? ChoiceKind::kReadsFrom : ChoiceKind::kTask);
    }
    EXPECT_EQ(reader.Next(), nullptr) << from;
    EXPECT_EQ(reader.Next(), nullptr) << from;
  }
}

}  // namespace
}  // namespace fozzy
