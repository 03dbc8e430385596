#include "backends/host/root_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace fozzy {
namespace {

constexpr int kFolderFlags = O_PATH | O_DIRECTORY | O_CLOEXEC;

// EAGAIN: something was renamed while the kernel looked at "..".
constexpr int kTriesMax = 100;

Opened Result(int fd) {
  Opened opened;
  opened.error = fd >= 0 ? 0 : errno;
  opened.fd = Fd(fd);
  return opened;
}

Opened OpenAt2(int root, const std::string& path, int flags) {
  open_how how = {};
  how.flags = static_cast<decltype(how.flags)>(flags | O_CLOEXEC);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  Opened opened;
  opened.error = EAGAIN;
  for (int i = 0; i < kTriesMax && opened.error == EAGAIN; ++i) {
    opened = Result(static_cast<int>(
        syscall(SYS_openat2, root, path.c_str(), &how, sizeof(how))));
  }
  return opened;
}

bool IsLink(int folder, const std::string& name) {
  struct stat status = {};
  return fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISLNK(status.st_mode);
}

// Opens `name` in `folder`; a link fails with ELOOP.
Opened OpenName(int folder, const std::string& name, int flags) {
  Opened opened =
      Result(openat(folder, name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC));
  // With O_DIRECTORY a link is "not a directory".
  if (opened.error == ENOTDIR && IsLink(folder, name)) opened.error = ELOOP;
  return opened;
}

}  // namespace

int RootFolder::Open(const std::string& path, bool walks) {
  Opened opened = Result(open(path.c_str(), kFolderFlags));
  root_ = std::move(opened.fd);
  walks_ = walks;
  if (opened.error != 0 || walks) return opened.error;
  // Filters of system calls answer EPERM for those they do not know.
  const int error = OpenAt2(root_.get(), ".", kFolderFlags).error;
  walks_ = error == ENOSYS || error == EPERM;
  return walks_ ? 0 : error;
}

Opened RootFolder::OpenBeneath(std::string_view path, int flags) const {
  if (walks_) return Walk(path, flags);
  return OpenAt2(root_.get(), std::string(path), flags);
}

Opened RootFolder::OpenParent(std::string_view path) const {
  const std::string_view parent = ParentOf(path);
  return OpenBeneath(parent.empty() ? "." : parent, kFolderFlags);
}

Opened RootFolder::CreateParent(std::string_view path,
                                std::vector<std::string>& created) const {
  Opened parent = OpenParent(path);
  if (parent.error != ENOENT) return parent;
  Opened folder = OpenBeneath(".", kFolderFlags);
  for (size_t end = path.find('/'); end != path.npos;
       end = path.find('/', end + 1)) {
    const std::string_view prefix = path.substr(0, end);
    Opened next = OpenBeneath(prefix, kFolderFlags);
    if (next.error == ENOENT) {
      const std::string name(NameOf(prefix));
      if (mkdirat(folder.fd.get(), name.c_str(), 0777) == 0) {
        created.emplace_back(prefix);
      } else if (errno != EEXIST) {
        next.error = errno;
        return next;
      }
      next = OpenBeneath(prefix, kFolderFlags);
    }
    if (next.error != 0) return next;
    folder = std::move(next);
  }
  return folder;
}

int RootFolder::RemoveFolder(std::string_view path) const {
  const Opened parent = OpenParent(path);
  if (parent.error != 0) return parent.error;
  const std::string name(NameOf(path));
  const int result = unlinkat(parent.fd.get(), name.c_str(), AT_REMOVEDIR);
  return result == 0 ? 0 : errno;
}

Opened RootFolder::Walk(std::string_view path, int flags) const {
  Opened folder = OpenName(root_.get(), ".", kFolderFlags);
  size_t begin = 0;
  for (size_t end = path.find('/'); end != path.npos;
       end = path.find('/', begin)) {
    const std::string name(path.substr(begin, end - begin));
    folder = OpenName(folder.fd.get(), name, kFolderFlags);
    if (folder.error != 0) return folder;
    begin = end + 1;
  }
  return OpenName(folder.fd.get(), std::string(path.substr(begin)), flags);
}

std::string_view ParentOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == path.npos ? std::string_view() : path.substr(0, slash);
}

std::string_view NameOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

}  // namespace fozzy
