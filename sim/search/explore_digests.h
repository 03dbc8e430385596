// Which runs an exploration has seen.
#ifndef FOZZY_SIM_SEARCH_EXPLORE_DIGESTS_H_
#define FOZZY_SIM_SEARCH_EXPLORE_DIGESTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fozzy {

// A set of digests.  It is no map: digests are spread evenly already, so they
// are their own hash, and the order they are kept in is not shown.
//
// Two different runs share a digest of 64 bits with a probability of 2^-64, so
// among the most that fit, 2^24, some two do with one of 2^-17.
class ExploreDigests {
 public:
  // Digests that are told apart, at most: 256 MiB.
  static constexpr uint64_t kCountMax = uint64_t{1} << 24;

  // `count_max` is for tests.
  explicit ExploreDigests(uint64_t count_max = kCountMax)
      : count_max_(count_max) {}

  void Add(uint64_t digest);

  // Returns how many different ones there were; at least so many if is_full().
  uint64_t count() const { return count_ + (has_zero_ ? 1 : 0); }

  // Whether there was no room for one.
  bool is_full() const { return is_full_; }

  // Returns all of them in ascending order.
  std::vector<uint64_t> Sorted() const;

 private:
  bool Insert(uint64_t digest);
  void Grow();

  uint64_t count_max_;
  uint64_t count_ = 0;  // in slots_
  bool has_zero_ = false;
  bool is_full_ = false;
  // A power of two of them, at least half of them 0, which stands for none.
  std::vector<uint64_t> slots_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_EXPLORE_DIGESTS_H_
