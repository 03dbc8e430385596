#include "sim/search/crash_note.h"

#include <sys/wait.h>

#include <cstring>

#include "absl/strings/str_cat.h"

namespace fozzy {
namespace {

std::string SignalName(int signal) {
  const char* const name = sigabbrev_np(signal);
  return name == nullptr ? absl::StrCat("signal ", signal)
                         : absl::StrCat("SIG", name);
}

}  // namespace

Finding CrashFinding(const CrashNote& note, int wait_status) {
  Finding finding;
  finding.kind = FindingKind::kCrash;
  const std::string task = note.task[0] == '\0' ? "the process" : note.task;
  const std::string place =
      note.place[0] == '\0' ? "" : absl::StrCat(", after ", note.place);
  if (note.is_overflow) {
    finding.title = "stack overflow";
    finding.message = absl::StrCat(
        "stack overflow of ", task, ", whose stack has ",
        note.stack_bytes >> 10,
        " KiB; see the option --fozzy_stack_kib, of fozzy --stack-kib");
    return finding;
  }
  // A sanitizer that handles the signal ends the process as it likes.
  if (note.signal != 0 || WIFSIGNALED(wait_status)) {
    const std::string name =
        SignalName(note.signal != 0 ? note.signal : WTERMSIG(wait_status));
    finding.title = absl::StrCat(name, place);
    finding.message =
        absl::StrCat(task, " was ended by ", name,
                     note.is_null ? " at a null pointer" : "", place);
    return finding;
  }
  finding.title = absl::StrCat("exit", place);
  finding.message = absl::StrCat(
      note.task[0] == '\0' ? "the process ended"
                           : absl::StrCat(task, " ended the process"),
      " with exit code ", WEXITSTATUS(wait_status), place);
  return finding;
}

}  // namespace fozzy
