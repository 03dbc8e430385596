// A folder of its own for every test program that runs.
#ifndef FOZZY_TRACE_TESTING_TEMP_FOLDER_H_
#define FOZZY_TRACE_TESTING_TEMP_FOLDER_H_

#include <string>

namespace fozzy {

// Returns the path of `name` in a folder that nobody else uses and that goes
// when the program ends.
std::string TempPath(const std::string& name);

}  // namespace fozzy

#endif  // FOZZY_TRACE_TESTING_TEMP_FOLDER_H_
