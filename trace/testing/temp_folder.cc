#include "trace/testing/temp_folder.h"

#include <stdlib.h>

#include <filesystem>
#include <system_error>

#include "gtest/gtest.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

class TempFolder {
 public:
  TempFolder() : path_(testing::TempDir() + "/fozzy_trace_XXXXXX") {
    FOZZY_CHECK(::mkdtemp(path_.data()) != nullptr);
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

std::string TempPath(const std::string& name) {
  static const TempFolder folder;
  return folder.path() + "/" + name;
}

}  // namespace fozzy
