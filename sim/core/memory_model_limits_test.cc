// What the memory model asks and does not ask, and what it costs in the long
// run.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "sim/core/memory_model.h"

namespace fozzy {
namespace {

constexpr MemoryOrder kRelaxed = MemoryOrder::kRelaxed;
constexpr MemoryOrder kAcquire = MemoryOrder::kAcquire;
constexpr MemoryOrder kRelease = MemoryOrder::kRelease;
constexpr MemoryOrder kAcqRel = MemoryOrder::kAcquireRelease;
constexpr MemoryOrder kSc = MemoryOrder::kSequentiallyConsistent;
constexpr MemoryOrder kOrders[] = {kRelaxed, kAcquire, kRelease, kAcqRel, kSc};

void* Zeroed(size_t bytes) {
  void* memory = std::aligned_alloc(64, (bytes + 63) / 64 * 64);
  return std::memset(memory, 0, bytes);
}

// A small generator: tests draw from fixed seeds.
class Numbers {
 public:
  explicit Numbers(uint64_t seed) : state_(seed * 2 + 1) {}
  uint32_t Below(uint32_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(state_ >> 33) % bound;
  }

 private:
  uint64_t state_;
};

struct Question {
  ChoiceKind kind;
  uint64_t last;

  friend bool operator==(const Question&, const Question&) = default;
};

// Answers as told, then with the last answer there is, or draws.
class Oracle final : public ValueOracle {
 public:
  enum class Manner { kFirst, kLast, kDrawn };

  uint64_t Ask(ChoiceKind kind, uint64_t last) override {
    if (keeps) questions.push_back({kind, last});
    if (manner == Manner::kFirst) return 0;
    if (manner == Manner::kLast) return last;
    return numbers_.Below(static_cast<uint32_t>(last) + 1);
  }

  Manner manner = Manner::kFirst;
  bool keeps = true;
  std::vector<Question> questions;

 private:
  Numbers numbers_{1};
};

// A model with tasks 0 and 2 to `last`.
struct Subject {
  explicit Subject(uint32_t last,
                   MemoryModelKind kind = MemoryModelKind::kCpp20)
      : last_task(last) {
    Begin(kind);
  }

  void Begin(MemoryModelKind kind = MemoryModelKind::kCpp20) {
    model.Reset(kind);
    for (uint32_t task = 2; task <= last_task; ++task) model.Fork({0}, {task});
  }

  uint64_t Load(uint32_t task, LocationId at, MemoryOrder order) {
    return model.Load({task}, at, order).low;
  }
  void Store(uint32_t task, LocationId at, uint64_t value, MemoryOrder order) {
    model.Store({task}, at, {value, 0}, order);
  }
  uint64_t Add(uint32_t task, LocationId at, MemoryOrder order) {
    const MemoryValue old = model.BeginUpdate({task}, at, order);
    model.EndUpdate({old.low + 1, 0});
    return old.low;
  }

