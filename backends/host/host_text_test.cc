#include "backends/host/host_text.h"

#include <errno.h>
#include <signal.h>

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(HostTextTest, NamesErrorsAndSaysWhatTheyMean) {
  EXPECT_EQ(ErrorName(ENOENT), "ENOENT");
  EXPECT_EQ(ErrorText(ENOENT), "No such file or directory");
  EXPECT_EQ(ErrorName(54321), "error 54321");
  EXPECT_EQ(ErrorText(54321), "error 54321");
}

TEST(HostTextTest, NamesSignals) {
  EXPECT_EQ(SignalName(SIGKILL), "SIGKILL");
  EXPECT_EQ(SignalName(SIGSEGV), "SIGSEGV");
  EXPECT_EQ(SignalName(SIGRTMIN), "SIGRTMIN");
  EXPECT_EQ(SignalName(SIGRTMIN + 3), "SIGRTMIN+3");
  EXPECT_EQ(SignalName(SIGRTMAX + 1), "signal " + std::to_string(SIGRTMAX + 1));
  EXPECT_EQ(SignalName(0), "signal 0");
  EXPECT_EQ(SignalName(-7), "signal -7");
}

TEST(HostTextTest, QuotesWhatIsNotPrintable) {
  EXPECT_EQ(Quoted("plain text"), "\"plain text\"");
  EXPECT_EQ(Quoted(std::string_view("a\0b\n\x7f", 5)), "\"a\\x00b\\x0a\\x7f\"");
  EXPECT_EQ(Quoted("\"\\"), "\"\\\"\\\\\"");
  EXPECT_EQ(Quoted("\xc3\xa4"), "\"\\xc3\\xa4\"");
}

}  // namespace
}  // namespace fozzy
