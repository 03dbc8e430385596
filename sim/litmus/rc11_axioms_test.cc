// Each axiom by itself, on executions drawn by hand.  What they forbid
// together is in rc11_enumerator_test.cc.
#include "sim/litmus/rc11_axioms.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <utility>

namespace fozzy {
namespace {

using Pairs = std::initializer_list<std::pair<uint32_t, uint32_t>>;

constexpr LitmusEventKind kR = LitmusEventKind::kRead;
constexpr LitmusEventKind kW = LitmusEventKind::kWrite;
constexpr LitmusEventKind kF = LitmusEventKind::kFence;
constexpr MemoryOrder kRlx = MemoryOrder::kRelaxed;
constexpr MemoryOrder kCon = MemoryOrder::kConsume;
constexpr MemoryOrder kAcq = MemoryOrder::kAcquire;
constexpr MemoryOrder kRel = MemoryOrder::kRelease;
constexpr MemoryOrder kAr = MemoryOrder::kAcquireRelease;
constexpr MemoryOrder kSc = MemoryOrder::kSequentiallyConsistent;

void Fill(Relation& relation, Pairs pairs) {
  for (const auto& [a, b] : pairs) relation.Add(a, b);
}

// x=1; y=1 and r=y; r=x, which read 1 and 0: events 0 and 1 initialise, 2 and
// 3 write, 4 and 5 read.
LitmusExecution MessagePassing(MemoryOrder write, MemoryOrder read) {
  LitmusExecution execution;
  execution.events = {{kW, 0, kRlx},  {kW, 1, kRlx}, {kW, 0, kRlx},
                      {kW, 1, write}, {kR, 1, read}, {kR, 0, kRlx}};
  Fill(execution.sb, {{0, 2},
                      {0, 3},
                      {0, 4},
                      {0, 5},
                      {1, 2},
                      {1, 3},
                      {1, 4},
                      {1, 5},
                      {2, 3},
                      {4, 5}});
  Fill(execution.mo, {{0, 2}, {1, 3}});
  Fill(execution.rf, {{3, 4}, {0, 5}});
  return execution;
}

TEST(Rc11AxiomsTest, AReleaseSynchronizesWithAnAcquireThatReadsIt) {
  for (const MemoryOrder write : {kRlx, kRel, kSc}) {
    for (const MemoryOrder read : {kRlx, kCon, kAcq, kSc}) {
      const LitmusExecution execution = MessagePassing(write, read);
      const bool is_synchronized = write != kRlx && read != kRlx;
      EXPECT_EQ(HappensBefore(execution).Has(2, 5), is_synchronized);
      EXPECT_EQ(IsCoherent(execution), !is_synchronized);
      EXPECT_EQ(IsRc11Consistent(execution), !is_synchronized);
      EXPECT_TRUE(IsAtomic(execution));
      EXPECT_TRUE(HasNoThinAir(execution));
      EXPECT_FALSE(IsSequentiallyConsistent(execution));
    }
  }
}

TEST(Rc11AxiomsTest, InitialisingWritesReleaseNothing) {
  LitmusExecution execution = MessagePassing(kRlx, kAcq);
  execution.rf = {};
  Fill(execution.rf, {{1, 4}, {0, 5}});
  EXPECT_FALSE(HappensBefore(execution).Has(2, 5));
  EXPECT_TRUE(IsRc11Consistent(execution));
  EXPECT_TRUE(IsSequentiallyConsistent(execution));
}

// Event 0 initialises x; 1 and 2 are halves of one add, 3 is another write.
LitmusExecution AddAndStore(Pairs mo) {
  LitmusExecution execution;
  execution.events = {{kW, 0, kRlx}, {kR, 0, kAr}, {kW, 0, kAr}, {kW, 0, kRlx}};
  Fill(execution.sb, {{0, 1}, {0, 2}, {0, 3}, {1, 2}});
  Fill(execution.rmw, {{1, 2}});
  Fill(execution.rf, {{0, 1}});
  Fill(execution.mo, mo);
  return execution;
}

TEST(Rc11AxiomsTest, NothingIsBetweenTheHalvesOfAReadModifyWrite) {
  const LitmusExecution after = AddAndStore({{0, 2}, {0, 3}, {2, 3}});
  EXPECT_TRUE(IsAtomic(after));
  EXPECT_TRUE(IsRc11Consistent(after));
  const LitmusExecution between = AddAndStore({{0, 3}, {0, 2}, {3, 2}});
  EXPECT_TRUE(IsCoherent(between));
  EXPECT_FALSE(IsAtomic(between));
  EXPECT_FALSE(IsRc11Consistent(between));
  EXPECT_FALSE(IsSequentiallyConsistent(between));
}

// Each thread writes one location and reads 0 from the other, maybe with a
// fence in between: 0 and 1 initialise, then 2, 3, 4 and 5, 6, 7.
LitmusExecution StoreBuffering(MemoryOrder access, MemoryOrder fence) {
  LitmusExecution execution;
  execution.events = {{kW, 0, kRlx},  {kW, 1, kRlx},   {kW, 0, access},
                      {kF, 0, fence}, {kR, 1, access}, {kW, 1, access},
                      {kF, 0, fence}, {kR, 0, access}};
  for (uint32_t i = 2; i < 8; ++i) Fill(execution.sb, {{0, i}, {1, i}});
  Fill(execution.sb, {{2, 3}, {2, 4}, {3, 4}, {5, 6}, {5, 7}, {6, 7}});
  Fill(execution.mo, {{0, 2}, {1, 5}});
  Fill(execution.rf, {{1, 4}, {0, 7}});
  return execution;
}

TEST(Rc11AxiomsTest, ScAccessesAndScFencesAreInOneOrder) {
  EXPECT_TRUE(IsPscAcyclic(StoreBuffering(kRlx, kRlx)));
  EXPECT_TRUE(IsPscAcyclic(StoreBuffering(kRlx, kAr)));
  EXPECT_FALSE(IsPscAcyclic(StoreBuffering(kRlx, kSc)));
  EXPECT_FALSE(IsPscAcyclic(StoreBuffering(kSc, kRlx)));
  EXPECT_TRUE(IsCoherent(StoreBuffering(kSc, kSc)));
  EXPECT_TRUE(IsRc11Consistent(StoreBuffering(kRlx, kAr)));
  EXPECT_FALSE(IsRc11Consistent(StoreBuffering(kRlx, kSc)));
}

TEST(Rc11AxiomsTest, AReadOfWhatDependsOnItIsThinAir) {
  // r=x; y=1 and r=y; x=1, both reading 1: 0 and 1 initialise.
  LitmusExecution execution;
  execution.events = {{kW, 0, kRlx}, {kW, 1, kRlx}, {kR, 0, kRlx},
                      {kW, 1, kRlx}, {kR, 1, kRlx}, {kW, 0, kRlx}};
  for (uint32_t i = 2; i < 6; ++i) Fill(execution.sb, {{0, i}, {1, i}});
  Fill(execution.sb, {{2, 3}, {4, 5}});
  Fill(execution.mo, {{0, 5}, {1, 3}});
  Fill(execution.rf, {{5, 2}, {3, 4}});
  EXPECT_FALSE(HasNoThinAir(execution));
  EXPECT_TRUE(IsCoherent(execution));
  EXPECT_TRUE(IsPscAcyclic(execution));
  EXPECT_FALSE(IsRc11Consistent(execution));
}

}  // namespace
}  // namespace fozzy
