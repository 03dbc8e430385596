// Random bytes: the same stream in every process, so that it does not matter
// in which order the processes of a pipeline start.
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "backends/host/doctor/shim/shim.h"

namespace fozzy::shim {
namespace {

// How much a random device holds; a reader of more sees its end.
constexpr size_t kDeviceBytes = size_t{1} << 20;

// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number
// Generators", OOPSLA 2014 (SplitMix64).
uint64_t Next() {
  static std::atomic<uint64_t> state{0};
  uint64_t word = state.fetch_add(0x9E3779B97F4A7C15) + 0x9E3779B97F4A7C15;
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
  return word ^ (word >> 31);
}

bool IsRandomDevice(const char* path) {
  return IsRandomPinned() && (strcmp(path, "/dev/urandom") == 0 ||
                              strcmp(path, "/dev/random") == 0);
}

// Opens a file that reads like a random device; -1 and errno if it cannot.
int OpenDevice(int flags) {
  const bool closes = (flags & O_CLOEXEC) != 0;
  const int file =
      memfd_create("fozzy_random", closes ? unsigned{MFD_CLOEXEC} : 0U);
  if (file < 0) return -1;
  uint64_t block[512];
  for (size_t done = 0; done < kDeviceBytes; done += sizeof(block)) {
    FillRandom(block, sizeof(block));
    if (write(file, block, sizeof(block)) < 0) break;
  }
  lseek(file, 0, SEEK_SET);
  return file;
}

bool TakesMode(int flags) {
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
}

int Open(int folder, const char* path, int flags, mode_t mode) {
  if (IsRandomDevice(path)) return OpenDevice(flags);
  ProcPath buffer;
  path = RealPath(path, buffer);
  return static_cast<int>(Call(SYS_openat, folder, Word(path), flags, mode));
}

FILE* OpenStream(const char* function, const char* path, const char* mode) {
  ProcPath buffer;
  if (!IsRandomDevice(path)) {
    return Real<decltype(fopen)>(function)(RealPath(path, buffer), mode);
  }
  const int file = OpenDevice(O_RDWR);
  return file < 0 ? nullptr : fdopen(file, mode);
}

// Replaces the six X before the last `suffix` characters of `name` by random
// letters until `make` says that the name was free.
template <typename Make>
int MakeUnique(char* name, int suffix, Make make) {
  constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  constexpr int kTriesMax = 10000;
  const size_t length = strlen(name);
  const size_t tail = static_cast<size_t>(suffix) + 6;
  if (length < tail || memcmp(name + length - tail, "XXXXXX", 6) != 0) {
    errno = EINVAL;
    return -1;
  }
  for (int tries = 0; tries < kTriesMax; ++tries) {
    for (size_t i = 0; i < 6; ++i) {
      name[length - tail + i] = kLetters[Next() % 36];
    }
    const int result = make(name);
    if (result >= 0 || errno != EEXIST) return result;
  }
  return -1;
}

int MakeFile(char* name, int suffix, int flags) {
  return MakeUnique(name, suffix, [flags](const char* path) {
    return Open(AT_FDCWD, path,
                (flags & ~O_ACCMODE) | O_RDWR | O_CREAT | O_EXCL, 0600);
  });
}

// The kernel's gift of random bytes to every process.
__attribute__((constructor)) void FillAuxiliary() {
  if (!IsRandomPinned()) return;
  void* const bytes = reinterpret_cast<void*>(getauxval(AT_RANDOM));
  if (bytes != nullptr) FillRandom(bytes, 16);
}

}  // namespace

void FillRandom(void* data, size_t size) {
  auto* bytes = static_cast<unsigned char*>(data);
  while (size > 0) {
    const uint64_t word = Next();
    const size_t part = size < sizeof(word) ? size : sizeof(word);
    memcpy(bytes, &word, part);
    bytes += part;
    size -= part;
  }
}

FOZZY_INTERPOSE ssize_t getrandom(void* data, size_t size, unsigned flags) {
  if (!IsRandomPinned()) {
    return Call(SYS_getrandom, Word(data), static_cast<long>(size), flags);
  }
  FillRandom(data, size);
  return static_cast<ssize_t>(size);
}

FOZZY_INTERPOSE int getentropy(void* data, size_t size) {
  if (size <= 256 && getrandom(data, size, 0) == static_cast<ssize_t>(size)) {
    return 0;
  }
  errno = EIO;
  return -1;
}

FOZZY_INTERPOSE void arc4random_buf(void* data, size_t size) noexcept {
  static auto* const real = Real<void(void*, size_t)>("arc4random_buf");
  if (!IsRandomPinned() && real != nullptr) return real(data, size);
  FillRandom(data, size);
}

FOZZY_INTERPOSE uint32_t arc4random() noexcept {
  uint32_t word = 0;
  arc4random_buf(&word, sizeof(word));
  return word;
}

FOZZY_INTERPOSE uint32_t arc4random_uniform(uint32_t limit) noexcept {
  // Multiplying maps 32 random bits onto [0, limit); its bias is below
  // limit / 2^32.
  return static_cast<uint32_t>(uint64_t{arc4random()} * limit >> 32);
}

// std::random_device::_M_getval of libstdc++, which may ask the processor.
FOZZY_INTERPOSE unsigned FozzyRandomDeviceValue(void* device) __asm__(
    "_ZNSt13random_device9_M_getvalEv");
FOZZY_INTERPOSE unsigned FozzyRandomDeviceValue(void* device) {
  static auto* const real =
      Real<unsigned(void*)>("_ZNSt13random_device9_M_getvalEv");
  if (!IsRandomPinned() && real != nullptr) return real(device);
  unsigned word = 0;
  FillRandom(&word, sizeof(word));
  return word;
}

#define FOZZY_INTERPOSE_OPEN(name)                                        \
  FOZZY_INTERPOSE int name(const char* path, int flags, ...) {            \
    va_list arguments;                                                    \
    va_start(arguments, flags);                                           \
    const mode_t mode = TakesMode(flags) ? va_arg(arguments, mode_t) : 0; \
    va_end(arguments);                                                    \
    return Open(AT_FDCWD, path, flags, mode);                             \
  }
FOZZY_INTERPOSE_OPEN(open)
FOZZY_INTERPOSE_OPEN(open64)
#undef FOZZY_INTERPOSE_OPEN

#define FOZZY_INTERPOSE_OPENAT(name)                                       \
  FOZZY_INTERPOSE int name(int folder, const char* path, int flags, ...) { \
    va_list arguments;                                                     \
    va_start(arguments, flags);                                            \
    const mode_t mode = TakesMode(flags) ? va_arg(arguments, mode_t) : 0;  \
    va_end(arguments);                                                     \
    return Open(folder, path, flags, mode);                                \
  }
FOZZY_INTERPOSE_OPENAT(openat)
FOZZY_INTERPOSE_OPENAT(openat64)
#undef FOZZY_INTERPOSE_OPENAT

// What programs built with _FORTIFY_SOURCE call.
#define FOZZY_INTERPOSE_CHECKED_OPEN(name, symbol)                       \
  FOZZY_INTERPOSE int name(const char* path, int flags) __asm__(symbol); \
  FOZZY_INTERPOSE int name(const char* path, int flags) {                \
    return Open(AT_FDCWD, path, flags, 0);                               \
  }
FOZZY_INTERPOSE_CHECKED_OPEN(FozzyOpenChecked, "__open_2")
FOZZY_INTERPOSE_CHECKED_OPEN(FozzyOpen64Checked, "__open64_2")
#undef FOZZY_INTERPOSE_CHECKED_OPEN

#define FOZZY_INTERPOSE_CHECKED_OPENAT(name, symbol)                  \
  FOZZY_INTERPOSE int name(int folder, const char* path,              \
                           int flags) __asm__(symbol);                \
  FOZZY_INTERPOSE int name(int folder, const char* path, int flags) { \
    return Open(folder, path, flags, 0);                              \
  }
FOZZY_INTERPOSE_CHECKED_OPENAT(FozzyOpenatChecked, "__openat_2")
FOZZY_INTERPOSE_CHECKED_OPENAT(FozzyOpenat64Checked, "__openat64_2")
#undef FOZZY_INTERPOSE_CHECKED_OPENAT

FOZZY_INTERPOSE FILE* fopen(const char* path, const char* mode) {
  return OpenStream("fopen", path, mode);
}

FOZZY_INTERPOSE FILE* fopen64(const char* path, const char* mode) {
  return OpenStream("fopen64", path, mode);
}

FOZZY_INTERPOSE int mkstemp(char* name) {
  static auto* const real = Real<decltype(mkstemp)>("mkstemp");
  return IsRandomPinned() ? MakeFile(name, 0, 0) : real(name);
}

FOZZY_INTERPOSE int mkstemp64(char* name) { return mkstemp(name); }

FOZZY_INTERPOSE int mkostemp(char* name, int flags) {
  static auto* const real = Real<decltype(mkostemp)>("mkostemp");
  return IsRandomPinned() ? MakeFile(name, 0, flags) : real(name, flags);
}

FOZZY_INTERPOSE int mkostemp64(char* name, int flags) {
  return mkostemp(name, flags);
}

FOZZY_INTERPOSE int mkstemps(char* name, int suffix) {
  static auto* const real = Real<decltype(mkstemps)>("mkstemps");
  return IsRandomPinned() ? MakeFile(name, suffix, 0) : real(name, suffix);
}

FOZZY_INTERPOSE char* mkdtemp(char* name) noexcept {
  static auto* const real = Real<decltype(mkdtemp)>("mkdtemp");
  if (!IsRandomPinned()) return real(name);
  const int result = MakeUnique(name, 0, [](const char* path) {
    return static_cast<int>(Call(SYS_mkdir, Word(path), 0700));
  });
  return result < 0 ? nullptr : name;
}

}  // namespace fozzy::shim
