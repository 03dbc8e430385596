#include "trace/writer.h"

#include "gtest/gtest.h"
#include "trace/reader.h"

namespace fozzy {
namespace {

TEST(TraceWriterTest, WhatIsWrittenIsReadBack) {
  const std::string path = testing::TempDir() + "/writer_test.fozzy";
  TraceHeader header;
  header.scenario_name = "a.fozzy.json";
  header.seed = 7;
  TraceWriter writer({path, header, "{}"});
  const uint64_t numbers[] = {0};
  const std::string_view texts[] = {"sleep"};
  writer.OnEvent({EventKind::kStep, 5, numbers, texts});
  writer.OnDecision({ChoiceKind::kRandom, TaskId{3}, ~uint64_t{0}});

  ASSERT_TRUE(writer.Finish({}).ok()) << writer.status();

  auto reader = TraceReader::Open(path);
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_EQ((*reader)->header().seed, 7u);
  TraceRecord record;
  ASSERT_TRUE(*(*reader)->Next(record));
  EXPECT_EQ(record.event.time, 5u);
  ASSERT_TRUE(*(*reader)->Next(record));
  EXPECT_EQ(record.decision.answer, ~uint64_t{0});
  auto end = (*reader)->Next(record);
  ASSERT_TRUE(end.ok()) << end.status();
  EXPECT_FALSE(*end);
  EXPECT_TRUE((*reader)->is_complete());
}

}  // namespace
}  // namespace fozzy
