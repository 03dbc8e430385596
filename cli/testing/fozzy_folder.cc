#include "cli/testing/fozzy_folder.h"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "backends/host/host_proc.h"
#include "cli/file.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

constexpr Millis kLimit = 100'000;

}  // namespace

FozzyFolder::FozzyFolder() : path_("/tmp/fozzy-folder-XXXXXX") {
  FOZZY_CHECK(mkdtemp(path_.data()) != nullptr);
}

FozzyFolder::~FozzyFolder() { std::filesystem::remove_all(path_); }

std::string FozzyFolder::PathOf(absl::string_view name) const {
  return absl::StrCat(path_, "/", name);
}

void FozzyFolder::Write(absl::string_view name,
                        absl::string_view content) const {
  FOZZY_CHECK(WriteFile(PathOf(name), content).ok());
}

std::vector<std::string> FozzyFolder::Names() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path_)) {
    names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

ProcResult FozzyFolder::Run(const std::vector<std::string>& args,
                            const std::vector<std::string>& variables) const {
  HostProcOptions options;
  options.cwd = path_;
  options.env = variables;
  ProcResult result = HostProc(options).Spawn({FOZZY_PROGRAM, args, kLimit});
  FOZZY_CHECK(result.end == ProcResult::End::kExited);
  return result;
}

std::string StepsScenario(const std::vector<std::string>& steps) {
  return absl::StrCat(R"({"version": 1, "name": "s", "steps": [)",
                      absl::StrJoin(steps, ",\n"), "]}");
}

}  // namespace fozzy
