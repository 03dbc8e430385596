// What `fozzy init` writes.
#ifndef FOZZY_CLI_INIT_FILES_H_
#define FOZZY_CLI_INIT_FILES_H_

#include <span>

#include "absl/strings/string_view.h"

namespace fozzy {

struct InitFile {
  absl::string_view path;
  absl::string_view content;
};

// Returns fozzy.toml and scenarios that pass, below tests/.
std::span<const InitFile> InitFiles();

}  // namespace fozzy

#endif  // FOZZY_CLI_INIT_FILES_H_
