// Texts as words of a shell command.
#ifndef FOZZY_CLI_SHELL_WORD_H_
#define FOZZY_CLI_SHELL_WORD_H_

#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// Returns `text`, a path or a value, as one word of a POSIX shell, in single
// quotes unless it is plain.  One that begins with '-' gets "./" before it.
std::string ShellWord(absl::string_view text);

}  // namespace fozzy

#endif  // FOZZY_CLI_SHELL_WORD_H_
