// Who is better, judged by matches of two.
#ifndef KERNELS_ALLOC_LEARN_ELO_RATINGS_H_
#define KERNELS_ALLOC_LEARN_ELO_RATINGS_H_

#include <array>
#include <cmath>
#include <cstddef>

namespace fozzy::alloc {

// Ratings of `kPlayers` players, all 1500 at first.
//
// Source: Elo, "The Rating of Chessplayers, Past and Present", 1978.
template <size_t kPlayers>
class EloRatings {
 public:
  static constexpr double kStart = 1500;
  static constexpr double kStake = 32;

  EloRatings() { ratings_.fill(kStart); }

  // Notes a match.  `score` is what `one` got of it: 1, 0, or 0.5 for a draw.
  // Requires two different players.
  void Play(size_t one, size_t other, double score) {
    const double by = kStake * (score - Expected(one, other));
    ratings_[one] += by;
    ratings_[other] -= by;
  }

  // Returns what `one` is expected to get.
  double Expected(size_t one, size_t other) const {
    return 1 / (1 + std::pow(10.0, (ratings_[other] - ratings_[one]) / 400));
  }

  double of(size_t player) const { return ratings_[player]; }

  // Returns how many are better than `player`; of equals the first is better.
  size_t RankOf(size_t player) const {
    size_t better = 0;
    for (size_t i = 0; i < kPlayers; ++i) {
      if (ratings_[i] > ratings_[player] ||
          (ratings_[i] == ratings_[player] && i < player)) {
        ++better;
      }
    }
    return better;
  }

  // Returns the best.
  size_t Best() const {
    size_t best = 0;
    for (size_t i = 1; i < kPlayers; ++i) {
      if (ratings_[i] > ratings_[best]) best = i;
    }
    return best;
  }

 private:
  std::array<double, kPlayers> ratings_;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_LEARN_ELO_RATINGS_H_
