#include "sim/search/forked_subject.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "sim/base/check.h"
#include "sim/search/crash_watch.h"
#include "sim/search/run_recorder.h"

namespace fozzy {
namespace {

// Hears nothing.
class Deaf final : public BodyListener {
 public:
  void OnTask(const TaskChoice&, uint32_t) override {}
  void OnValue(const ValueChoice&, uint64_t) override {}
  void OnOp(const Op&, Site) override {}
  void OnLog(TaskId, uint64_t, std::string_view) override {}
};

int WaitFor(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

RunOutcome ForkedSubject::Run(Strategy& strategy, RecordedRun* recorded) {
  if (recorded == nullptr) {
    Deaf deaf;
    return RunWith(strategy, deaf);
  }
  RunRecorder recorder(*recorded);
  RunOutcome outcome = RunWith(strategy, recorder);
  recorder.Finish();
  return outcome;
}

RunOutcome ForkedSubject::RunWith(Strategy& strategy, BodyListener& listener) {
  journal_.Clear();
  // What is in its buffer is not the copy's to print.
  std::fflush(nullptr);
  const pid_t child = fork();
  FOZZY_CHECK(child >= 0);
  if (child == 0) RunHere(strategy);
  const int status = WaitFor(child);
  reader_.Read(journal_, strategy, listener);
  has_crashed_ = !reader_.outcome().has_value();
  return has_crashed_ ? Crashed(status) : *reader_.outcome();
}

// In the copy.
void ForkedSubject::RunHere(Strategy& strategy) {
  // Nobody else would end it if its parent were killed.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  CrashWatch::LeaveNoCore();
  // What is printed before a crash is seen.
  setvbuf(stdout, nullptr, _IONBF, 0);
  const CrashWatch watch(journal_.note());
  JournalWriter writer(journal_, body_.simulation());
  writer.Finish(body_.RunWith(strategy, writer));
  std::fflush(nullptr);
  _exit(0);
}

RunOutcome ForkedSubject::Crashed(int wait_status) {
  CrashNote note = journal_.note();
  if (note.signal == 0) {
    // Nobody could say what happened; this is what came before.
    const std::string task = reader_.NameOf(reader_.last_task());
    const std::string place =
        reader_.last_site().file == nullptr ? "" : PlaceOf(reader_.last_site());
    note.task[task.copy(note.task, sizeof(note.task) - 1)] = '\0';
    note.place[place.copy(note.place, sizeof(note.place) - 1)] = '\0';
  }
  const RunJournal::Progress& progress = journal_.progress();
  RunOutcome outcome;
  outcome.finding = CrashFinding(note, wait_status);
  if (journal_.is_full()) {
    outcome.finding->title = "too long";
    outcome.finding->message = "the run is too long to be written down";
  }
  outcome.digest = Digest::FromLanes(progress.digest_low, progress.digest_high);
  outcome.points = progress.points;
  return outcome;
}

}  // namespace fozzy
