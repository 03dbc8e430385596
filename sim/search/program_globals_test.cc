#include "sim/search/program_globals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

int planted_number = 1;
// Small ones next to each other: sanitizers keep them apart.
char planted_letters[3] = {'a', 'b', 'c'};
uint64_t planted_zeros[1000];
thread_local int planted_local = 1;

// Compilers do not know what it does.
template <class T>
void Set(T& variable, T value) {
  *const_cast<volatile T*>(&variable) = value;
}

TEST(ProgramGlobalsTest, NothingHasChangedAtFirst) {
  const ProgramGlobals globals;

  EXPECT_THAT(globals.Changed(), IsEmpty());
}

TEST(ProgramGlobalsTest, NamesExactlyWhatChanged) {
  const ProgramGlobals globals;
  Set(planted_number, planted_number + 1);
  Set(planted_letters[2], 'd');
  Set(planted_zeros[500], uint64_t{1});

  EXPECT_THAT(globals.Changed(), ElementsAre(HasSubstr("planted_letters"),
                                             HasSubstr("planted_number"),
                                             HasSubstr("planted_zeros")));
}

TEST(ProgramGlobalsTest, PutsBackWhatChanged) {
  Set(planted_number, 7);
  Set(planted_letters[2], 'c');
  Set(planted_zeros[999], uint64_t{3});
  const ProgramGlobals globals;
  Set(planted_number, 8);
  Set(planted_letters[2], 'd');
  Set(planted_zeros[999], ~uint64_t{0});
  globals.Restore();

  EXPECT_EQ(planted_number, 7);
  EXPECT_EQ(planted_letters[2], 'c');
  EXPECT_EQ(planted_zeros[999], 3u);
  EXPECT_THAT(globals.Changed(), IsEmpty());
}

TEST(ProgramGlobalsTest, LeavesVariablesOfThreadsAlone) {
  Set(planted_local, 1);
  const ProgramGlobals globals;
  Set(planted_local, 2);
  globals.Restore();

  EXPECT_THAT(globals.Changed(), IsEmpty());
  EXPECT_EQ(planted_local, 2);
}

}  // namespace
}  // namespace fozzy
