#include "backends/host/testing/temp_folder.h"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "sim/base/check.h"

namespace fozzy {

TempFolder::TempFolder() {
  const char* parent = getenv("TMPDIR");
  path_ = parent != nullptr ? parent : "/tmp";
  path_ += "/fozzy-test-XXXXXX";
  FOZZY_CHECK(mkdtemp(path_.data()) != nullptr);
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TempFolder::At(std::string_view name) const {
  std::string path = path_ + "/";
  path += name;
  return path;
}

void TempFolder::AddFile(std::string_view name, std::string_view data) const {
  std::ofstream file(At(name), std::ios::binary);
  file.write(data.data(), static_cast<std::streamsize>(data.size()));
  file.close();
  FOZZY_CHECK(!file.fail());
}

void TempFolder::AddFolder(std::string_view name) const {
  std::error_code error;
  std::filesystem::create_directory(At(name), error);
  FOZZY_CHECK(!error);
}

void TempFolder::AddLink(std::string_view name, std::string_view target) const {
  std::error_code error;
  std::filesystem::create_symlink(target, At(name), error);
  FOZZY_CHECK(!error);
}

std::string TempFolder::ReadFile(std::string_view name) const {
  std::ifstream file(At(name), std::ios::binary);
  if (!file) return "<none>";
  return {std::istreambuf_iterator<char>(file),
          std::istreambuf_iterator<char>()};
}

std::vector<std::string> TempFolder::List() const {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(path_, error), end;
       it != end; it.increment(error)) {
    FOZZY_CHECK(!error);
    names.push_back(it->path().string().substr(path_.size() + 1));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace fozzy
