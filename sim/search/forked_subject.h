// Runs that may end their process.
#ifndef FOZZY_SIM_SEARCH_FORKED_SUBJECT_H_
#define FOZZY_SIM_SEARCH_FORKED_SUBJECT_H_

#include <cstdint>
#include <functional>
#include <string>

#include "sim/search/body_subject.h"
#include "sim/search/run_journal.h"
#include "sim/search/subject.h"

namespace fozzy {

// A body whose every run is done by a copy of this process, about 0.5 ms each.
// A run that ends its process, by a signal or otherwise, is a finding like any
// other; its answers are known up to there.
class ForkedSubject final : public Subject {
 public:
  ForkedSubject(std::function<void()> body, const Simulation::Options& options)
      : body_(std::move(body), options) {}

  RunOutcome Run(Strategy& strategy, RecordedRun* recorded) override;

  // Runs once; then tells `listener` what happened.
  RunOutcome RunWith(Strategy& strategy, BodyListener& listener);

  // The rest is of the last run.
  std::string NameOf(TaskId task) const { return reader_.NameOf(task); }
  uint64_t now() { return journal_.progress().now; }
  bool has_crashed() const { return has_crashed_; }

 private:
  [[noreturn]] void RunHere(Strategy& strategy);
  RunOutcome Crashed(int wait_status);

  BodySubject body_;
  RunJournal journal_;
  JournalReader reader_;
  bool has_crashed_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_FORKED_SUBJECT_H_
