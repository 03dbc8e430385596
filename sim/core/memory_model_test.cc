#include "sim/core/memory_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <set>
#include <vector>

namespace fozzy {
namespace {

constexpr MemoryOrder kRelaxed = MemoryOrder::kRelaxed;
constexpr MemoryOrder kAcquire = MemoryOrder::kAcquire;
constexpr MemoryOrder kRelease = MemoryOrder::kRelease;
constexpr MemoryOrder kSc = MemoryOrder::kSequentiallyConsistent;

void* Zeroed(size_t bytes) {
  void* memory = std::aligned_alloc(64, (bytes + 63) / 64 * 64);
  return std::memset(memory, 0, bytes);
}

// Answers from a list, then 0, and remembers how many answers there were.
class ListOracle final : public ValueOracle {
 public:
  uint64_t Ask(ChoiceKind, uint64_t last) override {
    if (asked_ == answers_.size()) answers_.push_back(0);
    lasts_.push_back(last);
    return answers_[asked_++];
  }

  void Restart() {
    asked_ = 0;
    lasts_.clear();
  }

  // Goes on to the next list in lexicographic order; false if there is none.
  bool Next() {
    answers_.resize(asked_);
    while (!answers_.empty() && answers_.back() == lasts_[asked_ - 1]) {
      answers_.pop_back();
      --asked_;
    }
    if (answers_.empty()) return false;
    ++answers_.back();
    return true;
  }

  size_t asked() const { return asked_; }

 private:
  std::vector<uint64_t> answers_;
  std::vector<uint64_t> lasts_;
  size_t asked_ = 0;
};

// What threads do things to.
struct World {
  explicit World(MemoryModel& memory) : model(memory) {}

  MemoryModel& model;
  LocationId x = 0;
  LocationId y = 0;
  std::vector<uint64_t> registers = std::vector<uint64_t>(4);

