#include "cli/doctor_folder.h"

#include <unistd.h>

#include <filesystem>
#include <system_error>

namespace fozzy {
namespace {

namespace fs = std::filesystem;

// Adds the size of a file to `bytes`.  Returns whether it can be copied.
bool Weigh(const fs::directory_entry& entry, uint64_t& bytes) {
  std::error_code error;
  const fs::file_status status = entry.symlink_status(error);
  if (error) return false;
  if (fs::is_symlink(status)) return true;
  if (fs::is_directory(status)) {
    return access(entry.path().c_str(), R_OK | X_OK) == 0;
  }
  if (!fs::is_regular_file(status)) return false;
  bytes += entry.file_size(error);
  return !error && access(entry.path().c_str(), R_OK) == 0;
}

}  // namespace

bool IsCopyable(const std::string& folder) {
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  uint64_t files = 0;
  uint64_t bytes = 0;
  for (; !error && entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    if (!Weigh(*entry, bytes) || ++files > kCopiedFilesMax ||
        bytes > kCopiedBytesMax || entry.depth() > kCopiedDepthMax) {
      return false;
    }
  }
  return !error;
}

}  // namespace fozzy
