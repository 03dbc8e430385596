#include "scenarios/shrink_calmest.h"

#include <cstddef>
#include <deque>
#include <utility>
#include <vector>

#include "sim/core/list_strategy.h"

namespace fozzy {
namespace {

constexpr uint64_t kLastMax = 255;

// Returns how many answers there were to each question, less one, in the order
// of the questions.
std::vector<uint64_t> LastsInOrder(const RecordedRun& run) {
  uint64_t asked[kChoiceKinds] = {};
  std::vector<uint64_t> lasts;
  for (const Decision& decision : run.decisions) {
    const ChoiceKey key = {decision.task, decision.kind,
                           asked[static_cast<size_t>(decision.kind)]++};
    const KeyedAnswer* answer = FindAnswer(run.answers, key);
    lasts.push_back(
        run.lasts[static_cast<size_t>(answer - run.answers.data())]);
  }
  return lasts;
}

class CalmestSearch {
 public:
  CalmestSearch(Subject& subject, const CalmestOptions& options)
      : subject_(subject), options_(options) {}

  CalmestReport Search() {
    waiting_.push_back({});
    while (!waiting_.empty() && !report_.run && !IsSpent()) {
      const std::vector<Decision> answers = std::move(waiting_.front());
      waiting_.pop_front();
      Try(answers);
    }
    return std::move(report_);
  }

 private:
  bool IsSpent() const {
    return report_.runs >= options_.runs_max ||
           (options_.is_time_up && options_.is_time_up());
  }

  // Runs with `answers`, and 0 after them.
  void Try(const std::vector<Decision>& answers) {
    ListStrategy strategy({answers});
    strategy.Begin(0);
    RecordedRun run;
    const RunOutcome outcome = subject_.Run(strategy, &run);
    ++report_.runs;
    if (outcome.finding && Signature(*outcome.finding) == options_.signature) {
      report_.run = std::move(run);
      return;
    }
    AddNext(run, answers.size());
  }

  // Adds the runs with one answer more, at question `first` or later.
  void AddNext(const RecordedRun& run, size_t first) {
    const std::vector<uint64_t> lasts = LastsInOrder(run);
    for (size_t i = first; i < lasts.size(); ++i) {
      if (lasts[i] > kLastMax) continue;
      for (uint64_t answer = 1; answer <= lasts[i]; ++answer) {
        if (report_.runs + waiting_.size() >= options_.runs_max) return;
        const auto end = run.decisions.begin() + static_cast<ptrdiff_t>(i + 1);
        waiting_.emplace_back(run.decisions.begin(), end);
        waiting_.back().back().answer = answer;
      }
    }
  }

  Subject& subject_;
  const CalmestOptions& options_;
  // Lists of answers to be tried, those with the fewest that are not 0 first.
  std::deque<std::vector<Decision>> waiting_;
  CalmestReport report_;
};

}  // namespace

CalmestReport FindCalmest(Subject& subject, const CalmestOptions& options) {
  return CalmestSearch(subject, options).Search();
}

}  // namespace fozzy
