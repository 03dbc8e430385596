// Names of runs.
#ifndef FOZZY_CLI_RUN_ID_H_
#define FOZZY_CLI_RUN_ID_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// Returns "58f96a8b-4dfa-496f-8632-3b141bf66ae7" for random bytes.
// Source: RFC 9562, UUID version 4.
std::string RunIdText(const std::array<uint8_t, 16>& random);

// Whether `text` is made of the characters of run ids, and so is safe as a
// name of a folder: lower-case hexadecimal digits and '-'.
bool IsRunIdPrefix(absl::string_view text);

}  // namespace fozzy

#endif  // FOZZY_CLI_RUN_ID_H_
