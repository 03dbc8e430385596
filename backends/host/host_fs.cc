#include "backends/host/host_fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "backends/host/fd.h"
#include "backends/host/host_text.h"
#include "backends/host/relative_path.h"

namespace fozzy {
namespace {

using End = FsResult::End;

constexpr size_t kReadBytes = 65'536;

// Names of temporaries left by a crashed process of our number are skipped.
constexpr int kTemporaryTriesMax = 1000;

constexpr mode_t kPermissions = 0777;

FsResult Refused(std::string_view path, std::string_view why) {
  FsResult result;
  result.end = End::kRefused;
  result.reason = Quoted(path);
  result.reason += why;
  return result;
}

FsResult Refused(RelativePath path) {
  FsResult result;
  result.end = End::kRefused;
  result.reason = std::move(path.reason);
  return result;
}

FsResult Missing() {
  FsResult result;
  result.end = End::kMissing;
  return result;
}

// Tells what errno value `error` means for `path`.
FsResult Failed(std::string_view path, int error) {
  if (error == EXDEV) return Refused(path, " leaves the root by a link");
  if (error == ELOOP) {
    return Refused(path, " has links that cannot be followed");
  }
  FsResult result;
  result.end = End::kFailed;
  result.reason = ErrorName(error);
  return result;
}

// Accepts regular files only.
FsResult CheckKind(std::string_view path, mode_t mode) {
  if (S_ISDIR(mode)) return Refused(path, " names a directory");
  if (S_ISLNK(mode)) return Refused(path, " is a symbolic link");
  if (!S_ISREG(mode)) return Refused(path, " is not a regular file");
  return {};
}

// Reads `fd` to its end.  Returns 0 or the errno value, EFBIG if there are more
// than `bytes_max`.
int ReadAll(int fd, uint64_t bytes_max, std::string& data) {
  while (data.size() <= bytes_max) {
    const size_t size = data.size();
    data.resize(size + kReadBytes);
    const ssize_t got = read(fd, data.data() + size, kReadBytes);
    data.resize(size + static_cast<size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return 0;
    if (got < 0 && errno != EINTR) return errno;
  }
  return EFBIG;
}

// Returns 0 or the errno value.
int WriteAll(int fd, std::string_view data) {
  while (!data.empty()) {
    const ssize_t put = write(fd, data.data(), data.size());
    if (put < 0 && errno != EINTR) return errno;
    data.remove_prefix(static_cast<size_t>(std::max<ssize_t>(put, 0)));
  }
  return 0;
}

int Rename(int folder, const std::string& source, const std::string& target) {
  const int result = renameat(folder, source.c_str(), folder, target.c_str());
  return result == 0 ? 0 : errno;
}

}  // namespace

absl::StatusOr<std::unique_ptr<HostFs>> HostFs::Open(HostFsOptions options) {
  std::unique_ptr<HostFs> fs(new HostFs(std::move(options)));
  const HostFsOptions& kept = fs->options_;
  if (const int error = fs->root_.Open(kept.root, kept.walks); error != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("the root of files ", Quoted(kept.root),
                     " cannot be opened: ", ErrorText(error)));
  }
  return fs;
}

FsResult HostFs::Write(std::string_view path, std::string_view data) {
  RelativePath relative = NormalisePath(path);
  if (!relative.reason.empty()) return Refused(std::move(relative));
  if (FsResult result = Touch(relative.path); result.end != End::kDone) {
    return result;
  }
  return Store(relative.path, data, /*mode=*/std::nullopt);
}

FsResult HostFs::Read(std::string_view path) {
  RelativePath relative = NormalisePath(path);
  if (!relative.reason.empty()) return Refused(std::move(relative));
  Kept kept;
  FsResult result = Load(relative.path, kept);
  if (result.end != End::kDone) return result;
  Touch(relative.path, kept);
  result.data = std::move(kept.data);
  return result;
}

FsResult HostFs::Remove(std::string_view path) {
  RelativePath relative = NormalisePath(path);
  if (!relative.reason.empty()) return Refused(std::move(relative));
  if (FsResult result = Touch(relative.path); result.end != End::kDone) {
    return result;
  }
  return Delete(relative.path);
}

FsResult HostFs::Snapshot(std::string_view name) {
  Files files;
  FsResult done;
  for (const std::string& path : touched_) {
    Kept kept;
    FsResult result = Load(path, kept);
    const bool is_none = result.end == End::kMissing || IsFolder(path);
    if (result.end != End::kDone && !is_none) return result;
    done.files += kept.exists ? 1 : 0;
    files.emplace(path, std::move(kept));
  }
  snapshots_.insert_or_assign(std::string(name), std::move(files));
  return done;
}

FsResult HostFs::Restore(std::string_view name) {
  const auto snapshot = snapshots_.find(name);
  if (snapshot == snapshots_.end()) return Missing();
  FsResult done;
  // What was not there goes first: its folder may be in the way of a file.
  for (const bool exists : {false, true}) {
    for (const auto& [path, kept] : snapshot->second) {
      if (kept.exists != exists) continue;
      FsResult result = PutBack(path, kept);
      if (result.end != End::kDone) return result;
      done.files += exists ? 1 : 0;
    }
  }
  return done;
}

FsResult HostFs::Load(const std::string& path, Kept& kept) const {
  // O_NONBLOCK: a fifo must not hold us up before we see that it is one.
  const Opened file = root_.OpenBeneath(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (file.error == ENOENT || file.error == ENOTDIR) return Missing();
  if (file.error == ENXIO) return Refused(path, " is not a regular file");
  if (file.error != 0) return Failed(path, file.error);
  struct stat status = {};
  if (fstat(file.fd.get(), &status) != 0) return Failed(path, errno);
  FsResult result = CheckKind(path, status.st_mode);
  if (result.end != End::kDone) return result;
  const int error = ReadAll(file.fd.get(), options_.file_bytes_max, kept.data);
  if (error != 0) return Failed(path, error);
  kept.exists = true;
  kept.mode = status.st_mode & kPermissions;
  return result;
}

FsResult HostFs::Store(const std::string& path, std::string_view data,
                       std::optional<mode_t> mode) {
  if (data.size() > options_.file_bytes_max) return Failed(path, EFBIG);
  std::vector<std::string> created;
  const Opened folder = root_.CreateParent(path, created);
  FsResult result;
  if (folder.error == ENOENT) {
    result = Refused(path, " leads through a link to nowhere");
  } else if (folder.error != 0) {
    result = Failed(path, folder.error);
  } else {
    result = Replace(folder.fd.get(), path, data, mode);
  }
  if (result.end == End::kDone) {
    created_folders_.insert(created.begin(), created.end());
  } else {
    std::for_each(
        created.rbegin(), created.rend(),
        [this](const std::string& made) { root_.RemoveFolder(made); });
  }
  return result;
}

FsResult HostFs::Replace(int folder, const std::string& path,
                         std::string_view data, std::optional<mode_t> mode) {
  const std::string name(NameOf(path));
  struct stat status = {};
  if (fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
    FsResult result = CheckKind(path, status.st_mode);
    if (result.end != End::kDone) return result;
    if (!mode.has_value()) mode = status.st_mode & kPermissions;
  } else if (errno != ENOENT) {
    return Failed(path, errno);
  }
  std::string temporary;
  const Opened file = OpenTemporary(folder, temporary);
  if (file.error != 0) return Failed(path, file.error);
  int error = WriteAll(file.fd.get(), data);
  if (error == 0 && mode.has_value() && fchmod(file.fd.get(), *mode) != 0) {
    error = errno;
  }
  if (error == 0) error = Rename(folder, temporary, name);
  if (error == 0) return {};
  unlinkat(folder, temporary.c_str(), 0);
  // A folder was put in the way since we looked.
  if (error == EISDIR) return Refused(path, " names a directory");
  return Failed(path, error);
}

Opened HostFs::OpenTemporary(int folder, std::string& name) {
  Opened opened;
  opened.error = EEXIST;
  for (int i = 0; i < kTemporaryTriesMax && opened.error == EEXIST; ++i) {
    name = absl::StrCat(".fozzy-", getpid(), "-", temporaries_++);
    opened.fd = Fd(openat(folder, name.c_str(),
                          O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    opened.error = opened.fd.is_open() ? 0 : errno;
  }
  return opened;
}

FsResult HostFs::Delete(const std::string& path) {
  const Opened folder = root_.OpenParent(path);
  if (folder.error == ENOENT || folder.error == ENOTDIR) return Missing();
  if (folder.error != 0) return Failed(path, folder.error);
  const std::string name(NameOf(path));
  struct stat status = {};
  if (fstatat(folder.fd.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) !=
      0) {
    return errno == ENOENT ? Missing() : Failed(path, errno);
  }
  FsResult result = CheckKind(path, status.st_mode);
  if (result.end != End::kDone) return result;
  if (unlinkat(folder.fd.get(), name.c_str(), 0) != 0) {
    return Failed(path, errno);
  }
  RemoveCreatedParents(path);
  return result;
}

FsResult HostFs::PutBack(const std::string& path, const Kept& kept) {
  if (!kept.exists) {
    FsResult result = Delete(path);
    const bool is_none = result.end == End::kMissing || IsFolder(path);
    return is_none ? FsResult{} : result;
  }
  Kept now;
  const FsResult loaded = Load(path, now);
  // Links that were only read need no write as long as nothing has changed.
  if (loaded.end == End::kDone && now == kept) return {};
  return Store(path, kept.data, kept.mode);
}

bool HostFs::IsFolder(const std::string& path) const {
  return root_.OpenBeneath(path, O_PATH | O_DIRECTORY).error == 0;
}

FsResult HostFs::Touch(const std::string& path) {
  Kept kept;
  // Without snapshots nobody will ask how the file was.
  if (!snapshots_.empty() && !touched_.contains(path)) {
    FsResult result = Load(path, kept);
    // What could not be put back is not overwritten.
    if (result.end != End::kDone && result.end != End::kMissing) return result;
  }
  Touch(path, kept);
  return {};
}

void HostFs::Touch(const std::string& path, const Kept& kept) {
  if (!touched_.insert(path).second) return;
  for (auto& [name, files] : snapshots_) files.emplace(path, kept);
}

void HostFs::RemoveCreatedParents(std::string_view path) {
  for (std::string_view folder = ParentOf(path); !folder.empty();
       folder = ParentOf(folder)) {
    const auto created = created_folders_.find(folder);
    if (created == created_folders_.end()) return;
    if (root_.RemoveFolder(folder) != 0) return;
    created_folders_.erase(created);
  }
}

}  // namespace fozzy
