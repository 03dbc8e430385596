#include "sim/search/program_ranges.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace fozzy {
namespace {

int planted_number = 1;
uint64_t planted_zeros[1000];
thread_local int planted_local = 1;
const int planted_constant = 1;

bool IsAmong(const ProgramRanges& ranges, const void* variable) {
  const auto* byte = static_cast<const std::byte*>(variable);
  const auto offset = static_cast<uint64_t>(byte - ranges.program);
  for (const ProgramRange& range : ranges.variables) {
    if (range.begin <= offset && offset < range.end) return true;
  }
  return false;
}

TEST(ProgramRangesTest, HoldVariablesOfTheProgramOnly) {
  const ProgramRanges ranges = FindProgramRanges();

  EXPECT_TRUE(IsAmong(ranges, &planted_number));
  EXPECT_TRUE(IsAmong(ranges, &planted_zeros[999]));
  EXPECT_FALSE(IsAmong(ranges, &planted_local));
  EXPECT_FALSE(IsAmong(ranges, &planted_constant));
}

TEST(ProgramRangesTest, AreInOrderAndApart) {
  const ProgramRanges ranges = FindProgramRanges();

  uint64_t end = 0;
  for (const ProgramRange& range : ranges.variables) {
    EXPECT_LE(end, range.begin);
    EXPECT_LT(range.begin, range.end);
    end = range.end;
  }
}

}  // namespace
}  // namespace fozzy
