#include "scenarios/scenario_arena.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(ScenarioArenaTest, WhatItGaveOutIsAlignedAndStaysAsItWas) {
  ScenarioArena arena(16);
  std::vector<absl::string_view> copies;
  std::vector<std::string> originals;
  for (size_t i = 0; i < 3000; ++i) {
    originals.emplace_back(i % 97, static_cast<char>('a' + i % 26));
    copies.push_back(arena.Copy(originals.back()));
    const uint64_t* const zeros = arena.NewArray<uint64_t>(i % 5);
    for (size_t j = 0; j < i % 5; ++j) EXPECT_EQ(zeros[j], 0U);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(zeros) % 8, 0U);
  }
  const ScenarioArena moved = std::move(arena);
  for (size_t i = 0; i < copies.size(); ++i) EXPECT_EQ(copies[i], originals[i]);
}

TEST(ScenarioArenaTest, GivesMoreThanABlockAtOnce) {
  ScenarioArena arena;
  char* const large = arena.Allocate(10 << 20);
  std::memset(large, 1, 10 << 20);
  EXPECT_EQ(arena.Copy("x"), "x");
  EXPECT_EQ(large[0], 1);
}

}  // namespace
}  // namespace fozzy
