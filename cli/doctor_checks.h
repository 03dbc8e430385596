// `doctor` alone: is what fozzy needs there?
#ifndef FOZZY_CLI_DOCTOR_CHECKS_H_
#define FOZZY_CLI_DOCTOR_CHECKS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cli/context.h"

namespace fozzy {

struct DoctorCheck {
  enum class Outcome : uint8_t {
    kOk = 0,
    kAbsent,  // something one can do without
    kBroken,
  };

  absl::string_view name;  // "base_dir"
  Outcome outcome = Outcome::kOk;
  std::string detail;  // what was found
  std::string hint;    // what to do about it; empty if kOk
};

// Looks; changes nothing.
std::vector<DoctorCheck> CheckInstallation(const Context& context);

// Returns the configuration file in use, or nothing if there is none.
std::string ConfigPath(const Context& context);

}  // namespace fozzy

#endif  // FOZZY_CLI_DOCTOR_CHECKS_H_
