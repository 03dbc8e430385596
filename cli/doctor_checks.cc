#include "cli/doctor_checks.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "backends/host/doctor/find_library.h"
#include "backends/host/doctor/pin.h"
#include "backends/host/host_http.h"
#include "cli/file.h"

namespace fozzy {
namespace {

using Outcome = DoctorCheck::Outcome;

// Returns `path`, or the nearest folder above it that exists.
std::string NearestFolder(std::string path) {
  while (!Exists(path)) {
    const size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    if (slash == 0) return "/";
    path.resize(slash);
  }
  return path;
}

// Whether runs can be kept; the folder is made when the first one is.
DoctorCheck CheckBaseDir(const std::string& base_dir) {
  DoctorCheck check = {"base_dir", Outcome::kOk, base_dir, ""};
  const std::string folder = NearestFolder(base_dir);
  struct stat info = {};
  std::string problem;
  if (stat(folder.c_str(), &info) != 0) {
    problem = std::strerror(errno);
  } else if (!S_ISDIR(info.st_mode)) {
    problem = "not a folder";
  } else if (access(folder.c_str(), W_OK | X_OK) != 0) {
    problem = std::strerror(errno);
  }
  if (problem.empty()) return check;
  check.outcome = Outcome::kBroken;
  check.detail = absl::StrCat("runs cannot be kept in ", base_dir, ": ", folder,
                              ": ", problem);
  check.hint = "set base_dir in fozzy.toml to a folder that can be written";
  return check;
}

DoctorCheck CheckCurl() {
  const std::vector<std::string> names = HostHttpOptions().libraries;
  const std::optional<std::string> found = FindLibrary(names);
  if (found) return {"libcurl", Outcome::kOk, *found, ""};
  return {"libcurl", Outcome::kAbsent,
          absl::StrCat("not found: ", absl::StrJoin(names, ", ")),
          "install libcurl4 for --http-backend host"};
}

DoctorCheck CheckPinLibrary() {
  const std::string library = PinLibraryPath();
  if (!library.empty()) return {"pin_library", Outcome::kOk, library, ""};
  return {"pin_library", Outcome::kAbsent, "libfozzy_pin.so not found",
          "put it beside fozzy or into ../lib/fozzy: without it doctor --deep "
          "cannot tell clock, pid, random and directory order apart"};
}

}  // namespace

std::vector<DoctorCheck> CheckInstallation(const Context& context) {
  const std::string config = ConfigPath(context);
  std::vector<DoctorCheck> checks;
  checks.push_back(CheckBaseDir(context.base_dir()));
  // It was read before any command started.
  checks.push_back({"config", Outcome::kOk,
                    config.empty() ? "no fozzy.toml, defaults" : config, ""});
  checks.push_back(CheckCurl());
  checks.push_back(CheckPinLibrary());
  return checks;
}

std::string ConfigPath(const Context& context) {
  const std::string path = context.args.Text("--config").value_or("fozzy.toml");
  return Exists(path) ? path : "";
}

}  // namespace fozzy
