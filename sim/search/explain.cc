#include "sim/search/explain.h"

#include <algorithm>
#include <span>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"
#include "sim/core/list_strategy.h"
#include "sim/core/prefix_strategy.h"
#include "sim/core/seeded_strategy.h"
#include "sim/search/explain_ops.h"

namespace fozzy {
namespace {

// Tries beginnings of a failing run.
class Beginnings {
 public:
  Beginnings(Subject& subject, const RecordedRun& run, std::string signature)
      : subject_(subject),
        decisions_(run.decisions),
        signature_(std::move(signature)) {}

  bool Fails(Strategy& strategy) {
    const RunOutcome outcome = subject_.Run(strategy, nullptr);
    return outcome.finding && !outcome.is_abandoned &&
           Signature(*outcome.finding) == signature_;
  }

  // The runs of all beginnings go on with the same random numbers, so that
  // differences are due to the beginnings.
  BeginningSample Sample(uint64_t kept, const ExplainOptions& options) {
    SeededStrategy rest({.seed = options.seed});
    PrefixStrategy strategy(
        {.prefix = decisions_.first(static_cast<size_t>(kept)), .rest = &rest});
    BeginningSample sample = {.kept = kept};
    for (uint64_t i = 0; i < options.samples; ++i) {
      strategy.Begin(i);
      if (Fails(strategy)) ++sample.failures;
    }
    return sample;
  }

 private:
  Subject& subject_;
  const std::span<const Decision> decisions_;
  const std::string signature_;
};

uint64_t Distance(uint64_t a, uint64_t b) { return a > b ? a - b : b - a; }

bool IsInevitable(const BeginningSample& sample,
                  const ExplainOptions& options) {
  return sample.failures * 100 >= options.samples * options.inevitable_percent;
}

// Returns the index of the first sample from which on all are inevitable.  The
// last one is.
size_t FirstInevitable(const std::vector<BeginningSample>& samples,
                       const ExplainOptions& options) {
  size_t first = samples.size() - 1;
  while (first > 0 && IsInevitable(samples[first - 1], options)) --first;
  return first;
}

// Returns i such that a beginning between samples[i - 1] and samples[i] is to
// be tried, or 0 if none is: first where failing becomes inevitable, then where
// the step is largest.
size_t PlaceToRefine(const std::vector<BeginningSample>& samples,
                     const ExplainOptions& options) {
  const auto has_room = [&samples](size_t i) {
    return samples[i].kept - samples[i - 1].kept > 1;
  };
  const size_t first = FirstInevitable(samples, options);
  if (first > 0 && has_room(first)) return first;
  size_t place = 0;
  uint64_t largest = 0;
  for (size_t i = 1; i < samples.size(); ++i) {
    const uint64_t step =
        Distance(samples[i].failures, samples[i - 1].failures);
    if (step <= largest || !has_room(i)) continue;
    largest = step;
    place = i;
  }
  return place;
}

void TryBeginnings(Beginnings& beginnings, const ExplainOptions& options,
                   Explanation& explanation) {
  std::vector<BeginningSample>& samples = explanation.beginnings;
  samples.push_back(beginnings.Sample(0, options));
  if (explanation.decisions > 0) {
    samples.push_back({explanation.decisions, options.samples});
  }
  while (samples.size() < options.beginnings_max) {
    const size_t place = PlaceToRefine(samples, options);
    if (place == 0) break;
    const uint64_t kept = samples[place - 1].kept +
                          (samples[place].kept - samples[place - 1].kept) / 2;
    samples.insert(samples.begin() + static_cast<std::ptrdiff_t>(place),
                   beginnings.Sample(kept, options));
  }
}

void FindCritical(Explanation& explanation) {
  uint64_t largest = 0;
  for (size_t i = 1; i < explanation.beginnings.size(); ++i) {
    const BeginningSample& before = explanation.beginnings[i - 1];
    const BeginningSample& after = explanation.beginnings[i];
    if (after.kept - before.kept > 1 || after.failures <= before.failures ||
        after.failures - before.failures <= largest) {
      continue;
    }
    largest = after.failures - before.failures;
    explanation.critical = before.kept;
    explanation.failures_before = before.failures;
    explanation.failures_after = after.failures;
  }
}

// Runs it once to count, once to record.
CriticalOps FindOps(Subject& subject, const RecordedRun& run, size_t critical) {
  ListStrategy replay({.decisions = run.decisions});
  OpRecorder counted({.inner = &replay});
  counted.Begin(0);
  subject.Run(counted, nullptr);
  OpRecorder recorded({.inner = &replay,
                       .ops_max = counted.ops_count(),
                       .questions_max = counted.questions_count()});
  recorded.Begin(0);
  subject.Run(recorded, nullptr);
  return CriticalOpsOf(recorded, critical);
}

}  // namespace

absl::StatusOr<Explanation> Explain(Subject& subject, const RecordedRun& run,
                                    const Finding& finding,
                                    const ExplainOptions& options) {
  FOZZY_CHECK(options.samples > 0);
  FOZZY_CHECK(options.beginnings_max >= 2);
  Beginnings beginnings(subject, run, Signature(finding));
  ListStrategy whole({.decisions = run.decisions});
  whole.Begin(0);
  if (!beginnings.Fails(whole)) {
    return absl::FailedPreconditionError(
        absl::StrCat("repeating the run does not lead to the finding \"",
                     Signature(finding), "\" again"));
  }
  Explanation explanation = {.samples = options.samples,
                             .decisions = run.decisions.size()};
  TryBeginnings(beginnings, options, explanation);
  const std::vector<BeginningSample>& samples = explanation.beginnings;
  explanation.inevitable_from = samples[FirstInevitable(samples, options)].kept;
  FindCritical(explanation);
  if (explanation.critical) {
    const size_t critical = static_cast<size_t>(*explanation.critical);
    explanation.critical_decision = run.decisions[critical];
    explanation.ops = FindOps(subject, run, critical);
  }
  return explanation;
}

}  // namespace fozzy
