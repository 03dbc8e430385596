#include "cli/testing/run_program.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "backends/host/host_proc.h"
#include "cli/file.h"
#include "cli/json_query.h"
#include "scenarios/json_writer.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

constexpr Millis kLimit = 60'000;

Outcome Spawn(const std::string& program, const std::vector<std::string>& args,
              const std::vector<std::string>& env) {
  HostProcOptions options;
  options.env = env;
  HostProc proc(options);
  const ProcResult result = proc.Spawn({program, args, kLimit});
  FOZZY_CHECK(result.end != ProcResult::End::kNotStarted);
  FOZZY_CHECK(!result.is_cut);
  return {result.exit_code, result.out, result.err};
}

}  // namespace

std::string ProgramPath() { return FOZZY_PROGRAM; }

Outcome RunProgram(const std::vector<std::string>& args,
                   const std::vector<std::string>& env) {
  return Spawn(ProgramPath(), args, env);
}

Outcome RunProgram(const std::string& line) {
  return RunProgram(SplitWords(line));
}

Outcome RunShell(const std::string& script) {
  const std::string folder =
      std::filesystem::path(ProgramPath()).parent_path().string();
  const char* const path = getenv("PATH");
  return Spawn("/bin/sh", {"-c", script},
               {absl::StrCat("PATH=", folder, ":", path ? path : "")});
}

void WriteScenario(const std::string& path, const std::string& steps) {
  const std::filesystem::path file(path);
  if (file.has_parent_path()) {
    FOZZY_CHECK(MakeFolders(file.parent_path().string()).ok());
  }
  JsonWriter name(JsonWriter::Style::kCompact);
  name.String(file.stem().stem().string());
  const std::string text = absl::StrCat("{\"version\":1,\"name\":", name.Take(),
                                        ",\"steps\":[\n", steps, "\n]}\n");
  FOZZY_CHECK(WriteFile(path, text).ok());
}

std::string Get(const std::string& json, const std::string& path) {
  const absl::StatusOr<JsonDocument> document = JsonDocument::Parse(json);
  if (!document.ok()) return "no JSON";
  const auto found = QueryJson(*document, path);
  if (!found.ok()) return "";
  return absl::StrJoin(
      *found, "\n", [&](std::string* out, const JsonNode* node) {
        absl::StrAppend(out, node->kind == JsonNode::Kind::kText
                                 ? node->view()
                                 : document->Raw(*node));
      });
}

std::vector<std::string> FilesBelow(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    const std::string path = entry.path().string();
    if (!entry.is_directory()) {
      files.push_back(path);
    } else if (std::filesystem::is_empty(entry.path())) {
      files.push_back(path + "/");
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace fozzy
