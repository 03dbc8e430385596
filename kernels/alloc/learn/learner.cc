#include "kernels/alloc/learn/learner.h"

#include <algorithm>

namespace fozzy::alloc {
namespace {

double ShareOf(double one, double other) {
  return one + other == 0 ? 0.5 : one / (one + other);
}

}  // namespace

void Learner::Sums::Add(const Sums& more) {
  samples += more.samples;
  nanoseconds += more.nanoseconds;
  faults += more.faults;
  held += more.held;
}

size_t Learner::Best() const {
  size_t best = confirmed_;
  for (size_t i = 0; i < kStrategies; ++i) {
    if (ratings_.of(i) > ratings_.of(best)) best = i;
  }
  return best;
}

size_t Learner::Choose() {
  if (state_ == LearnState::kFrozen) return confirmed_;
  if (state_ == LearnState::kCanary) {
    return choices_.Below(options_.canary_one_in) == 0 ? candidate_
                                                       : confirmed_;
  }
  if (sticky_left_ != 0) {
    --sticky_left_;
    return chosen_;
  }
  sticky_left_ = options_.sticky - 1;
  chosen_ = Best();
  if (choices_.Below(options_.explore_one_in) == 0) {
    const auto rank = choices_.Below(static_cast<uint32_t>(options_.survivors));
    for (size_t i = 0; i < kStrategies; ++i) {
      if (ratings_.RankOf(i) == rank) chosen_ = i;
    }
  }
  return chosen_;
}

void Learner::Record(size_t strategy, const LearnSample& sample, uint64_t now) {
  window_[strategy].Add({1, static_cast<double>(sample.nanoseconds),
                         static_cast<double>(sample.faults),
                         static_cast<double>(sample.held)});
  p99_.Add(static_cast<double>(sample.nanoseconds));
  signature_.Add(sample.size);
  ++operations_;
  if (operations_ >= options_.window_operations ||
      now - window_began_ >= options_.window_time) {
    EndWindow(now);
  }
}

double Learner::Compare(const Sums& one, const Sums& other) {
  const auto a = static_cast<double>(one.samples);
  const auto b = static_cast<double>(other.samples);
  return 0.4 * ShareOf(one.nanoseconds / a, other.nanoseconds / b) +
         0.3 * ShareOf(one.faults / a, other.faults / b) +
         0.3 * ShareOf(one.held / a, other.held / b);
}

void Learner::EndWindow(uint64_t now) {
  switch (state_) {
    case LearnState::kLearn:
      EndLearnWindow(now);
      break;
    case LearnState::kCanary:
      EndCanaryWindow(now);
      break;
    case LearnState::kFrozen:
      EndFrozenWindow(now);
      break;
  }
  window_began_ = now;
  operations_ = 0;
  window_ = {};
  p99_ = PSquare(0.99);
  signature_ = {};
}

void Learner::EndLearnWindow(uint64_t now) {
  const size_t before = Best();
  const Sums of_best = window_[before];
  PlayMatches();
  const size_t best = Best();
  if (best != before) {
    best_since_ = now;
    learn_windows_ = 0;
    return;
  }
  if (of_best.samples == 0) return;
  costs_[learn_windows_++ % costs_.size()] =
      of_best.nanoseconds / static_cast<double>(of_best.samples);
  if (now - best_since_ < options_.freeze_time || !IsStable()) return;
  if (best == confirmed_) return Freeze(best);
  state_ = LearnState::kCanary;
  candidate_ = best;
  canary_windows_ = 0;
  canary_ = {};
}

// Each pair that has been tried enough plays once.  Trials count until they
// have been in a match.
void Learner::PlayMatches() {
  for (size_t i = 0; i < kStrategies; ++i) trials_[i].Add(window_[i]);
  std::array<bool, kStrategies> has_played = {};
  for (size_t one = 0; one < kStrategies; ++one) {
    if (trials_[one].samples < options_.samples_min) continue;
    for (size_t other = one + 1; other < kStrategies; ++other) {
      if (trials_[other].samples < options_.samples_min) continue;
      const double share = Compare(trials_[one], trials_[other]);
      ratings_.Play(one, other, share < 0.5 ? 1 : (share > 0.5 ? 0 : 0.5));
      has_played[one] = has_played[other] = true;
    }
  }
  for (size_t i = 0; i < kStrategies; ++i) {
    if (!has_played[i]) continue;
    trials_[i] = {};
    has_played_[i] = true;
  }
}

bool Learner::IsStable() const {
  if (learn_windows_ < options_.stable_windows) return false;
  for (size_t i = 0; i < kStrategies; ++i) {
    if (ratings_.RankOf(i) < options_.survivors && !has_played_[i]) {
      return false;
    }
  }
  double least = costs_[(learn_windows_ - 1) % costs_.size()];
  double most = least;
  for (uint32_t i = 1; i <= options_.stable_windows; ++i) {
    const double cost = costs_[(learn_windows_ - i) % costs_.size()];
    least = std::min(least, cost);
    most = std::max(most, cost);
  }
  return most - least <= options_.stable_share * most;
}

void Learner::EndCanaryWindow(uint64_t now) {
  const size_t players[] = {confirmed_, candidate_};
  for (size_t i = 0; i < 2; ++i) {
    canary_[i].Add(window_[players[i]]);
  }
  ++canary_windows_;
  if (canary_windows_ < options_.canary_windows) return;
  for (const Sums& sums : canary_) {
    if (sums.samples < options_.samples_min) return;
  }
  if (Compare(canary_[1], canary_[0]) < 0.5) return Freeze(candidate_);
  // Rolled back: what looked best was not, side by side.
  ratings_.Play(confirmed_, candidate_, 1);
  Learn(now);
}

void Learner::EndFrozenWindow(uint64_t now) {
  if (frozen_p99_ == 0) {
    frozen_p99_ = p99_.Value();
    frozen_signature_ = signature_;
    return;
  }
  const bool is_worse = p99_.Value() > frozen_p99_ * (1 + options_.worse_share);
  worse_windows_ = is_worse ? worse_windows_ + 1 : 0;
  const bool is_known = signature_.total() >= options_.signature_min &&
                        frozen_signature_.total() >= options_.signature_min;
  const bool has_moved = is_known && signature_.DistanceTo(frozen_signature_) >
                                         options_.signature_max;
  if (worse_windows_ < options_.worse_windows && !has_moved) return;
  // Of another program, so to speak: nothing is known of it.
  ratings_ = {};
  Learn(now);
}

void Learner::Learn(uint64_t now) {
  state_ = LearnState::kLearn;
  best_since_ = now;
  learn_windows_ = 0;
  sticky_left_ = 0;
  trials_ = {};
  has_played_ = {};
}

void Learner::Freeze(size_t strategy) {
  state_ = LearnState::kFrozen;
  confirmed_ = candidate_ = strategy;
  worse_windows_ = 0;
  frozen_p99_ = 0;
  frozen_signature_ = {};
}

}  // namespace fozzy::alloc
