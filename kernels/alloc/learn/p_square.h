// A quantile of a stream, in five numbers.
#ifndef KERNELS_ALLOC_LEARN_P_SQUARE_H_
#define KERNELS_ALLOC_LEARN_P_SQUARE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace fozzy::alloc {

// Estimates the `p`-quantile of the numbers added.
//
// Source: Jain and Chlamtac, "The P-Square Algorithm for Dynamic Calculation of
// Quantiles and Histograms without Storing Observations", CACM 1985.
class PSquare {
 public:
  // Requires 0 < p < 1.
  explicit PSquare(double p)
      : steps_{0, p / 2, p, (1 + p) / 2, 1},
        wanted_{1, 1 + 2 * p, 1 + 4 * p, 3 + 2 * p, 5} {}

  void Add(double value) {
    if (count_ < kMarkers) {
      heights_[count_++] = value;
      std::sort(heights_, heights_ + count_);
      return;
    }
    ++count_;
    heights_[0] = std::min(heights_[0], value);
    heights_[4] = std::max(heights_[4], value);
    size_t cell = 0;
    while (cell < 3 && value >= heights_[cell + 1]) ++cell;
    for (size_t i = cell + 1; i < kMarkers; ++i) ++positions_[i];
    for (size_t i = 0; i < kMarkers; ++i) wanted_[i] += steps_[i];
    for (size_t i = 1; i <= 3; ++i) Adjust(i);
  }

  // Returns the estimate: with fewer than five numbers, one of them; 0 of none.
  double Value() const {
    if (count_ == 0) return 0;
    if (count_ >= kMarkers) return heights_[2];
    const auto at =
        static_cast<size_t>(steps_[2] * static_cast<double>(count_));
    return heights_[std::min(at, static_cast<size_t>(count_ - 1))];
  }

  uint64_t count() const { return count_; }

 private:
  static constexpr size_t kMarkers = 5;

  // Moves marker i by one place if it is more than one off.
  void Adjust(size_t i) {
    const double off = wanted_[i] - positions_[i];
    const bool up = off >= 1 && positions_[i + 1] - positions_[i] > 1;
    const bool down = off <= -1 && positions_[i - 1] - positions_[i] < -1;
    if (!up && !down) return;
    const double by = up ? 1 : -1;
    const double curved = Parabolic(i, by);
    const bool is_between =
        heights_[i - 1] < curved && curved < heights_[i + 1];
    heights_[i] = is_between ? curved : Linear(i, by);
    positions_[i] += by;
  }

  double Parabolic(size_t i, double by) const {
    const double before = positions_[i] - positions_[i - 1];
    const double after = positions_[i + 1] - positions_[i];
    return heights_[i] +
           by / (before + after) *
               ((before + by) * (heights_[i + 1] - heights_[i]) / after +
                (after - by) * (heights_[i] - heights_[i - 1]) / before);
  }

  double Linear(size_t i, double by) const {
    const size_t to = by > 0 ? i + 1 : i - 1;
    return heights_[i] +
           by * (heights_[to] - heights_[i]) / (positions_[to] - positions_[i]);
  }

  double heights_[kMarkers] = {};
  double positions_[kMarkers] = {1, 2, 3, 4, 5};
  double steps_[kMarkers];
  double wanted_[kMarkers];
  uint64_t count_ = 0;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_LEARN_P_SQUARE_H_
