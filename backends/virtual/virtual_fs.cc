#include "backends/virtual/virtual_fs.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace fozzy {
namespace {

absl::string_view ToAbsl(std::string_view text) {
  return {text.data(), text.size()};
}

FsResult Refused(std::string_view path, absl::string_view why) {
  FsResult result;
  result.end = FsResult::End::kRefused;
  result.reason = absl::StrCat("path \"", ToAbsl(path), "\" ", why);
  return result;
}

FsResult Failed(absl::string_view error) {
  FsResult result;
  result.end = FsResult::End::kFailed;
  result.reason = std::string(error);
  return result;
}

// Whether `path` ends in a way that only a directory can be named.
bool NamesDirectory(absl::string_view path) {
  const absl::string_view last = path.substr(path.rfind('/') + 1);
  return last.empty() || last == "." || last == "..";
}

// Resolves "." and ".."; returns false if ".." climbs out of the root.
bool Normalise(absl::string_view path, std::string& normal) {
  std::vector<absl::string_view> parts;
  for (const absl::string_view part : absl::StrSplit(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return false;
    } else {
      parts.pop_back();
    }
  }
  normal = absl::StrJoin(parts, "/");
  return true;
}

}  // namespace

FsResult VirtualFs::Write(std::string_view path, std::string_view data) {
  std::string normal;
  FsResult result = Locate(path, normal);
  if (result.end != FsResult::End::kDone) return result;
  if (GoesThroughFile(normal)) return Failed("ENOTDIR");
  if (faults_.Strike(FaultSite::kFsEio)) return Failed("EIO");
  if (faults_.Strike(FaultSite::kFsEnospc)) return Failed("ENOSPC");
  if (faults_.Strike(FaultSite::kFsShortWrite)) {
    const size_t written = data.size() / 2;
    Store(normal, std::string(data.substr(0, written)));
    return Failed(
        absl::StrCat("short write: ", written, " of ", data.size(), " bytes"));
  }
  Store(normal, std::string(data));
  return result;
}

FsResult VirtualFs::Read(std::string_view path) {
  std::string normal;
  FsResult result = Locate(path, normal);
  if (result.end != FsResult::End::kDone) return result;
  if (faults_.Strike(FaultSite::kFsEio)) return Failed("EIO");
  const auto found = files_.find(normal);
  if (found == files_.end()) {
    result.end = FsResult::End::kMissing;
    return result;
  }
  result.data = found->second;
  if (faults_.Strike(FaultSite::kFsShortRead)) {
    result.data.resize(result.data.size() / 2);
  }
  return result;
}

FsResult VirtualFs::Snapshot(std::string_view name) {
  const auto [found, is_new] = snapshots_.try_emplace(std::string(name));
  if (undo_.is_open()) {
    undo_.Add(
        [this, key = found->first, is_new = is_new, before = found->second] {
          if (is_new) {
            snapshots_.erase(key);
          } else {
            snapshots_[key] = before;
          }
        });
  }
  found->second = files_;
  FsResult result;
  result.files = files_.size();
  return result;
}

FsResult VirtualFs::Restore(std::string_view name) {
  FsResult result;
  const auto found = snapshots_.find(ToAbsl(name));
  if (found == snapshots_.end()) {
    result.end = FsResult::End::kMissing;
    return result;
  }
  Files before = std::exchange(files_, found->second);
  if (undo_.is_open()) {
    undo_.Add([this, before = std::move(before)]() { files_ = before; });
  }
  result.files = files_.size();
  return result;
}

FsResult VirtualFs::Locate(std::string_view path, std::string& normal) const {
  if (!Normalise(ToAbsl(path), normal)) {
    return Refused(path, "leaves the root of the file system");
  }
  if (path.empty()) return Refused(path, "is empty");
  if (path.find('\0') != path.npos) return Refused(path, "holds a NUL byte");
  if (NamesDirectory(ToAbsl(path))) return Refused(path, "names a directory");
  const auto below = files_.lower_bound(absl::StrCat(normal, "/"));
  if (below != files_.end() &&
      below->first.compare(0, normal.size() + 1, normal + "/") == 0) {
    return Refused(path, "names a directory");
  }
  return {};
}

bool VirtualFs::GoesThroughFile(const std::string& normal) const {
  for (size_t slash = normal.find('/'); slash != std::string::npos;
       slash = normal.find('/', slash + 1)) {
    if (files_.contains(normal.substr(0, slash))) return true;
  }
  return false;
}

void VirtualFs::Store(const std::string& path, std::string data) {
  const auto [found, is_new] = files_.try_emplace(path);
  if (undo_.is_open()) {
    undo_.Add([this, path, is_new = is_new, before = found->second] {
      if (is_new) {
        files_.erase(path);
      } else {
        files_[path] = before;
      }
    });
  }
  found->second = std::move(data);
}

}  // namespace fozzy