  uint32_t last_task;
  Arena arena{Zeroed, std::free};
  Oracle oracle;
  MemoryModel model{arena, oracle};
};

// Task 1 is never there.
TaskId AnyTask(Numbers& numbers, uint32_t last) {
  const uint32_t task = numbers.Below(last);
  return {task == 0 ? 0 : task + 1};
}

// Does something to one of two locations with any order.
void DoAnything(Subject& subject, Numbers& numbers) {
  const TaskId task = AnyTask(numbers, subject.last_task);
  const LocationId at = 1 + numbers.Below(2);
  const MemoryOrder order = kOrders[numbers.Below(5)];
  MemoryValue expected = {numbers.Below(3), 0};
  switch (numbers.Below(6)) {
    case 0:
    case 1:
      subject.Load(task.value, at, order);
      break;
    case 2:
      subject.Store(task.value, at, numbers.Below(3), order);
      break;
    case 3:
      subject.Add(task.value, at, order);
      break;
    case 4:
      subject.model.CompareExchange(
          task, at, expected, {1, 0},
          {order, order == kSc ? kSc : kRelaxed, numbers.Below(2) == 0});
      break;
    default:
      subject.model.Fence(task, order);
  }
}

TEST(MemoryModelQuestionsTest, WhatIsKnownIsNotAskedFor) {
  Subject subject(3);
  const LocationId x = subject.model.CreateBeforeAll({5, 0});

  EXPECT_EQ(subject.Load(2, x, kRelaxed), 5u);
  subject.Store(2, x, 6, kRelaxed);
  subject.Store(2, x, 7, kRelaxed);
  EXPECT_EQ(subject.Load(2, x, kAcquire), 7u);
  EXPECT_EQ(subject.Add(2, x, kRelaxed), 7u);

  EXPECT_TRUE(subject.oracle.questions.empty());
}

TEST(MemoryModelQuestionsTest, ALoadIsOfferedTheNewestStoreFirst) {
  Subject subject(3);
  const LocationId x = subject.model.CreateBeforeAll({5, 0});
  subject.Store(2, x, 6, kRelaxed);
  subject.Store(2, x, 7, kRelaxed);

  EXPECT_EQ(subject.Load(3, x, kRelaxed), 7u);

  EXPECT_EQ(subject.oracle.questions,
            (std::vector<Question>{{ChoiceKind::kReadsFrom, 2}}));
}

TEST(MemoryModelQuestionsTest, NothingLandsBetweenAnUpdateAndWhatItRead) {
  Subject subject(3);
  const LocationId x = subject.model.CreateBeforeAll({});
  subject.Add(2, x, kRelaxed);
  subject.Add(2, x, kRelaxed);
  subject.oracle.manner = Oracle::Manner::kLast;

  subject.Store(3, x, 9, kRelaxed);

  EXPECT_TRUE(subject.oracle.questions.empty());
  EXPECT_EQ(subject.model.Newest(x).low, 9u);
}

TEST(MemoryModelQuestionsTest, AWeakExchangeMayFailForNoReason) {
  Subject subject(2);
  const LocationId x = subject.model.CreateBeforeAll({5, 0});
  subject.oracle.manner = Oracle::Manner::kLast;

  MemoryValue expected = {5, 0};
  EXPECT_FALSE(subject.model.CompareExchange({2}, x, expected, {6, 0},
                                             {kRelaxed, kRelaxed, true}));
  EXPECT_EQ(expected.low, 5u);
  EXPECT_EQ(subject.oracle.questions,
            (std::vector<Question>{{ChoiceKind::kSpurious, 1}}));

  EXPECT_TRUE(subject.model.CompareExchange({2}, x, expected, {6, 0},
                                            {kRelaxed, kRelaxed, false}));
  expected = {9, 0};
  EXPECT_FALSE(subject.model.CompareExchange({2}, x, expected, {6, 0},
                                             {kRelaxed, kRelaxed, true}));
  EXPECT_EQ(expected.low, 6u);
  EXPECT_EQ(subject.oracle.questions.size(), 1u);
}

TEST(MemoryModelQuestionsTest, AWeakExchangeMayReadWhatItCannotReplace) {
  // 0 is followed by an update: 3 can only read it and fail.
  Subject subject(3);
  const LocationId x = subject.model.CreateBeforeAll({});
  subject.Add(2, x, kRelaxed);
  subject.oracle.manner = Oracle::Manner::kLast;

  MemoryValue expected = {};
  EXPECT_FALSE(subject.model.CompareExchange({3}, x, expected, {6, 0},
                                             {kRelaxed, kRelaxed, true}));

  EXPECT_EQ(expected.low, 0u);
  EXPECT_EQ(subject.oracle.questions,
            (std::vector<Question>{{ChoiceKind::kReadsFrom, 1}}));
}

TEST(MemoryModelQuestionsTest, ReadNewestHoldsForOneLoad) {
  Subject subject(3);
  const LocationId x = subject.model.CreateBeforeAll({});
  subject.oracle.manner = Oracle::Manner::kLast;
  subject.Store(2, x, 1, kRelaxed);
  EXPECT_EQ(subject.Load(3, x, kRelaxed), 0u);

  subject.model.ReadNewest({3});
  EXPECT_EQ(subject.Load(3, x, kRelaxed), 1u);

  subject.Store(2, x, 2, kRelaxed);
  EXPECT_EQ(subject.Load(3, x, kRelaxed), 1u);
}

TEST(MemoryModelQuestionsTest, NothingIsAskedUnderSc) {
  Subject subject(4, MemoryModelKind::kSc);
  subject.model.CreateBeforeAll({});
  subject.model.CreateBeforeAll({});
  Numbers numbers(3);
  for (int i = 0; i < 10000; ++i) DoAnything(subject, numbers);
  EXPECT_TRUE(subject.oracle.questions.empty());
}

TEST(MemoryModelQuestionsTest, NothingIsAskedWhereAllIsSequentiallyConsistent) {
  Subject subject(4);
  const LocationId x = subject.model.CreateBeforeAll({});
  for (uint32_t i = 0; i < 10000; ++i) {
    subject.Store(2, x, i, kSc);
    ASSERT_EQ(subject.Load(3, x, kSc), i);
    ASSERT_EQ(subject.Add(4, x, kSc), i);
    subject.model.Fence({3}, kSc);
  }
  EXPECT_TRUE(subject.oracle.questions.empty());
}

TEST(MemoryModelTest, StoresAreNumberedAsTheyAreMade) {
  Subject subject(3);
  const LocationId x = subject.model.CreateBeforeAll({});  // store 1
  subject.Store(2, x, 1, kRelaxed);                        // 2
  EXPECT_EQ(subject.model.LastRead({2}), 0u);
  subject.Load(2, x, kRelaxed);
  EXPECT_EQ(subject.model.LastRead({2}), 2u);
  subject.oracle.manner = Oracle::Manner::kLast;
  subject.Store(3, x, 2, kRelaxed);  // 3, but before 2
  subject.Load(3, x, kRelaxed);
  EXPECT_EQ(subject.model.LastRead({3}), 3u);
  subject.model.ReadNewest({3});
  subject.Add(3, x, kRelaxed);
  EXPECT_EQ(subject.model.LastRead({3}), 2u);
}

TEST(MemoryModelTest, AnInitialisationIsNotKnownToWhoWasNotTold) {
  // Published by a relaxed store: another may not see that it was
  // initialised, but can see nothing older, as there is nothing.
  Subject subject(3);
  const LocationId x = subject.model.Create({2}, {5, 0});
  EXPECT_EQ(subject.Load(3, x, kRelaxed), 5u);
  subject.oracle.manner = Oracle::Manner::kLast;
  subject.Store(3, x, 6, kRelaxed);
  EXPECT_EQ(subject.model.Newest(x).low, 6u);
  // The creator has not heard of the store.
  EXPECT_EQ(subject.Load(2, x, kRelaxed), 5u);
}

TEST(MemoryModelTest, AChannelTellsAllThatWasReleasedToIt) {
  Subject subject(4);
  const LocationId x = subject.model.CreateBeforeAll({});
  const LocationId y = subject.model.CreateBeforeAll({});
  const LocationId channel = subject.model.CreateChannel();
  subject.oracle.manner = Oracle::Manner::kLast;
  subject.Store(2, x, 1, kRelaxed);
  subject.model.Release({2}, channel);
  subject.Store(3, y, 1, kRelaxed);
  subject.model.Release({3}, channel);
  subject.Store(3, y, 2, kRelaxed);

  EXPECT_EQ(subject.Load(4, x, kRelaxed), 0u);
  subject.model.Acquire({4}, channel);

  EXPECT_EQ(subject.Load(4, x, kRelaxed), 1u);
  EXPECT_EQ(subject.Load(4, y, kRelaxed), 1u);
}

TEST(MemoryModelTest, ForkAndJoinTellEverything) {
  Subject subject(2);
  const LocationId x = subject.model.CreateBeforeAll({});
  subject.oracle.manner = Oracle::Manner::kLast;
  subject.Store(2, x, 1, kRelaxed);
  subject.model.Fork({2}, {3});
  EXPECT_EQ(subject.Load(3, x, kRelaxed), 1u);
  subject.Store(3, x, 2, kRelaxed);
  EXPECT_EQ(subject.Load(0, x, kRelaxed), 0u);
  subject.model.Join({0}, {3});
  EXPECT_EQ(subject.Load(0, x, kRelaxed), 2u);
}

TEST(MemoryModelLimitsTest, SoManyStoresAreOfferedAndNoMore) {
  Subject subject(3);
  const LocationId x = subject.model.CreateBeforeAll({});
  for (uint32_t i = 1; i <= 1000; ++i) subject.Store(2, x, i, kRelaxed);
  subject.oracle.manner = Oracle::Manner::kLast;

  EXPECT_EQ(subject.Load(3, x, kRelaxed), 1001 - MemoryModel::kHistoryMax);

  EXPECT_EQ(subject.oracle.questions.back(),
            (Question{ChoiceKind::kReadsFrom, MemoryModel::kHistoryMax - 1}));
}

TEST(MemoryModelLimitsTest, AMillionOperationsTakeTheMemoryOfAFewThousand) {
  for (const Oracle::Manner manner :
       {Oracle::Manner::kFirst, Oracle::Manner::kDrawn}) {
    Subject subject(4);
    subject.oracle.manner = manner;
    subject.oracle.keeps = false;
    subject.model.CreateBeforeAll({});
    subject.model.CreateBeforeAll({});
    Numbers numbers(5);
    for (int i = 0; i < 200000; ++i) DoAnything(subject, numbers);
    const size_t bytes = subject.arena.bytes();
    for (int i = 0; i < 300000; ++i) DoAnything(subject, numbers);
    EXPECT_EQ(subject.arena.bytes(), bytes);
    EXPECT_LT(bytes, 4u << 20);
  }
}

TEST(MemoryModelLimitsTest, RunsUseTheMemoryOfEarlierRuns) {
  Subject subject(5);
  subject.oracle.manner = Oracle::Manner::kDrawn;
  subject.oracle.keeps = false;
  size_t bytes = 0;
  for (uint64_t run = 0; run < 20000; ++run) {
    subject.Begin();
    subject.model.CreateBeforeAll({});
    subject.model.CreateBeforeAll({});
    Numbers numbers(run % 100);
    for (int i = 0; i < 30; ++i) DoAnything(subject, numbers);
    if (run == 5000) bytes = subject.arena.bytes();
  }
  EXPECT_EQ(subject.arena.bytes(), bytes);
}

TEST(MemoryModelLimitsTest, EndedLocationsLeaveTheirMemory) {
  Subject subject(3);
  size_t bytes = 0;
  for (uint32_t i = 0; i < 20000; ++i) {
    const LocationId x = subject.model.Create({2}, {});
    subject.Store(3, x, 1, kSc);
    subject.Load(2, x, kRelaxed);
    subject.model.Destroy(x);
    if (i == 9000) bytes = subject.arena.bytes();
  }
  // The numbers of locations go on: 8 bytes each, in an array that doubles.
  EXPECT_LT(subject.arena.bytes(), bytes + (20000 * 2 * 8));
}

TEST(MemoryModelLimitsTest, TenThousandTasksShareWhatTheyKnow) {
  for (const MemoryOrder order : {kSc, kAcqRel}) {
    Subject subject(10001);
    const LocationId x = subject.model.CreateBeforeAll({});
    for (int round = 0; round < 3; ++round) {
      for (uint32_t task = 2; task <= 10001; ++task) {
        subject.Add(task, x, order);
      }
    }
    EXPECT_EQ(subject.model.Newest(x).low, 30000u);
    EXPECT_EQ(subject.model.clock({10001}).Get({2}),
              subject.model.clock({2}).Get({2}) - 1);
    EXPECT_LT(subject.arena.bytes(), 40u << 20);
  }
}

// x := 1 | fence | r0 := y beside y := 1 | fence | r1 := x, with stale reads,
// after `before` was done to another location.
bool BothReadOld(Subject& subject, const std::vector<MemoryOrder>& before) {
  const LocationId x = subject.model.CreateBeforeAll({});
  const LocationId y = subject.model.CreateBeforeAll({});
  const LocationId z = subject.model.CreateBeforeAll({});
  subject.oracle.manner = Oracle::Manner::kLast;
  for (size_t i = 0; i < before.size(); ++i) {
    subject.Store(2 + i % 2, z, i, before[i]);
    if (i % 100 == 7) subject.model.Fence({2}, kSc);
  }
  subject.Store(2, x, 1, kRelaxed);
  subject.model.Fence({2}, kSc);
  subject.Store(3, y, 1, kRelaxed);
  subject.model.Fence({3}, kSc);
  const uint64_t first = subject.Load(2, y, kRelaxed);
  const uint64_t second = subject.Load(3, x, kRelaxed);
  return first == 0 && second == 0;
}

TEST(MemoryModelLimitsTest, LocationsOfAnEarlierEraBelongToThePresentOne) {
  Subject subject(4);
  const LocationId old = subject.model.CreateBeforeAll({});
  const LocationId other = subject.model.CreateBeforeAll({});
  for (uint32_t i = 0; i < ScChain::kEventsMax; ++i) {
    subject.Store(2, other, i, kSc);
  }
  const LocationId young = subject.model.CreateBeforeAll({});

  // The store of 3 is the last one of `old`: what follows it comes after all
  // that 2 did, though nothing has told 3 of it.
  subject.Store(2, young, 1, kSc);
  subject.Store(2, old, 2, kSc);
  subject.Load(4, other, kRelaxed);  // ends the chain
  subject.Store(3, old, 3, kSc);
  subject.oracle.manner = Oracle::Manner::kLast;

  EXPECT_EQ(subject.Load(3, young, kSc), 1u);
  EXPECT_EQ(subject.Load(4, young, kRelaxed), 0u);
}

TEST(MemoryModelLimitsTest, FencesOrderStoresAndLoadsInEveryEra) {
  for (size_t count = 0; count < 9000; count += count < 1100 ? 61 : 1511) {
    Subject subject(3);
    subject.oracle.keeps = false;
    EXPECT_FALSE(BothReadOld(subject, std::vector(count, kSc))) << count;
    subject.Begin();
    std::vector<MemoryOrder> mixed(count, kSc);
    if (count != 0) mixed[0] = kRelaxed;
    EXPECT_FALSE(BothReadOld(subject, mixed)) << count;
  }
}

TEST(MemoryModelLimitsTest, FencesOrderStoresAndLoadsOfManyTasks) {
  Subject subject(50);
  EXPECT_FALSE(BothReadOld(subject, std::vector(10, kSc)));
  subject.Begin();
  EXPECT_FALSE(BothReadOld(subject, std::vector(10, kRelaxed)));
}

}  // namespace
}  // namespace fozzy
