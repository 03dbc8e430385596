// What sizes a program asks for.
#ifndef KERNELS_ALLOC_LEARN_SIGNATURE_H_
#define KERNELS_ALLOC_LEARN_SIGNATURE_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace fozzy::alloc {

// A histogram of sizes, by their logarithm.
class Signature {
 public:
  void Add(size_t size) {
    ++counts_[static_cast<size_t>(std::bit_width(size))];
    ++total_;
  }

  uint64_t total() const { return total_; }

  // Returns the sum of the differences of the shares: 0 if the histograms have
  // the same shape, 2 if they have nothing in common.  One that is empty is
  // like any other.
  double DistanceTo(const Signature& other) const {
    if (total_ == 0 || other.total_ == 0) return 0;
    double distance = 0;
    for (size_t i = 0; i < kBuckets; ++i) {
      const double by = Share(i) - other.Share(i);
      distance += by < 0 ? -by : by;
    }
    return distance;
  }

 private:
  static constexpr size_t kBuckets = 65;

  double Share(size_t i) const {
    return static_cast<double>(counts_[i]) / static_cast<double>(total_);
  }

  std::array<uint64_t, kBuckets> counts_ = {};
  uint64_t total_ = 0;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_LEARN_SIGNATURE_H_
