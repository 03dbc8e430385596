#include "backends/host/doctor/pin.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace fozzy {
namespace {

constexpr PinInfo kPins[] = {
    {Pin::kClock, "clock",
     "clocks start at a fixed time and move by a fixed step", true},
    {Pin::kPid, "pid", "process ids depend on a process's ancestors only",
     true},
    {Pin::kRandom, "random", "random bytes of the system are one fixed stream",
     true},
    {Pin::kDirectoryOrder, "directory_order",
     "directories are filled in one order and read in the order of names",
     true},
    {Pin::kEnvironment, "environment",
     "environment, working directory, umask and processors are the caller's",
     false},
    {Pin::kAddressLayout, "address_layout",
     "addresses are not randomized and the environment has a fixed size",
     false},
};

constexpr bool IsInOrder() {
  for (size_t i = 0; i < std::size(kPins); ++i) {
    if (static_cast<size_t>(kPins[i].pin) != i) return false;
  }
  return true;
}
static_assert(IsInOrder());

constexpr char kLibrary[] = "libfozzy_pin.so";

// Every sanitized program names __asan_init, __tsan_init or __msan_init.  Not
// spelled out: this program must not look like one.
constexpr absl::string_view kStarter = "san_init";
constexpr absl::string_view kKinds = "atm";

bool IsSanitized(absl::string_view file) {
  size_t at = file.find(kStarter);
  for (; at != absl::string_view::npos; at = file.find(kStarter, at + 1)) {
    if (at < 3 || file.substr(at - 3, 2) != "__") continue;
    if (kKinds.find(file[at - 1]) != absl::string_view::npos) return true;
  }
  return false;
}

}  // namespace

absl::Span<const PinInfo> AllPins() { return kPins; }

PinSet PinSet::All() {
  PinSet all;
  for (const PinInfo& info : kPins) all.Add(info.pin);
  return all;
}

uint32_t PinSet::size() const {
  return static_cast<uint32_t>(std::popcount(bits_));
}

std::string PinNames(PinSet pins, absl::string_view separator) {
  std::vector<absl::string_view> names;
  for (const PinInfo& info : kPins) {
    if (pins.Contains(info.pin)) names.push_back(info.name);
  }
  return absl::StrJoin(names, separator);
}

std::string PreloadedPins(PinSet pins) {
  for (const PinInfo& info : kPins) {
    if (!info.is_preloaded) pins.Remove(info.pin);
  }
  return PinNames(pins, ",");
}

std::string PinLibraryPath() {
  std::error_code error;
  const std::filesystem::path program =
      std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return "";
  const std::filesystem::path folder = program.parent_path();
  for (const char* place : {"", "../lib/fozzy"}) {
    const std::filesystem::path library =
        (folder / place / kLibrary).lexically_normal();
    if (std::filesystem::exists(library, error)) return library.string();
  }
  return "";
}

absl::Status CheckPreloadable(const std::string& program) {
  const int file = open(program.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (file < 0 || fstat(file, &status) != 0) {
    if (file >= 0) close(file);
    return absl::NotFoundError(absl::StrCat("cannot read program ", program));
  }
  const auto size = static_cast<size_t>(status.st_size);
  void* const data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  close(file);
  // An empty file cannot be mapped, and is no sanitized program either.
  if (data == MAP_FAILED) return absl::OkStatus();
  const bool is_sanitized = IsSanitized({static_cast<const char*>(data), size});
  munmap(data, size);
  if (!is_sanitized) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      program, " is built with a sanitizer: ", kLibrary,
      " cannot be preloaded, so its clocks, ids, random bytes and directory "
      "order cannot be held fixed"));
}

}  // namespace fozzy
