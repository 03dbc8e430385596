#include "backends/host/doctor/run_root.h"

#include <stdlib.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

namespace fs = std::filesystem;

constexpr uint32_t kDepthMax = 32;

// Room for the state of libfozzy_pin.so.
constexpr uint64_t kStateBytes = 256 << 10;

absl::Status ToStatus(const std::error_code& error, absl::string_view what,
                      const fs::path& path) {
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat("cannot ", what, " ", path.string(), ": ", error.message()));
}

// Puts `names`, which are sorted, into the n-th order: forwards, backwards,
// and both again from ever later starts.
void Reorder(uint32_t n, std::vector<fs::path>& names) {
  if (names.empty()) return;
  const size_t start = n / 2 * 3 % names.size();
  std::rotate(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(start),
              names.end());
  if (n % 2 == 1) std::reverse(names.begin(), names.end());
}

absl::StatusOr<std::vector<fs::path>> SortedNames(const fs::path& folder) {
  std::vector<fs::path> names;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    names.push_back(entry->path().filename());
  }
  if (error) {
    return absl::NotFoundError(absl::StrCat(
        "cannot read folder ", folder.string(), ": ", error.message()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

struct Copy {
  fs::path source;
  fs::path target;
  uint32_t depth = 0;
};

// Copies the files of one folder; its folders are made, and added to `work`.
absl::Status CopyFolder(const Copy& copy, uint32_t order,
                        std::vector<Copy>& work) {
  FOZZY_ASSIGN_OR_RETURN(std::vector<fs::path> names, SortedNames(copy.source));
  Reorder(order, names);
  for (const fs::path& name : names) {
    const fs::path source = copy.source / name;
    const fs::path target = copy.target / name;
    std::error_code error;
    if (fs::is_directory(fs::symlink_status(source, error))) {
      fs::create_directory(target, error);
      work.push_back({source, target, copy.depth + 1});
    } else {
      fs::copy(source, target, fs::copy_options::copy_symlinks, error);
    }
    FOZZY_RETURN_IF_ERROR(ToStatus(error, "copy", source));
  }
  return absl::OkStatus();
}

absl::Status CopyTree(const fs::path& source, const fs::path& target,
                      uint32_t order) {
  std::vector<Copy> work = {{source, target, 0}};
  while (!work.empty()) {
    const Copy copy = std::move(work.back());
    work.pop_back();
    if (copy.depth > kDepthMax) {
      return absl::ResourceExhaustedError(absl::StrCat(
          source.string(), " is deeper than ", kDepthMax, " folders"));
    }
    FOZZY_RETURN_IF_ERROR(CopyFolder(copy, order, work));
  }
  return absl::OkStatus();
}

absl::Status WriteZeros(const std::string& path) {
  std::ofstream(path, std::ios::binary | std::ios::trunc).flush();
  std::error_code error;
  fs::resize_file(path, kStateBytes, error);
  return ToStatus(error, "write", path);
}

void RemoveBelow(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    found.push_back(entry->path());
  }
  for (const fs::path& path : found) fs::remove_all(path, error);
}

}  // namespace

absl::StatusOr<RunRoot> RunRoot::Make() {
  std::error_code error;
  const std::string places[] = {"/dev/shm",
                                fs::temp_directory_path(error).string()};
  for (const std::string& place : places) {
    std::string path = absl::StrCat(place, "/fozzy-doctor-XXXXXX");
    if (mkdtemp(path.data()) != nullptr) return RunRoot(std::move(path));
  }
  return absl::UnavailableError(
      absl::StrCat("cannot make a folder in ", places[0], " or ", places[1]));
}

RunRoot::RunRoot(std::string path) : path_(std::move(path)) {}

RunRoot::RunRoot(RunRoot&& other) noexcept
    : path_(std::exchange(other.path_, "")) {}

RunRoot::~RunRoot() {
  if (path_.empty()) return;
  std::error_code error;
  fs::remove_all(path_, error);
}

absl::StatusOr<RunFolders> RunRoot::Prepare(const Disturbance& disturbance,
                                            const std::string& model) const {
  RemoveBelow(path_);
  const std::string run =
      absl::StrCat(path_, "/", absl::StrFormat("run-%06d", disturbance.index));
  const RunFolders folders = {run + "/work", run + "/home", path_ + "/scratch",
                              path_ + "/state"};
  for (const std::string& folder :
       {folders.work, folders.home, folders.scratch}) {
    std::error_code error;
    fs::create_directories(folder, error);
    FOZZY_RETURN_IF_ERROR(ToStatus(error, "make", folder));
  }
  FOZZY_RETURN_IF_ERROR(WriteZeros(folders.state));
  if (model.empty()) return folders;
  FOZZY_RETURN_IF_ERROR(CopyTree(model, folders.work, disturbance.file_order));
  return folders;
}

}  // namespace fozzy
