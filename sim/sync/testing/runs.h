// Runs of bodies for tests: many drawn from a seed, or all there are.
#ifndef FOZZY_SIM_SYNC_TESTING_RUNS_H_
#define FOZZY_SIM_SYNC_TESTING_RUNS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "fozzy/finding.h"
#include "fozzy/strategy.h"
#include "sim/core/seeded_strategy.h"
#include "sim/simulation.h"

namespace fozzy {

// Gives every list of answers there is, one per run, but that it answers 0 from
// the 200th question of a run on: tasks that spin might ask for ever.
class EveryAnswerStrategy final : public Strategy {
 public:
  bool Begin(uint64_t run_index) override {
    next_ = 0;
    if (run_index == 0) return true;
    while (!answers_.empty() && answers_.back().is_last()) answers_.pop_back();
    if (answers_.empty()) return false;
    ++answers_.back().answer;
    return true;
  }
  uint32_t PickTask(const TaskChoice& choice) override {
    return static_cast<uint32_t>(Answer(choice.runnable.size() - 1));
  }
  uint64_t PickValue(const ValueChoice& choice) override {
    return Answer(choice.last);
  }

 private:
  struct Given {
    uint64_t answer;
    uint64_t last;
    bool is_last() const { return answer == last; }
  };
  uint64_t Answer(uint64_t last) {
    if (next_ == 200) return 0;
    if (next_ == answers_.size()) answers_.push_back({0, last});
    return answers_[next_++].answer;
  }

  std::vector<Given> answers_;
  size_t next_ = 0;
};

// Goes on with the current task as long as it can: answers 0 throughout.
class DullStrategy final : public Strategy {
 public:
  bool Begin(uint64_t) override { return true; }
  uint32_t PickTask(const TaskChoice&) override { return 0; }
  uint64_t PickValue(const ValueChoice&) override { return 0; }
};

struct Runs {
  uint64_t count = 0;  // runs done
  std::optional<Finding> finding;
  bool is_all = false;  // none is left
};

// Runs `body` under `strategy` until something is found, none is left, or
// `runs_max` are done.
inline Runs RunMany(const std::function<void()>& body, Strategy& strategy,
                    uint64_t runs_max,
                    const Simulation::Options& options = {}) {
  Simulation simulation(options);
  Runs runs;
  for (; runs.count < runs_max; ++runs.count) {
    if (!strategy.Begin(runs.count)) {
      runs.is_all = true;
      return runs;
    }
    runs.finding = simulation.Run(body, strategy, nullptr).finding;
    if (runs.finding) return runs;
  }
  return runs;
}

// Runs drawn from seed 1.
inline std::optional<Finding> Search(const std::function<void()>& body,
                                     uint64_t runs_max = 1000) {
  SeededStrategy strategy({.seed = 1});
  return RunMany(body, strategy, runs_max).finding;
}

// Every run there is.
inline Runs RunAll(const std::function<void()>& body,
                   uint64_t runs_max = 200'000) {
  EveryAnswerStrategy strategy;
  return RunMany(body, strategy, runs_max);
}

// The calmest run.
inline std::optional<Finding> RunOnce(const std::function<void()>& body) {
  DullStrategy strategy;
  return RunMany(body, strategy, 1).finding;
}

// Returns "kind/title: message", or "none".
inline std::string TextOf(const std::optional<Finding>& finding) {
  return finding ? Signature(*finding) + ": " + finding->message : "none";
}

}  // namespace fozzy

#endif  // FOZZY_SIM_SYNC_TESTING_RUNS_H_
