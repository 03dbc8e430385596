// Runs a program in one order of its branches after the other.
#ifndef FOZZY_KERNELS_REACTIVE_TESTING_ORDERS_H_
#define FOZZY_KERNELS_REACTIVE_TESTING_ORDERS_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "kernels/reactive/order.h"

namespace fozzy::reactive {

// Numbers that look random, the same for the same seed.
class Numbers {
 public:
  explicit Numbers(uint64_t seed) : state_(seed) {}

  // Returns a number below `count`.  Source: Steele, Lea, Flood, "Fast
  // Splittable Pseudorandom Number Generators", OOPSLA 2014 (SplitMix64).
  size_t Below(size_t count) {
    state_ += 0x9e3779b97f4a7c15;
    uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return static_cast<size_t>((mixed ^ (mixed >> 31)) % count);
  }

 private:
  uint64_t state_;
};

// All permutations of up to 5 branches, of all parallels of a run together, one
// run after the other; more branches are shuffled.
class AllOrders final : public Order {
 public:
  void Arrange(std::span<uint32_t> branches) override {
    const bool is_small = branches.size() <= 5;
    for (size_t i = branches.size(); i > 1; --i) {
      const size_t pick = is_small ? Choose(i) : shuffle_.Below(i);
      std::swap(branches[i - 1], branches[pick]);
    }
  }

  // Turns to the next order.  Returns false if all were tried.
  bool Next() {
    at_ = 0;
    while (!digits_.empty() && digits_.back().value + 1 == digits_.back().end) {
      digits_.pop_back();
    }
    if (digits_.empty()) return false;
    ++digits_.back().value;
    return true;
  }

 private:
  struct Digit {
    size_t value;
    size_t end;
  };

  size_t Choose(size_t count) {
    if (at_ == digits_.size()) digits_.push_back({0, count});
    return digits_[at_++].value;
  }

  std::vector<Digit> digits_;
  size_t at_ = 0;
  Numbers shuffle_{1};
};

// Any order of branches, and of what is ready.
class RandomOrder final : public Order {
 public:
  explicit RandomOrder(uint64_t seed) : numbers_(seed) {}

  void Arrange(std::span<uint32_t> branches) override {
    for (size_t i = branches.size(); i > 1; --i) {
      std::swap(branches[i - 1], branches[numbers_.Below(i)]);
    }
  }
  size_t PickReady(size_t count) override { return numbers_.Below(count); }

 private:
  Numbers numbers_;
};

// Returns what run(nullptr) does, and expects run(order) to be the same in all
// orders of branches, and in some in which ready branches run in any order.
template <typename Run>
auto SameInAllOrders(Run run) {
  constexpr int kOrdersMax = 2000;
  const auto expected = run(nullptr);
  AllOrders all;
  int orders = 0;
  do {
    EXPECT_EQ(run(&all), expected) << "order " << orders;
  } while (++orders < kOrdersMax && !testing::Test::HasFailure() && all.Next());
  for (uint64_t seed = 0; seed < 50; ++seed) {
    RandomOrder shuffled(seed);
    EXPECT_EQ(run(&shuffled), expected) << "seed " << seed;
  }
  return expected;
}

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_TESTING_ORDERS_H_
