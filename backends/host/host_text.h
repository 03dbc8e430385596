// Words for what the operating system says, the same in every locale.
#ifndef FOZZY_BACKENDS_HOST_HOST_TEXT_H_
#define FOZZY_BACKENDS_HOST_HOST_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace fozzy {

// Returns the name of errno value `error`: "ENOENT".
std::string ErrorName(int error);

// Returns what errno value `error` means: "No such file or directory".
std::string ErrorText(int error);

// Returns the name of signal `signal`: "SIGKILL", "SIGRTMIN+3", "signal 99".
std::string SignalName(int32_t signal);

// Returns `text` in double quotes with the bytes that are not printable ASCII,
// quotes and backslashes escaped: "a\x00b".
std::string Quoted(std::string_view text);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_HOST_TEXT_H_
