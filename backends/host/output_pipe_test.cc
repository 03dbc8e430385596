#include "backends/host/output_pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

void Put(const OutputPipe& pipe, std::string_view text) {
  ASSERT_EQ(write(pipe.write_end(), text.data(), text.size()),
            static_cast<ssize_t>(text.size()));
}

TEST(OutputPipeTest, ReadsWhatIsThereAndDoesNotWait) {
  OutputPipe pipe(100);
  ASSERT_EQ(pipe.Open(), 0);
  Put(pipe, "abc");

  EXPECT_TRUE(pipe.Read());
  EXPECT_FALSE(pipe.Read());

  EXPECT_TRUE(pipe.is_open());
  EXPECT_FALSE(pipe.is_cut());
  EXPECT_EQ(pipe.TakeText(), "abc");
}

TEST(OutputPipeTest, ClosesAtTheEnd) {
  OutputPipe pipe(100);
  ASSERT_EQ(pipe.Open(), 0);
  Put(pipe, "abc");
  pipe.CloseWriteEnd();

  EXPECT_TRUE(pipe.Read());
  EXPECT_TRUE(pipe.is_open());
  EXPECT_FALSE(pipe.Read());
  EXPECT_FALSE(pipe.is_open());
  EXPECT_FALSE(pipe.Read());
}

TEST(OutputPipeTest, CutsOnlyWhatIsLongerThanIsKept) {
  for (const std::string text : {"123", "1234", "12345", "123456789"}) {
    OutputPipe pipe(4);
    ASSERT_EQ(pipe.Open(), 0);
    Put(pipe, text);

    EXPECT_TRUE(pipe.Read());

    EXPECT_EQ(pipe.is_cut(), text.size() > 4) << text;
    EXPECT_EQ(pipe.TakeText(), text.substr(0, 4)) << text;
  }
}

TEST(OutputPipeTest, DrainsWhatIsNotKept) {
  OutputPipe pipe(4);
  ASSERT_EQ(pipe.Open(), 0);
  const std::string block(32 * 1024, 'x');

  for (int i = 0; i < 100; ++i) {
    Put(pipe, block);
    EXPECT_TRUE(pipe.Read()) << i;
  }

  EXPECT_TRUE(pipe.is_cut());
  EXPECT_EQ(pipe.TakeText(), "xxxx");
}

TEST(OutputPipeTest, StaysClearOfTheStandardStreams) {
  const Fd kept(fcntl(0, F_DUPFD_CLOEXEC, 10));
  close(0);

  OutputPipe pipe(100);
  const int error = pipe.Open();

  EXPECT_EQ(error, 0);
  EXPECT_GT(pipe.read_end(), 2);
  EXPECT_GT(pipe.write_end(), 2);
  EXPECT_EQ(dup2(kept.get(), 0), 0);
}

TEST(OutputPipeTest, WritersMayBlock) {
  OutputPipe pipe(100);
  ASSERT_EQ(pipe.Open(), 0);

  EXPECT_EQ(fcntl(pipe.write_end(), F_GETFL) & O_NONBLOCK, 0);
  EXPECT_EQ(fcntl(pipe.read_end(), F_GETFL) & O_NONBLOCK, O_NONBLOCK);
}

}  // namespace
}  // namespace fozzy
