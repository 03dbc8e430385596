#include "backends/virtual/memory_ledger.h"

#include "gtest/gtest.h"

namespace fozzy {
namespace {

constexpr uint64_t kMax = ~uint64_t{0};

TEST(MemoryLedgerTest, CountsWhatIsInUseAndThePeak) {
  UndoLog undo;
  MemoryLedger ledger(undo, {});
  const uint64_t first = ledger.Allocate(100).id;
  ledger.Allocate(50);
  EXPECT_TRUE(ledger.Free(first));

  EXPECT_EQ(ledger.totals().in_use_bytes, 50);
  EXPECT_EQ(ledger.totals().peak_bytes, 150);
  EXPECT_EQ(ledger.leaked_bytes(), 50);
  EXPECT_EQ(ledger.leaked_allocs(), 1);
}

TEST(MemoryLedgerTest, IdsStartAtOneAndAreNotReused) {
  UndoLog undo;
  MemoryLedger ledger(undo, {});

  EXPECT_EQ(ledger.Allocate(1).id, 1);
  EXPECT_TRUE(ledger.Free(1));
  EXPECT_EQ(ledger.Allocate(1).id, 2);
  EXPECT_FALSE(ledger.Free(1));
  EXPECT_FALSE(ledger.Free(0));
  EXPECT_FALSE(ledger.Free(kMax));
}

TEST(MemoryLedgerTest, AllowsTheLimitAndRefusesOneByteMore) {
  UndoLog undo;
  MemoryLedger ledger(undo, {.limit_mb = 1});

  EXPECT_NE(ledger.Allocate(1 << 20).id, 0);
  const MemoryLedger::Allocation more = ledger.Allocate(1);
  EXPECT_EQ(more.id, 0);
  EXPECT_EQ(more.refused_by, "limit_mb");
  EXPECT_EQ(ledger.totals().failed_alloc_count, 1);
}

TEST(MemoryLedgerTest, RefusedAttemptsCountTowardsTheNumberAllowed) {
  UndoLog undo;
  MemoryLedger ledger(undo, {.fail_after = 2});

  EXPECT_NE(ledger.Allocate(1).id, 0);
  EXPECT_NE(ledger.Allocate(1).id, 0);
  EXPECT_EQ(ledger.Allocate(1).refused_by, "fail_after_allocs");
  ledger.FailAfter(3);
  EXPECT_EQ(ledger.Allocate(1).refused_by, "fail_after_allocs");
  ledger.FailAfter(5);
  EXPECT_NE(ledger.Allocate(1).id, 0);
}

// 200000 bytes with percentages 12, 20, 26 and multipliers 1, 2, 4: the
// published vector of the format.
TEST(MemoryLedgerTest, FragmentationAndWaveGiveThePublishedVector) {
  UndoLog undo;
  MemoryLedger ledger(undo,
                      {.fragmentation_seed = 7, .pressure_wave = "1,2,4"});

  EXPECT_EQ(ledger.Allocate(200000).effective_bytes, 224000);
  EXPECT_EQ(ledger.Allocate(200000).effective_bytes, 480000);
  EXPECT_EQ(ledger.Allocate(200000).effective_bytes, 1008000);
}

TEST(MemoryLedgerTest, SkipsWaveEntriesThatAreNoPositiveIntegers) {
  UndoLog undo;
  MemoryLedger ledger(undo, {.pressure_wave = "0, 3 ,x,-1,2"});

  EXPECT_EQ(ledger.Allocate(10).effective_bytes, 30);
  EXPECT_EQ(ledger.Allocate(10).effective_bytes, 20);
  ledger.SetPressureWave("0;x");
  EXPECT_EQ(ledger.Allocate(10).effective_bytes, 10);
}

TEST(MemoryLedgerTest, SumsSaturate) {
  UndoLog undo;
  MemoryLedger ledger(undo, {.pressure_wave = "18446744073709551615"});

  EXPECT_EQ(ledger.Allocate(kMax).effective_bytes, kMax);
  EXPECT_EQ(ledger.Allocate(2).effective_bytes, kMax);
  EXPECT_EQ(ledger.totals().in_use_bytes, kMax);
  ledger.LimitMb(kMax);
  EXPECT_NE(ledger.Allocate(0).id, 0);
}

TEST(MemoryLedgerTest, RollingBackForgetsEvenThatItWasTouched) {
  UndoLog undo;
  MemoryLedger ledger(undo, {});

  const size_t mark = undo.Open();
  ledger.Allocate(10);
  ledger.Allocate(20);
  ledger.Free(1);
  ledger.LimitMb(0);
  undo.RollBack(mark);

  EXPECT_FALSE(ledger.is_touched());
  EXPECT_EQ(ledger.totals().alloc_count, 0);
  EXPECT_EQ(ledger.leaked_allocs(), 0);
  EXPECT_EQ(ledger.Allocate(1).id, 1);
}

}  // namespace
}  // namespace fozzy
