#include "trace/format_record.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using testing::EndsWith;

std::string FormatEvent(EventKind kind, std::span<const uint64_t> numbers,
                        std::span<const std::string_view> texts) {
  TraceRecord record;
  record.kind = TraceRecordKind::kEvent;
  record.event = {kind, 120, numbers, texts};
  return FormatRecord(record, "ms");
}

TEST(FormatRecordTest, AnEventNamesItsFields) {
  const uint64_t numbers[] = {3};
  const std::string_view texts[] = {"a", "b"};

  EXPECT_EQ(FormatEvent(EventKind::kNetSend, numbers, texts),
            "@120ms net_send message=3 from=a to=b");
  EXPECT_EQ(FormatEvent(EventKind::kHeal, {}, {}), "@120ms heal");
}

TEST(FormatRecordTest, FieldsBeyondThoseKnownAreShownToo) {
  const uint64_t numbers[] = {3, 4};

  EXPECT_EQ(FormatEvent(EventKind::kMemoryFree, numbers, {}),
            "@120ms memory_free id=3 field=4");
}

TEST(FormatRecordTest, AnExitCodeBelowZeroIsShownAsSuch) {
  const uint64_t numbers[] = {~uint64_t{0}};
  const std::string_view texts[] = {"make"};

  EXPECT_EQ(FormatEvent(EventKind::kProcSpawn, numbers, texts),
            "@120ms proc_spawn exit=-1 cmd=make");
}

TEST(FormatRecordTest, TextsThatAreNoPlainWordsAreQuoted) {
  const std::string_view texts[] = {std::string_view("a b\n\0\"", 6), "",
                                    "\xc3\xa9"};

  EXPECT_EQ(FormatEvent(EventKind::kClientPut, {}, texts),
            "@120ms client_put node=\"a b\\n\\x00\\\"\" key=\"\" "
            "value=\"\xc3\xa9\"");
}

TEST(FormatRecordTest, NoByteBreaksTheLine) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(1, static_cast<char>(byte));
    const std::string_view texts[] = {text};
    const std::string line = FormatEvent(EventKind::kCrash, {}, texts);
    for (const char c : line) EXPECT_TRUE(c >= 32 || c < 0) << byte;
  }
}

TEST(FormatRecordTest, LongTextsAreCutAndSaySo) {
  const std::string text(1'000, 'x');
  const std::string_view texts[] = {text};

  EXPECT_THAT(FormatEvent(EventKind::kCrash, {}, texts),
              EndsWith("xxx\"...(1000 bytes)"));
}

TEST(FormatRecordTest, ADecisionNamesItsTaskUnlessThatIsTheFirst) {
  TraceRecord record;
  record.kind = TraceRecordKind::kDecision;
  record.decision = {ChoiceKind::kDeliver, TaskId{}, 2};
  EXPECT_EQ(FormatRecord(record, "ms"), "decision deliver answer=2");

  record.decision.task.value = 7;
  EXPECT_EQ(FormatRecord(record, "ms"), "decision deliver answer=2 task=7");
}

TEST(FormatRecordTest, AnObservationListsWhatWasSaid) {
  TraceRecord record;
  record.kind = TraceRecordKind::kObservation;
  record.observation = {ObservationKind::kProcess, {0, 1}, {"ok\n", ""}};

  EXPECT_EQ(FormatRecord(record, "ms"),
            "observation process numbers=0,1 texts=\"ok\\n\",\"\"");
}

}  // namespace
}  // namespace fozzy
