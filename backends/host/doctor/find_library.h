// Looking for shared libraries that are loaded only when they are needed.
#ifndef FOZZY_BACKENDS_HOST_DOCTOR_FIND_LIBRARY_H_
#define FOZZY_BACKENDS_HOST_DOCTOR_FIND_LIBRARY_H_

#include <optional>
#include <string>
#include <vector>

namespace fozzy {

// Loads the first of the shared libraries `names` there is, and returns its
// name.  It stays loaded: not all can be unloaded safely.
std::optional<std::string> FindLibrary(const std::vector<std::string>& names);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_DOCTOR_FIND_LIBRARY_H_
