// The names of the variables of the program.
#ifndef FOZZY_SIM_SEARCH_PROGRAM_SYMBOLS_H_
#define FOZZY_SIM_SEARCH_PROGRAM_SYMBOLS_H_

#include <cstdint>
#include <string>
#include <vector>

namespace fozzy {

// A variable with static storage.
struct ProgramSymbol {
  uint64_t offset = 0;  // from where the program is loaded
  uint64_t bytes = 0;
  std::string name;  // as in the source
};

// Returns those of the running program, by offset; none if it was stripped or
// cannot be read.
std::vector<ProgramSymbol> ProgramSymbols();

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_PROGRAM_SYMBOLS_H_
