#include "cli/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "cli/exit_code.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

// A pipe whose reading end can be read to its end, or closed.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe2(ends_, O_CLOEXEC), 0); }
  ~Pipe() {
    CloseReader();
    CloseWriter();
  }
  int writer() const { return ends_[1]; }
  void CloseReader() { Close(ends_[0]); }
  void CloseWriter() { Close(ends_[1]); }

  // Returns all that was written; nothing can be written afterwards.
  std::string Read() {
    CloseWriter();
    std::string text;
    char piece[4096];
    ssize_t count = 0;
    while ((count = read(ends_[0], piece, sizeof piece)) > 0) {
      text.append(piece, static_cast<size_t>(count));
    }
    return text;
  }

 private:
  static void Close(int& file) {
    if (file >= 0) close(file);
    file = -1;
  }
  int ends_[2] = {-1, -1};
};

// What one use of Output wrote.
struct Printed {
  std::string out;
  std::string err;
};

Printed Print(bool is_json, void (*use)(Output&)) {
  Pipe out;
  Pipe err;
  {
    Output output(
        {.out = out.writer(), .err = err.writer(), .is_json = is_json});
    use(output);
  }
  return {out.Read(), err.Read()};
}

TEST(OutputTest, TextsForPeopleAreDroppedWithJson) {
  const auto use = [](Output& output) { output.Text("hello\n"); };

  EXPECT_EQ(Print(false, use).out, "hello\n");
  EXPECT_EQ(Print(true, use).out, "");
}

TEST(OutputTest, PrintsOneJsonDocumentOnly) {
  const Printed printed = Print(true, [](Output& output) {
    output.Json("{}");
    output.Fail(absl::InvalidArgumentError("strict violation"));
  });

  EXPECT_EQ(printed.out, "{}\n");
}

TEST(OutputTest, AnErrorGoesToStderrForPeople) {
  const Printed printed = Print(false, [](Output& output) {
    EXPECT_EQ(output.Fail(absl::InvalidArgumentError("no \"x\"")), kExitUsage);
  });

  EXPECT_EQ(printed.out, "");
  EXPECT_EQ(printed.err, "fozzy: no \"x\"\n");
}

TEST(OutputTest, AnErrorIsADocumentWithJson) {
  const Printed printed = Print(true, [](Output& output) {
    EXPECT_EQ(output.Fail(absl::InvalidArgumentError("no \"x\"")), kExitUsage);
  });

  EXPECT_EQ(printed.out,
            "{\n  \"code\": \"error\",\n  \"message\": \"no \\\"x\\\"\",\n"
            "  \"status\": \"error\"\n}\n");
  EXPECT_EQ(printed.err, "");
}

TEST(OutputTest, NotesGoToStderrWithAndWithoutJson) {
  const auto use = [](Output& output) { output.Note("warning: x"); };

  EXPECT_EQ(Print(false, use).err, "warning: x\n");
  EXPECT_EQ(Print(true, use).err, "warning: x\n");
  EXPECT_EQ(Print(true, use).out, "");
}

TEST(OutputTest, NothingIsColouredOrAnimatedInAPipe) {
  const Printed printed = Print(false, [](Output& output) {
    EXPECT_FALSE(output.has_progress());
    output.Progress("1/2");
    output.Text(output.Paint(Color::kRed, "fail"));
  });

  EXPECT_EQ(printed.out, "fail");
  EXPECT_EQ(printed.err, "");
}

TEST(OutputTest, AReaderThatHasGoneAwayIsNoError) {
  HandleClosedPipes();
  Pipe out;
  out.CloseReader();
  Output output({.out = out.writer()});

  output.Text("hello\n");

  EXPECT_TRUE(output.Flush().ok());
}

TEST(OutputTest, AFullDiskIsAnError) {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  ASSERT_GE(full, 0);
  {
    Output output({.out = full});

    output.Text("hello\n");

    EXPECT_EQ(output.Flush().message(),
              "cannot write to stdout: No space left on device");
  }
  close(full);
}

}  // namespace
}  // namespace fozzy
