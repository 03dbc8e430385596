// Texts as words of a shell command.
#ifndef FOZZY_CLI_SHELL_WORD_H_
#define FOZZY_CLI_SHELL_WORD_H_

#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// Returns `text` as one word of a POSIX shell, in single quotes unless it is
// plain.
std::string ShellWord(absl::string_view text);

// The same for a path: one that begins with '-' gets "./" before it, so that it
// is no flag.
std::string PathWord(absl::string_view path);

}  // namespace fozzy

#endif  // FOZZY_CLI_SHELL_WORD_H_
