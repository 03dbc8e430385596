#include "sim/search/crash_note.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstring>

namespace fozzy {
namespace {

using ::testing::HasSubstr;

// Wait statuses, as of the kernel.
constexpr int kKilled = SIGKILL;
constexpr int kExited3 = 3 << 8;

CrashNote Note(int signal) {
  CrashNote note;
  note.signal = signal;
  std::strcpy(note.task, "writer");
  std::strcpy(note.place, "queue.cc:12");
  return note;
}

TEST(CrashNoteTest, ASignalIsNamedWithItsTaskAndWhatThatHadDone) {
  CrashNote note = Note(SIGSEGV);
  note.is_null = true;
  const Finding finding = CrashFinding(note, SIGSEGV);

  EXPECT_EQ(Signature(finding), "crash/SIGSEGV, after queue.cc:12");
  EXPECT_EQ(finding.message,
            "writer was ended by SIGSEGV at a null pointer, after queue.cc:12");
}

TEST(CrashNoteTest, AnOverflowNamesTheSizeAndTheOption) {
  CrashNote note = Note(SIGSEGV);
  note.is_overflow = true;
  note.stack_bytes = 64 << 10;
  const Finding finding = CrashFinding(note, SIGSEGV);

  EXPECT_EQ(finding.title, "stack overflow");
  EXPECT_THAT(finding.message, HasSubstr("of writer, whose stack has 64 KiB"));
  EXPECT_THAT(finding.message, HasSubstr("--fozzy_stack_kib"));
}

TEST(CrashNoteTest, WithoutANoteTheEndOfTheProcessSpeaks) {
  EXPECT_THAT(CrashFinding(Note(0), kKilled).message, HasSubstr("SIGKILL"));
  EXPECT_THAT(CrashFinding(Note(0), kExited3).message,
              HasSubstr("ended the process with exit code 3"));
  EXPECT_EQ(CrashFinding({}, kExited3).message,
            "the process ended with exit code 3");
}

TEST(CrashNoteTest, ASignalThatASanitizerTurnsIntoAnExitIsStillASignal) {
  EXPECT_EQ(Signature(CrashFinding(Note(SIGFPE), kExited3)),
            Signature(CrashFinding(Note(SIGFPE), SIGFPE)));
}

}  // namespace
}  // namespace fozzy
