// Values of flags, checked by their type.
#ifndef FOZZY_CLI_FLAG_VALUE_H_
#define FOZZY_CLI_FLAG_VALUE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/command.h"

namespace fozzy {

// Returns the number that `text` stands for as a value of `flag`: the number
// of a kU64, the milliseconds of a kDuration, 0 for all other types.
// Errors: INVALID_ARGUMENT if `text` does not fit the type; UNIMPLEMENTED for
// a flag that is not offered.
absl::StatusOr<uint64_t> CheckFlagValue(const FlagSpec& flag,
                                        absl::string_view text);

}  // namespace fozzy

#endif  // FOZZY_CLI_FLAG_VALUE_H_
