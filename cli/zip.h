// Archives: files as they are, put one after the other.
#ifndef FOZZY_CLI_ZIP_H_
#define FOZZY_CLI_ZIP_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace fozzy {

// Builds a .zip in memory.  The same files give the same bytes: all are dated
// 1980-01-01.
// Source: APPNOTE.TXT 6.3.10 of PKWARE, method 0 (stored), without Zip64.
class Zip {
 public:
  // Adds a file.
  // Errors: RESOURCE_EXHAUSTED when the archive would get over 4 GiB or 65,535
  // files, which the format without Zip64 cannot hold.
  absl::Status Add(absl::string_view name, absl::string_view content);

  // Returns the archive; nothing can be added afterwards.
  std::string Take();

 private:
  std::string files_;
  std::string directory_;
  uint32_t count_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_CLI_ZIP_H_
