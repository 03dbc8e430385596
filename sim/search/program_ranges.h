// Where the variables of the program with static storage are.
#ifndef FOZZY_SIM_SEARCH_PROGRAM_RANGES_H_
#define FOZZY_SIM_SEARCH_PROGRAM_RANGES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fozzy {

// Offsets from where the program is loaded.
struct ProgramRange {
  uint64_t begin = 0;
  uint64_t end = 0;
};

struct ProgramRanges {
  std::byte* program = nullptr;         // where it is loaded
  std::vector<ProgramRange> variables;  // in order, apart
};

// Returns the writable segments of the running program itself, without what
// the loader has made read-only and what it fills in.
//
// With sanitizers these hold variables of the sanitizers too, linked into the
// program, and bytes between variables that must not be touched: then only what
// the table of symbols names is returned, and nothing at all if the program was
// stripped.
ProgramRanges FindProgramRanges();

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_PROGRAM_RANGES_H_
