// Says why a run fails: from where on it had to, and what made it so.
//
//   absl::StatusOr<Explanation> why =
//       Explain(subject, run, finding);
#ifndef FOZZY_SIM_SEARCH_EXPLAIN_H_
#define FOZZY_SIM_SEARCH_EXPLAIN_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "fozzy/finding.h"
#include "sim/search/subject.h"

namespace fozzy {

struct ExplainOptions {
  uint64_t seed = 0;
  uint64_t samples = 64;         // runs for each beginning
  uint64_t beginnings_max = 96;  // tried in all, at least 2
  // Failing in so many of 100 counts as inevitable.
  uint64_t inevitable_percent = 95;
};

// How often runs failed in the same way that begin with the first `kept`
// decisions of the failing one and go on at random.
struct BeginningSample {
  uint64_t kept = 0;
  uint64_t failures = 0;

  friend bool operator==(const BeginningSample&,
                         const BeginningSample&) = default;
};

// The ops around the decision that counts most; nothing where there are none.
struct CriticalOps {
  // What happened next, or what the question was about if it was about a
  // value.
  std::optional<Op> then = {};
  // The task that was left by the last switch up to there: the last that it
  // had done, and what it was about to do, too late now.  For a choice of the
  // store to read from, `left_done` is the newest store there was.
  std::optional<Op> left_done = {};
  std::optional<Op> left_next = {};
  // For tasks: two ops on one object, not both reading, of those that ran
  // between that switch and the return of the task that was left (`other`) and
  // of that task (`left`); those nearest to the switch.
  std::optional<Op> other = {};
  std::optional<Op> left = {};
  bool left_is_first = false;  // `left` happened before the switch
};

struct Explanation {
  uint64_t samples = 0;
  uint64_t decisions = 0;  // of the run
  // Those tried, by `kept`.  The whole run, which fails, is the last.
  std::vector<BeginningSample> beginnings = {};
  // The smallest `kept` from which on all that were tried fail nearly always.
  uint64_t inevitable_from = 0;
  // The decision, from 0, after which failing became more likely by most, and
  // how often runs failed without it and with it.  Nothing if no decision
  // makes it more likely: all runs fail.
  std::optional<uint64_t> critical = {};
  Decision critical_decision = {};
  uint64_t failures_before = 0;
  uint64_t failures_after = 0;
  CriticalOps ops = {};
};

// Explains why `run` leads to `finding`; shrink it first.  Beginnings are tried
// by halving, first where failing becomes inevitable, then where the step from
// one to the next is largest, so that a rise next to an equal fall may be
// missed.
//
// Errors: FAILED_PRECONDITION if `run` does not lead to that finding when it is
// repeated.
//
// Source: Choi, Zeller, "Isolating Failure-Inducing Thread Schedules", ISSTA
// 2002, for the question; the runs that go on at random, in the place of one
// passing run, are ours.
absl::StatusOr<Explanation> Explain(Subject& subject, const RecordedRun& run,
                                    const Finding& finding,
                                    const ExplainOptions& options = {});

// Returns the place of an op in the program as users know it, "queue.cc:17".
using SiteName = std::function<std::string(uint32_t site)>;

// Returns the name of a task as users know it, "main" or "reader".
using TaskName = std::function<std::string(TaskId task)>;

// Returns `explanation` as lines of text.  Without names, sites and tasks are
// numbers.
std::string ExplanationText(const Explanation& explanation,
                            const SiteName& site_name = {},
                            const TaskName& task_name = {});

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_EXPLAIN_H_