  void Put(uint32_t task, LocationId at, uint64_t value, MemoryOrder order) {
    model.Store({task}, at, {value, 0}, order);
  }
  void Get(uint32_t task, LocationId at, size_t into, MemoryOrder order) {
    registers[into] = model.Load({task}, at, order).low;
  }
  void Add(uint32_t task, LocationId at, size_t into, MemoryOrder order) {
    registers[into] = model.BeginUpdate({task}, at, order).low;
    model.EndUpdate({registers[into] + 1, 0});
  }
};

using Step = std::function<void(World&)>;
using Thread = std::vector<Step>;
using Outcomes = std::set<std::vector<uint64_t>>;

// Every interleaving of `threads` with every answer; what is in the registers,
// then the last values of x and y.  Thread i is task i + 2.
Outcomes Explore(const std::vector<Thread>& threads,
                 MemoryModelKind kind = MemoryModelKind::kCpp20) {
  Arena arena(Zeroed, std::free);
  ListOracle oracle;
  MemoryModel model(arena, oracle);
  Outcomes outcomes;
  do {
    oracle.Restart();
    model.Reset(kind);
    World world(model);
    world.x = model.CreateBeforeAll({});
    world.y = model.CreateBeforeAll({});
    std::vector<size_t> done(threads.size());
    for (uint32_t i = 0; i < threads.size(); ++i) model.Fork({0}, {i + 2});
    while (true) {
      std::vector<size_t> ready;
      for (size_t i = 0; i < threads.size(); ++i) {
        if (done[i] != threads[i].size()) ready.push_back(i);
      }
      if (ready.empty()) break;
      const size_t chosen =
          ready.size() == 1
              ? ready[0]
              : ready[oracle.Ask(ChoiceKind::kTask, ready.size() - 1)];
      threads[chosen][done[chosen]++](world);
    }
    std::vector<uint64_t> outcome = world.registers;
    outcome.push_back(model.Newest(world.x).low);
    outcome.push_back(model.Newest(world.y).low);
    outcomes.insert(outcome);
  } while (oracle.Next());
  return outcomes;
}

// Whether some outcome begins with these registers.
bool Has(const Outcomes& outcomes, const std::vector<uint64_t>& registers) {
  return std::any_of(outcomes.begin(), outcomes.end(), [&](const auto& found) {
    return std::equal(registers.begin(), registers.end(), found.begin());
  });
}

// x := 1; y := 1 with `store` beside r0 := y with `load`; r1 := x.
Outcomes MessagePassing(MemoryOrder store, MemoryOrder load) {
  return Explore({{[](World& w) { w.Put(2, w.x, 1, kRelaxed); },
                   [=](World& w) { w.Put(2, w.y, 1, store); }},
                  {[=](World& w) { w.Get(3, w.y, 0, load); },
                   [](World& w) { w.Get(3, w.x, 1, kRelaxed); }}});
}

TEST(MemoryModelTest, AMessageIsPassedByReleaseAndAcquireOnly) {
  EXPECT_FALSE(Has(MessagePassing(kRelease, kAcquire), {1, 0}));
  EXPECT_TRUE(Has(MessagePassing(kRelease, kRelaxed), {1, 0}));
  EXPECT_TRUE(Has(MessagePassing(kRelaxed, kAcquire), {1, 0}));
  EXPECT_TRUE(Has(MessagePassing(kRelaxed, kRelaxed), {1, 0}));
  EXPECT_TRUE(Has(MessagePassing(kRelease, kAcquire), {1, 1}));
  EXPECT_TRUE(Has(MessagePassing(kRelease, kAcquire), {0, 0}));
}

TEST(MemoryModelTest, AMessageIsPassedByFences) {
  const Outcomes outcomes =
      Explore({{[](World& w) { w.Put(2, w.x, 1, kRelaxed); },
                [](World& w) { w.model.Fence({2}, kRelease); },
                [](World& w) { w.Put(2, w.y, 1, kRelaxed); }},
               {[](World& w) { w.Get(3, w.y, 0, kRelaxed); },
                [](World& w) { w.model.Fence({3}, kAcquire); },
                [](World& w) { w.Get(3, w.x, 1, kRelaxed); }}});
  EXPECT_FALSE(Has(outcomes, {1, 0}));
  EXPECT_TRUE(Has(outcomes, {1, 1}));
}

TEST(MemoryModelTest, AReadModifyWriteContinuesAReleaseSequence) {
  const Outcomes outcomes =
      Explore({{[](World& w) { w.Put(2, w.x, 1, kRelaxed); },
                [](World& w) { w.Put(2, w.y, 1, kRelease); }},
               {[](World& w) { w.Add(3, w.y, 2, kRelaxed); }},
               {[](World& w) { w.Get(4, w.y, 0, kAcquire); },
                [](World& w) { w.Get(4, w.x, 1, kRelaxed); }}});
  EXPECT_FALSE(Has(outcomes, {2, 0}));
  EXPECT_TRUE(Has(outcomes, {1, 0, 0}));
}

TEST(MemoryModelTest, AnotherStoreOfTheSameTaskEndsAReleaseSequence) {
  const Outcomes outcomes =
      Explore({{[](World& w) { w.Put(2, w.x, 1, kRelaxed); },
                [](World& w) { w.Put(2, w.y, 1, kRelease); },
                [](World& w) { w.Put(2, w.y, 2, kRelaxed); }},
               {[](World& w) { w.Get(3, w.y, 0, kAcquire); },
                [](World& w) { w.Get(3, w.x, 1, kRelaxed); }}});
  EXPECT_TRUE(Has(outcomes, {2, 0}));
  EXPECT_FALSE(Has(outcomes, {1, 0}));
}

TEST(MemoryModelTest, TwoReadsOfOneTaskNeverGoBack) {
  const Outcomes outcomes =
      Explore({{[](World& w) { w.Put(2, w.x, 1, kRelaxed); }},
               {[](World& w) { w.Get(3, w.x, 0, kRelaxed); },
                [](World& w) { w.Get(3, w.x, 1, kRelaxed); }}});
  EXPECT_FALSE(Has(outcomes, {1, 0}));
  EXPECT_TRUE(Has(outcomes, {0, 1}));
}

TEST(MemoryModelTest, AReadThatHappenedBeforeBindsOthers) {
  // 3 reads x = 1 and tells 4, which did not hear of the store otherwise.
  const Outcomes outcomes =
      Explore({{[](World& w) { w.Put(2, w.x, 1, kRelaxed); }},
               {[](World& w) { w.Get(3, w.x, 0, kRelaxed); },
                [](World& w) { w.Put(3, w.y, 1, kRelease); }},
               {[](World& w) { w.Get(4, w.y, 1, kAcquire); },
                [](World& w) { w.Get(4, w.x, 2, kRelaxed); }}});
  EXPECT_FALSE(Has(outcomes, {1, 1, 0}));
  EXPECT_TRUE(Has(outcomes, {1, 0, 0}));
  EXPECT_TRUE(Has(outcomes, {0, 1, 0}));
}

TEST(MemoryModelTest, StoresCanLandInEitherOrder) {
  // 2+2W: each location ends with the store that was issued first.
  const Outcomes outcomes =
      Explore({{[](World& w) { w.Put(2, w.x, 1, kRelaxed); },
                [](World& w) { w.Put(2, w.y, 2, kRelaxed); }},
               {[](World& w) { w.Put(3, w.y, 1, kRelaxed); },
                [](World& w) { w.Put(3, w.x, 2, kRelaxed); }}});
  EXPECT_EQ(outcomes, (Outcomes{{0, 0, 0, 0, 1, 1},
                                {0, 0, 0, 0, 1, 2},
                                {0, 0, 0, 0, 2, 1},
                                {0, 0, 0, 0, 2, 2}}));
}

TEST(MemoryModelTest, NoReadModifyWriteIsLost) {
  const Step add = [](World& w) { w.Add(2, w.x, 0, kRelaxed); };
  const Step other = [](World& w) { w.Add(3, w.x, 1, kRelaxed); };
  const Step third = [](World& w) { w.Add(4, w.x, 2, kRelaxed); };
  const Outcomes outcomes = Explore({{add, add}, {other}, {third}});
  for (const std::vector<uint64_t>& outcome : outcomes) {
    EXPECT_EQ(outcome[4], 4u);
  }
  EXPECT_EQ(outcomes.size(), 12u);  // orders of 2 3 4 among 4 places
}

// x := 1; r0 := y beside y := 1; r1 := x, stores and loads with these orders.
Outcomes StoreBuffering(MemoryOrder store, MemoryOrder load) {
  return Explore({{[=](World& w) { w.Put(2, w.x, 1, store); },
                   [=](World& w) { w.Get(2, w.y, 0, load); }},
                  {[=](World& w) { w.Put(3, w.y, 1, store); },
                   [=](World& w) { w.Get(3, w.x, 1, load); }}});
}

TEST(MemoryModelTest, StoresAreBufferedUnlessAllIsSequentiallyConsistent) {
  EXPECT_FALSE(Has(StoreBuffering(kSc, kSc), {0, 0}));
  EXPECT_TRUE(Has(StoreBuffering(kSc, kAcquire), {0, 0}));
  EXPECT_TRUE(Has(StoreBuffering(kRelease, kSc), {0, 0}));
  EXPECT_TRUE(Has(StoreBuffering(kRelease, kAcquire), {0, 0}));
  EXPECT_EQ(StoreBuffering(kSc, kSc).size(), 3u);
}

TEST(MemoryModelTest, FencesOnBothSidesForbidStoreBuffering) {
  for (const bool is_both : {false, true}) {
    const MemoryOrder other = is_both ? kSc : kRelease;
    const Outcomes outcomes =
        Explore({{[](World& w) { w.Put(2, w.x, 1, kRelaxed); },
                  [](World& w) { w.model.Fence({2}, kSc); },
                  [](World& w) { w.Get(2, w.y, 0, kRelaxed); }},
                 {[](World& w) { w.Put(3, w.y, 1, kRelaxed); },
                  [=](World& w) { w.model.Fence({3}, other); },
                  [](World& w) { w.Get(3, w.x, 1, kRelaxed); }}});
    EXPECT_EQ(Has(outcomes, {0, 0}), !is_both);
  }
}

// Two tasks store; two read both locations, in opposite order.
Outcomes IndependentReads(MemoryOrder store, MemoryOrder load) {
  return Explore({{[=](World& w) { w.Put(2, w.x, 1, store); }},
                  {[=](World& w) { w.Put(3, w.y, 1, store); }},
                  {[=](World& w) { w.Get(4, w.x, 0, load); },
                   [=](World& w) { w.Get(4, w.y, 1, load); }},
                  {[=](World& w) { w.Get(5, w.y, 2, load); },
                   [=](World& w) { w.Get(5, w.x, 3, load); }}});
}

TEST(MemoryModelTest, ReadersAgreeOnIndependentStoresUnderScOrdersOnly) {
  EXPECT_FALSE(Has(IndependentReads(kSc, kSc), {1, 0, 1, 0}));
  EXPECT_TRUE(Has(IndependentReads(kRelease, kAcquire), {1, 0, 1, 0}));
  EXPECT_TRUE(Has(IndependentReads(kSc, kAcquire), {1, 0, 1, 0}));
}

TEST(MemoryModelTest, SequentiallyConsistentOrderNeedNotFollowHappensBefore) {
  // RC11's Z6.U: the exchange of 1 by 2 is before y := 3 in the order, which
  // is before reading x as 0, which is before x := 1; but x := 1 happens
  // before the exchange.
  const Outcomes outcomes =
      Explore({{[](World& w) { w.Put(2, w.x, 1, kSc); },
                [](World& w) { w.Put(2, w.y, 1, kRelease); }},
               {[](World& w) { w.Add(3, w.y, 0, kSc); },
                [](World& w) { w.Get(3, w.y, 1, kRelaxed); }},
               {[](World& w) { w.Put(4, w.y, 3, kSc); },
                [](World& w) { w.Get(4, w.x, 2, kSc); }}});
  EXPECT_TRUE(Has(outcomes, {1, 3, 0}));
}

TEST(MemoryModelTest, InterleavingsOnlyUnderSc) {
  const std::vector<Thread> buffering = {
      {[](World& w) { w.Put(2, w.x, 1, kRelaxed); },
       [](World& w) { w.Get(2, w.y, 0, kRelaxed); }},
      {[](World& w) { w.Put(3, w.y, 1, kRelaxed); },
       [](World& w) { w.Get(3, w.x, 1, kRelaxed); }}};
  EXPECT_TRUE(Has(Explore(buffering), {0, 0}));
  EXPECT_FALSE(Has(Explore(buffering, MemoryModelKind::kSc), {0, 0}));
}

}  // namespace
}  // namespace fozzy
