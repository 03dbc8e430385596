// Learns which freed blocks are worth keeping.
//
// A strategy is a limit: memory of freed blocks above it goes back to the
// system at once (Allocator::SetRetainMax).  Which limit is best depends on the
// program: a low one costs page faults, a high one memory.
#ifndef KERNELS_ALLOC_LEARN_LEARNER_H_
#define KERNELS_ALLOC_LEARN_LEARNER_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "kernels/alloc/learn/elo_ratings.h"
#include "kernels/alloc/learn/p_square.h"
#include "kernels/alloc/learn/signature.h"

namespace fozzy::alloc {

inline constexpr size_t kStrategies = 12;

// Returns the limit of a strategy in bytes: 512 KiB, 768 KiB, 1 MiB, ... 24
// MiB.
constexpr size_t RetainMaxOf(size_t strategy) {
  return (size_t{512} << 10 << strategy / 2) * (2 + strategy % 2) / 2;
}

enum class LearnState : uint8_t {
  kLearn,   // strategies are tried and rated
  kCanary,  // one allocation in so many tries the candidate
  kFrozen,  // the confirmed strategy is used, nothing is rated
};

struct LearnerOptions {
  uint64_t window_operations = 10'000;  // of a window, whichever ends first
  uint64_t window_time = 2'000'000'000;
  uint32_t sticky = 100;         // operations between two choices
  uint32_t explore_one_in = 10;  // choices that try another than the best
  uint32_t canary_one_in = 20;
  uint64_t samples_min = 50;  // of a strategy, before it is in a match
  size_t survivors = 6;       // the best so many are tried
  // Learning is over when the best has been the same for so long, its cost
  // changed by no more than a share over some windows, and each survivor has
  // been in a match.
  uint64_t freeze_time = 180'000'000'000;
  uint32_t stable_windows = 3;
  double stable_share = 0.01;
  uint32_t canary_windows = 3;
  // What is frozen is learned again when the 99th percentile of durations is
  // worse by a share for some windows, or sizes are others than they were.
  double worse_share = 0.2;
  uint32_t worse_windows = 3;
  double signature_max = 0.25;
  uint64_t signature_min = 1'000;  // operations that a signature needs
};

// What an allocation, with its free, cost.
struct LearnSample {
  size_t size = 0;
  uint64_t nanoseconds = 0;
  uint64_t faults = 0;
  uint64_t held = 0;  // free bytes that were resident
};

// Answers what is left open: a seeded generator, or a recorded list.
class LearnChoices {
 public:
  virtual ~LearnChoices() = default;

  // Returns a number below `count`, which is at least 2.
  virtual uint32_t Below(uint32_t count) = 0;
};

// A pure function of its options, of the answers and of what it is told: the
// same calls lead to the same states.  For one thread at a time.
class Learner {
 public:
  // `choices` outlives it.
  Learner(const LearnerOptions& options, LearnChoices& choices, uint64_t now)
      : options_(options),
        choices_(choices),
        window_began_(now),
        best_since_(now) {}

  LearnState state() const { return state_; }
  size_t confirmed() const { return confirmed_; }
  size_t candidate() const { return candidate_; }
  double RatingOf(size_t strategy) const { return ratings_.of(strategy); }

  // Returns the strategy for the next operation.
  size_t Choose();

  // Notes what an operation under `strategy` cost, at time `now`.
  void Record(size_t strategy, const LearnSample& sample, uint64_t now);

 private:
  // Of a strategy.
  struct Sums {
    uint64_t samples = 0;
    double nanoseconds = 0;
    double faults = 0;
    double held = 0;

    void Add(const Sums& more);
  };

  // Returns the share of the cost of two strategies that is due to `one`: below
  // 0.5 it is the better one.  40 % time, 30 % faults, 30 % memory.
  static double Compare(const Sums& one, const Sums& other);

  void EndWindow(uint64_t now);
  void EndLearnWindow(uint64_t now);
  void EndCanaryWindow(uint64_t now);
  void EndFrozenWindow(uint64_t now);
  // Returns the strategy rated best; of equals the confirmed one.
  size_t Best() const;
  void PlayMatches();
  bool IsStable() const;
  void Learn(uint64_t now);
  void Freeze(size_t strategy);

  const LearnerOptions options_;
  LearnChoices& choices_;
  LearnState state_ = LearnState::kLearn;
  EloRatings<kStrategies> ratings_;
  size_t confirmed_ = 4;  // 2 MiB
  size_t candidate_ = 4;
  size_t chosen_ = 4;
  uint32_t sticky_left_ = 0;

  uint64_t window_began_;
  uint64_t operations_ = 0;
  std::array<Sums, kStrategies> window_ = {};
  std::array<Sums, kStrategies> trials_ = {};  // since the last match
  std::array<bool, kStrategies> has_played_ = {};
  PSquare p99_{0.99};
  Signature signature_;

  uint64_t best_since_;
  std::array<double, 8> costs_ = {};  // of the best, in the last windows
  uint64_t learn_windows_ = 0;
  uint32_t canary_windows_ = 0;
  std::array<Sums, 2> canary_ = {};  // confirmed, candidate
  uint32_t worse_windows_ = 0;
  double frozen_p99_ = 0;  // of the first window when frozen
  Signature frozen_signature_;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_LEARN_LEARNER_H_
