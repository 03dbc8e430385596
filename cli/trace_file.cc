#include "cli/trace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/file.h"
#include "scenarios/established_trace.h"
#include "sim/base/status_macros.h"

namespace fozzy {

absl::StatusOr<bool> IsEstablishedTrace(const std::string& path) {
  if (absl::EndsWith(path, ".fozzy.json")) {
    return absl::InvalidArgumentError(
        absl::StrCat(path,
                     " is a scenario, expected a trace; to check it: "
                     "fozzy validate ",
                     path));
  }
  // Nobody may ever write into a pipe.
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return FileError("read", path, errno);
  struct stat info = {};
  if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
    close(file);
    return absl::InvalidArgumentError(
        absl::StrCat(path, " is no file, expected a trace"));
  }
  char bytes[64];
  const ssize_t count = read(file, bytes, sizeof bytes);
  const int error = errno;
  close(file);
  if (count < 0) return FileError("read", path, error);
  return LooksEstablished(absl::string_view(bytes, static_cast<size_t>(count)));
}

absl::Status CheckOurFormat(const std::string& path) {
  FOZZY_ASSIGN_OR_RETURN(const bool is_established, IsEstablishedTrace(path));
  if (!is_established) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      path,
      " is a JSON trace of the established tool; it can be verified and "
      "shown, but not replayed: record the scenario again"));
}

absl::Status AtTrace(const std::string& path, const absl::Status& status) {
  if (status.ok()) return status;
  // What the system says of a file names it.
  for (const absl::string_view verb :
       {"cannot open ", "cannot read ", "found the end of "}) {
    absl::string_view text = status.message();
    if (absl::ConsumePrefix(&text, verb) && absl::StartsWith(text, path)) {
      return status;
    }
  }
  return absl::Status(status.code(),
                      absl::StrCat(path, ": ", status.message()));
}

}  // namespace fozzy
