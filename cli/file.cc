#include "cli/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "backends/host/fd.h"

namespace fozzy {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

}  // namespace

absl::Status FileError(absl::string_view verb, absl::string_view path,
                       int error) {
  const std::string message =
      absl::StrCat("cannot ", verb, " ", path, ": ", std::strerror(error));
  return error == ENOENT ? absl::NotFoundError(message)
                         : absl::InvalidArgumentError(message);
}

absl::Status WriteAll(int file, const std::string& path,
                      absl::string_view content) {
  while (!content.empty()) {
    const ssize_t written = write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError("write", path, errno);
    content.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  const Fd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return FileError("read", path, errno);
  std::string content;
  size_t size = 0;
  while (size <= kFileBytesMax) {
    content.resize(std::max<size_t>(4096, size * 2));
    const ssize_t count =
        read(file.get(), content.data() + size, content.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return FileError("read", path, errno);
    if (count == 0) {
      content.resize(size);
      return content;
    }
    size += static_cast<size_t>(count);
  }
  return absl::ResourceExhaustedError(absl::StrCat(
      "cannot read ", path, ": it has over ", kFileBytesMax, " bytes"));
}

absl::Status WriteFile(const std::string& path, absl::string_view content) {
  // The process makes the name its own: several may write the same file.
  const std::string partial = absl::StrCat(path, ".", getpid(), ".partial");
  Fd file(
      open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!file.is_open()) {
    return absl::InvalidArgumentError(
        FileError("write", path, errno).message());
  }
  absl::Status status = WriteAll(file.get(), path, content);
  if (file.Close() != 0 && status.ok()) {
    status = FileError("write", path, errno);
  }
  if (status.ok() && std::rename(partial.c_str(), path.c_str()) != 0) {
    status = FileError("write", path, errno);
  }
  if (!status.ok()) unlink(partial.c_str());
  return status;
}

absl::Status MakeFolders(const std::string& path) {
  for (size_t end = 1; end <= path.size(); ++end) {
    if (end < path.size() && path[end] != '/') continue;
    const std::string folder = path.substr(0, end);
    if (mkdir(folder.c_str(), 0777) == 0 || errno == EEXIST) continue;
    return absl::InvalidArgumentError(
        FileError("make folder", folder, errno).message());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<FileInfo>> ListFiles(const std::string& folder) {
  const std::unique_ptr<DIR, CloseFolder> open(opendir(folder.c_str()));
  if (open == nullptr) return FileError("list", folder, errno);
  std::vector<FileInfo> files;
  while (const dirent* entry = readdir(open.get())) {
    const std::string name = entry->d_name;
    struct stat info = {};
    const int failed =
        fstatat(dirfd(open.get()), name.c_str(), &info, AT_SYMLINK_NOFOLLOW);
    if (failed != 0 || !S_ISREG(info.st_mode)) continue;
    files.push_back({name, static_cast<uint64_t>(info.st_size)});
  }
  std::sort(
      files.begin(), files.end(),
      [](const FileInfo& a, const FileInfo& b) { return a.name < b.name; });
  return files;
}

absl::StatusOr<uint64_t> FileBytes(const std::string& path) {
  struct stat info = {};
  if (stat(path.c_str(), &info) != 0) return FileError("read", path, errno);
  return static_cast<uint64_t>(info.st_size);
}

bool Exists(const std::string& path) {
  struct stat info = {};
  return lstat(path.c_str(), &info) == 0;
}

}  // namespace fozzy
