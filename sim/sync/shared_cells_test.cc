#include "sim/sync/shared_cells.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <vector>

namespace fozzy {
namespace {

void* Grow(size_t bytes) {
  void* block = std::aligned_alloc(64, bytes);
  std::memset(block, 0, bytes);
  return block;
}

TEST(SharedCellsTest, KnowsObjectsByTheirAddresses) {
  Arena arena(Grow, std::free);
  SharedCells cells(arena);
  const std::vector<int> numbers(100);
  // In an order that is neither up nor down.
  for (size_t i = 0; i < 100; ++i) {
    SharedCells::Shared& shared = cells.Find(&numbers[i * 37 % 100]);
    EXPECT_EQ(shared.references, 0u);
    shared.references = static_cast<uint32_t>(i + 1);
  }

  for (size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(cells.Find(&numbers[i * 37 % 100]).references, i + 1) << i;
  }
}

TEST(SharedCellsTest, UsesCellsAgain) {
  Arena arena(Grow, std::free);
  SharedCells cells(arena);
  const int numbers[2] = {};
  hooks::AtomicCell* cell = cells.Find(&numbers[0]).cell;
  cell->value = {3, 4};

  cells.Erase(&numbers[0]);

  EXPECT_EQ(cells.Find(&numbers[1]).cell, cell);
  EXPECT_EQ(cell->value.low, 0u);
  cells.Reset();
  EXPECT_EQ(cells.Find(&numbers[0]).cell, cell);
}

}  // namespace
}  // namespace fozzy
