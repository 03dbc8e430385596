// Figures that people ask for, said by tests beside passing or failing.
#ifndef FOZZY_SIM_TESTING_SAY_H_
#define FOZZY_SIM_TESTING_SAY_H_

#include <cstdio>
#include <string>

namespace fozzy {

// Prints `line` among the lines of the test program.
inline void Say(const std::string& line) {
  std::printf("[  FIGURES ] %s\n", line.c_str());
}

}  // namespace fozzy

#endif  // FOZZY_SIM_TESTING_SAY_H_
