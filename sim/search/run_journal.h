// A run, written down where another process can read it, whatever becomes of
// the one that runs it.
#ifndef FOZZY_SIM_SEARCH_RUN_JOURNAL_H_
#define FOZZY_SIM_SEARCH_RUN_JOURNAL_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/string_view.h"
#include "sim/search/crash_note.h"
#include "sim/search/message.h"
#include "sim/simulation.h"

namespace fozzy {

// Memory that a process shares with those it forks.
class RunJournal {
 public:
  RunJournal();
  ~RunJournal();
  RunJournal(const RunJournal&) = delete;
  RunJournal& operator=(const RunJournal&) = delete;

  void Clear();

  // Adds a record.  What does not fit, because the run is very long, is
  // dropped, and everything after it: is_full().
  void Append(absl::string_view record);

  absl::string_view records() const;
  bool is_full() const;

  // Where the run was when it told something last.
  struct Progress {
    uint64_t digest_low = 0;
    uint64_t digest_high = 0;
    uint64_t points = 0;
    uint64_t now = 0;
  };
  Progress& progress();
  CrashNote& note();

 private:
  struct Head;

  Head* head_ = nullptr;
};

// Writes what it hears into a journal.  It uses little of a task's stack.
class JournalWriter final : public BodyListener {
 public:
  // Neither is owned.
  JournalWriter(RunJournal& journal, const Simulation& simulation)
      : journal_(journal), simulation_(simulation) {}

  void OnTask(const TaskChoice& choice, uint32_t answer) override;
  void OnValue(const ValueChoice& choice, uint64_t answer) override;
  void OnOp(const Op& op, Site site) override;
  void OnLog(TaskId task, uint64_t now, std::string_view text) override;

  // The run came to its end.
  void Finish(const RunOutcome& outcome);

 private:
  MessageWriter Begin(uint64_t kind);
  void End();
  void NoteName(TaskId task);
  uint64_t FileOf(Site site);

  RunJournal& journal_;
  const Simulation& simulation_;
  std::string record_;
  std::vector<std::string> names_;  // by task, as written down
  std::vector<const char*> files_;  // as written down
};

// What a journal says.
class JournalReader {
 public:
  // Tells `listener` what the run told, and has `strategy` give its answers
  // once more: it ends up as if it had been asked in this process.
  void Read(const RunJournal& journal, Strategy& strategy,
            BodyListener& listener);

  // The rest is of the run that was read last.
  std::string NameOf(TaskId task) const;
  TaskId last_task() const { return last_task_; }
  Site last_site() const { return last_site_; }
  // Nothing if the run did not come to its end.
  const std::optional<RunOutcome>& outcome() const { return outcome_; }

 private:
  void ReadTask(MessageReader& reader, Strategy& strategy,
                BodyListener& listener);
  static void ReadValue(MessageReader& reader, Strategy& strategy,
                        BodyListener& listener);
  void ReadOp(MessageReader& reader, Strategy& strategy,
              BodyListener& listener);

  std::map<uint32_t, std::string> names_;
  std::vector<const char*> files_;
  std::set<std::string> texts_;  // of files, which outlive the run
  TaskId last_task_ = {};
  Site last_site_ = {};
  std::optional<RunOutcome> outcome_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_RUN_JOURNAL_H_
