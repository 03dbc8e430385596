#include "backends/host/doctor/disturbed_environment.h"

#include <unistd.h>

#include <cstddef>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

using Variables = absl::btree_map<std::string, std::string>;

// With pinned addresses this many variables are added, and this many bytes;
// both above what disturbances and pins add.
constexpr size_t kAddedVariables = 16;
constexpr size_t kAddedBytes = 32 << 10;

// Where the list of variables lies moves with their number, where the stack
// begins with their bytes.
size_t BytesOf(const Variables& variables) {
  size_t bytes = 0;
  for (const auto& [name, value] : variables) {
    bytes += name.size() + value.size() + 2;
  }
  return bytes;
}

void Set(const EnvironmentList& list, Variables& variables) {
  for (const std::string& variable : list) {
    const size_t equals = variable.find('=');
    if (equals == std::string::npos) continue;
    variables[variable.substr(0, equals)] = variable.substr(equals + 1);
  }
}

void SetDisturbance(const Disturbance& disturbance, const RunFolders& folders,
                    Variables& variables) {
  if (disturbance.padding > 0) {
    variables["FOZZY_PADDING"] = std::string(disturbance.padding, 'x');
  }
  if (disturbance.time_zone) variables["TZ"] = *disturbance.time_zone;
  if (disturbance.locale) {
    variables["LANG"] = *disturbance.locale;
    variables["LC_ALL"] = *disturbance.locale;
  }
  if (disturbance.malloc_perturb) {
    variables["MALLOC_PERTURB_"] = absl::StrCat(*disturbance.malloc_perturb);
  }
  if (disturbance.has_own_home) variables["HOME"] = folders.home;
  if (disturbance.has_own_folder) variables["TMPDIR"] = folders.scratch;
}

void SetPins(const DisturbedEnvironment& parts, Variables& variables) {
  const std::string preloaded = PreloadedPins(parts.pins);
  if (preloaded.empty()) return;
  std::string& libraries = variables["LD_PRELOAD"];
  libraries = libraries.empty() ? parts.library
                                : absl::StrCat(parts.library, ":", libraries);
  variables["FOZZY_PIN"] = preloaded;
  variables["FOZZY_PIN_STATE"] = parts.folders.state;
}

// Fills up to `count` variables of `bytes` bytes.
void Pad(size_t count, size_t bytes, Variables& variables) {
  FOZZY_CHECK(variables.size() < count);
  std::string last;
  for (size_t i = 0; variables.size() < count; ++i) {
    last = absl::StrCat("FOZZY_PAD_", i);
    variables[last] = "";
  }
  const size_t used = BytesOf(variables);
  FOZZY_CHECK(used <= bytes);
  variables[last] = std::string(bytes - used, 'x');
}

}  // namespace

EnvironmentList HostEnvironment() {
  EnvironmentList list;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    list.emplace_back(*variable);
  }
  return list;
}

EnvironmentList Assemble(const DisturbedEnvironment& parts) {
  Variables variables;
  Set(parts.base, variables);
  Variables undisturbed = variables;
  Set(parts.overrides, undisturbed);
  SetDisturbance(parts.disturbance, parts.folders, variables);
  SetPins(parts, variables);
  Set(parts.overrides, variables);
  if (parts.pins.Contains(Pin::kAddressLayout)) {
    Pad(undisturbed.size() + kAddedVariables,
        BytesOf(undisturbed) + kAddedBytes, variables);
  }
  EnvironmentList list;
  for (const auto& [name, value] : variables) {
    list.push_back(absl::StrCat(name, "=", value));
  }
  return list;
}

}  // namespace fozzy
