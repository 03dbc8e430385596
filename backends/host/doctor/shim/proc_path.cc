// Paths under /proc that name a process by the id it was told.
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "backends/host/doctor/shim/shim.h"

namespace fozzy::shim {
namespace {

constexpr char kProc[] = "/proc/";
constexpr size_t kProcLength = sizeof(kProc) - 1;
constexpr size_t kDigitsMax = 10;

// Writes `number` in decimal; returns behind its end.
char* WriteNumber(char* out, pid_t number) {
  char digits[kDigitsMax];
  size_t count = 0;
  do {
    digits[count++] = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number > 0);
  while (count > 0) *out++ = digits[--count];
  return out;
}

}  // namespace

const char* RealPath(const char* path, ProcPath& buffer) {
  if (!IsPidPinned() || path == nullptr) return path;
  if (strncmp(path, kProc, kProcLength) != 0) return path;
  const char* end = path + kProcLength;
  pid_t fake = 0;
  while (*end >= '0' && *end <= '9' && fake < 100'000'000) {
    fake = fake * 10 + (*end++ - '0');
  }
  const pid_t real = ToReal(fake);
  const size_t rest = strlen(end) + 1;
  if (real == fake) return path;
  if (kProcLength + kDigitsMax + rest > sizeof(buffer.text)) return path;
  memcpy(buffer.text, kProc, kProcLength);
  memcpy(WriteNumber(buffer.text + kProcLength, real), end, rest);
  return buffer.text;
}

FOZZY_INTERPOSE DIR* opendir(const char* path) {
  static auto* const real = Real<decltype(opendir)>("opendir");
  ProcPath buffer;
  return real(RealPath(path, buffer));
}

FOZZY_INTERPOSE ssize_t readlink(const char* path, char* out,
                                 size_t size) noexcept {
  ProcPath buffer;
  return Call(SYS_readlink, Word(RealPath(path, buffer)), Word(out),
              static_cast<long>(size));
}

FOZZY_INTERPOSE int access(const char* path, int mode) noexcept {
  ProcPath buffer;
  return static_cast<int>(Call(SYS_access, Word(RealPath(path, buffer)), mode));
}

FOZZY_INTERPOSE int stat(const char* path, struct stat* out) noexcept {
  ProcPath buffer;
  return static_cast<int>(
      Call(SYS_stat, Word(RealPath(path, buffer)), Word(out)));
}

FOZZY_INTERPOSE int stat64(const char* path, struct stat64* out) noexcept {
  ProcPath buffer;
  return static_cast<int>(
      Call(SYS_stat, Word(RealPath(path, buffer)), Word(out)));
}

FOZZY_INTERPOSE int lstat(const char* path, struct stat* out) noexcept {
  ProcPath buffer;
  return static_cast<int>(
      Call(SYS_lstat, Word(RealPath(path, buffer)), Word(out)));
}

FOZZY_INTERPOSE int lstat64(const char* path, struct stat64* out) noexcept {
  ProcPath buffer;
  return static_cast<int>(
      Call(SYS_lstat, Word(RealPath(path, buffer)), Word(out)));
}

FOZZY_INTERPOSE int fstatat(int folder, const char* path, struct stat* out,
                            int flags) noexcept {
  ProcPath buffer;
  return static_cast<int>(Call(SYS_newfstatat, folder,
                               Word(RealPath(path, buffer)), Word(out), flags));
}

FOZZY_INTERPOSE int fstatat64(int folder, const char* path, struct stat64* out,
                              int flags) noexcept {
  ProcPath buffer;
  return static_cast<int>(Call(SYS_newfstatat, folder,
                               Word(RealPath(path, buffer)), Word(out), flags));
}

FOZZY_INTERPOSE int statx(int folder, const char* path, int flags,
                          unsigned mask, struct statx* out) noexcept {
  ProcPath buffer;
  return static_cast<int>(Call(SYS_statx, folder, Word(RealPath(path, buffer)),
                               flags, mask, Word(out)));
}

}  // namespace fozzy::shim
