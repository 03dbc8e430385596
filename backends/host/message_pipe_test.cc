#include "backends/host/message_pipe.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>

namespace fozzy {
namespace {

TEST(MessagePipeTest, MessagesComeInOrderWithAllTheirBytes) {
  auto ends = MakeMessageEnds();
  ASSERT_TRUE(ends.ok());
  const std::string zeros(100, '\0');
  for (const std::string& message :
       {std::string(), std::string("one"), zeros}) {
    ASSERT_TRUE(WriteMessage(ends->ours.get(), message).ok());
    EXPECT_EQ(ReadMessage(ends->theirs.get()).value_or("none"), message);
  }
  ends->ours.Close();
  EXPECT_TRUE(absl::IsOutOfRange(ReadMessage(ends->theirs.get()).status()));
}

TEST(MessagePipeTest, NothingIsAskedAndAnsweredWithoutMemory) {
  int asked = 0;
  auto copy =
      ForkedAnswerer::Start([asked](const std::string& request) mutable {
        return request.empty() && ++asked == 1 ? "" : std::to_string(asked);
      });
  ASSERT_TRUE(copy.ok());
  AskNothing(copy->descriptor());
  ASSERT_TRUE(WriteMessage(copy->descriptor(), "how often?").ok());
  EXPECT_EQ(ReadMessage(copy->descriptor()).value_or("none"), "1");
  copy->Stop();
  AskNothing(copy->descriptor());
}

TEST(MessagePipeTest, HalfAMessageIsDamage) {
  for (const std::string& half :
       {std::string("\x05\0\0\0abc", 7), std::string("\x05\0", 2),
        std::string("\xff\xff\xff\xff", 4)}) {
    auto ends = MakeMessageEnds();
    ASSERT_TRUE(ends.ok());
    ASSERT_EQ(write(ends->ours.get(), half.data(), half.size()),
              static_cast<ssize_t>(half.size()));
    ends->ours.Close();
    EXPECT_TRUE(absl::IsDataLoss(ReadMessage(ends->theirs.get()).status()))
        << half.size();
  }
}

TEST(MessagePipeTest, WritingToNobodyIsAnErrorAndNoSignal) {
  auto ends = MakeMessageEnds();
  ASSERT_TRUE(ends.ok());
  ends->theirs.Close();
  EXPECT_TRUE(
      absl::IsUnavailable(WriteMessage(ends->ours.get(), "anybody there")));
}

TEST(ForkedAnswererTest, ACopyAnswersFromTheStateItWasMadeIn) {
  int state = 1;
  auto copy = ForkedAnswerer::Start([&state](const std::string& question) {
    return question + std::to_string(state++);
  });
  ASSERT_TRUE(copy.ok());
  state = 100;
  for (const std::string expected : {"q1", "q2"}) {
    ASSERT_TRUE(WriteMessage(copy->descriptor(), "q").ok());
    EXPECT_EQ(ReadMessage(copy->descriptor()).value_or(""), expected);
  }
  EXPECT_EQ(state, 100);
}

TEST(ForkedAnswererTest, HowACopyEndedIsKnown) {
  auto copy = ForkedAnswerer::Start(
      [](const std::string&) -> std::string { std::_Exit(7); });
  ASSERT_TRUE(copy.ok());
  ASSERT_TRUE(WriteMessage(copy->descriptor(), "end").ok());
  EXPECT_TRUE(absl::IsOutOfRange(ReadMessage(copy->descriptor()).status()));
  const int status = copy->Stop();
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 7) << status;
}

}  // namespace
}  // namespace fozzy
