// Two runs side by side: did the same happen?
#ifndef FOZZY_SIM_SEARCH_RUN_TRAIL_H_
#define FOZZY_SIM_SEARCH_RUN_TRAIL_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fozzy/finding.h"
#include "sim/search/body_subject.h"
#include "sim/search/run_recorder.h"
#include "sim/search/subject.h"
#include "sim/simulation.h"

namespace fozzy {

// Where a run parts from one that had the same answers.
struct RunDifference {
  std::string place;    // in the program, or "?"
  std::string message;  // what happened there instead, on one line

  friend bool operator==(const RunDifference&, const RunDifference&) = default;
};

// Notes everything a run does, in short, and writes it down on the way.
//
// Of the first kKept things each is kept; what comes later is in the digest of
// the run alone.
class RunTrail final : public BodyListener {
 public:
  static constexpr size_t kKept = size_t{1} << 16;

  // Neither is owned; `recorded` may be null.
  RunTrail(const Simulation& simulation, RecordedRun* recorded);

  void OnTask(const TaskChoice& choice, uint32_t answer) override;
  void OnValue(const ValueChoice& choice, uint64_t answer) override;
  void OnOp(const Op& op, Site site) override;
  void OnLog(TaskId task, uint64_t now, std::string_view text) override;

  // After the run.
  void Finish();

  // One number for each thing.
  const std::vector<uint64_t>& hashes() const { return hashes_; }

  // Returns where this run parts from one whose hashes were `other`.
  std::optional<RunDifference> DifferenceFrom(
      std::span<const uint64_t> other) const;

 private:
  struct Step {
    std::string_view what;  // static
    TaskId task = {};
    uint32_t object = 0;
    Site site = {};
  };

  void Add(uint64_t hash, const Step& step);
  std::string TextOf(size_t step) const;

  const Simulation& simulation_;
  RecordedRun unused_;
  RunRecorder recorder_;
  std::vector<uint64_t> hashes_;
  std::vector<Step> steps_;
};

// A body each of whose runs is repeated with its own answers.  If not the same
// comes of it, that is what the run found: nondeterminism.
class TwiceSubject final : public Subject {
 public:
  // `subject` outlives it.
  explicit TwiceSubject(BodySubject& subject) : subject_(subject) {}

  RunOutcome Run(Strategy& strategy, RecordedRun* recorded) override;

 private:
  BodySubject& subject_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_RUN_TRAIL_H_
