#include "sim/undo_log.h"

#include <gtest/gtest.h>

#include <string>

namespace fozzy {
namespace {

// A text whose every change can be taken back.
class Text {
 public:
  void Append(char letter) {
    if (log_.is_open()) {
      log_.Add([this] { text_.pop_back(); });
    }
    text_.push_back(letter);
  }

  void Clear() {
    if (log_.is_open()) {
      log_.Add([this, before = text_] { text_ = before; });
    }
    text_.clear();
  }

  UndoLog& log() { return log_; }
  const std::string& text() const { return text_; }

 private:
  UndoLog log_;
  std::string text_;
};

TEST(UndoLogTest, IsOpenInsideScopesOnly) {
  UndoLog log;
  EXPECT_FALSE(log.is_open());
  const size_t outer = log.Open();
  EXPECT_TRUE(log.is_open());
  const size_t inner = log.Open();
  log.RollBack(inner);
  EXPECT_TRUE(log.is_open());
  log.RollBack(outer);
  EXPECT_FALSE(log.is_open());
}

TEST(UndoLogTest, PutsBackTheChangesOfAScopeLastOneFirst) {
  Text text;
  text.Append('a');
  const size_t mark = text.log().Open();
  text.Append('b');
  text.Clear();
  text.Append('c');
  text.log().RollBack(mark);
  EXPECT_EQ(text.text(), "a");
}

TEST(UndoLogTest, AnInnerScopeLeavesTheChangesOfTheOuterOne) {
  Text text;
  const size_t outer = text.log().Open();
  text.Append('a');
  const size_t inner = text.log().Open();
  text.Append('b');
  text.log().RollBack(inner);
  EXPECT_EQ(text.text(), "a");
  text.Append('c');
  EXPECT_EQ(text.text(), "ac");
  text.log().RollBack(outer);
  EXPECT_EQ(text.text(), "");
}

TEST(UndoLogTest, EachChangeIsPutBackOnce) {
  UndoLog log;
  int undone = 0;
  for (int round = 1; round <= 3; ++round) {
    const size_t mark = log.Open();
    log.Add([&] { ++undone; });
    log.RollBack(mark);
    EXPECT_EQ(undone, round);
  }
}

TEST(UndoLogTest, PuttingAChangeBackMayAnnounceAnother) {
  UndoLog log;
  std::string order;
  const size_t mark = log.Open();
  log.Add([&] {
    order += "a";
    log.Add([&] { order += "b"; });
  });
  log.RollBack(mark);
  EXPECT_EQ(order, "ab");
}

TEST(UndoLogTest, AScopeWithoutChangesPutsNothingBack) {
  Text text;
  text.Append('a');
  text.log().RollBack(text.log().Open());
  EXPECT_EQ(text.text(), "a");
}

}  // namespace
}  // namespace fozzy
