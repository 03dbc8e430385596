#include "cli/run_store.h"

#include <sys/stat.h>

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/file.h"
#include "cli/json_document.h"
#include "cli/report_json.h"
#include "cli/run_id.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr int64_t kNsPerMs = 1'000'000;

// Whether the run is one that `selector`, a word, asks for.
bool IsWanted(absl::string_view selector, absl::string_view status) {
  if (selector == "latest") return true;
  return (selector == "last-pass") == (status == "pass");
}

bool IsWord(absl::string_view selector) {
  return selector == "latest" || selector == "last-pass" ||
         selector == "last-fail";
}

// Returns the trace the manifest in `folder` names, or "".
std::string TraceOfManifest(const std::string& folder) {
  const auto text = ReadFile(absl::StrCat(folder, "/manifest.json"));
  if (!text.ok()) return {};
  const auto manifest = JsonDocument::Parse(*text);
  if (!manifest.ok()) return {};
  const std::string path = TextMember(manifest->root(), "tracePath");
  return Exists(path) ? path : std::string();
}

bool IsOld(const RunEntry& entry, const RunStore::PruneOptions& options) {
  if (!options.older_than_ms) return true;
  const int64_t age = options.now_unix_ns - entry.finished_unix_ns;
  return age > 0 &&
         static_cast<uint64_t>(age / kNsPerMs) >= *options.older_than_ms;
}

absl::Status RemoveFolder(const std::string& folder) {
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  if (!error) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("cannot delete ", folder, ": ", error.message()));
}

}  // namespace

std::string RunStore::FolderOf(absl::string_view run_id) const {
  return absl::StrCat(base_dir_, "/runs/", run_id);
}

std::string RunStore::ReportPathOf(absl::string_view run_id) const {
  return absl::StrCat(FolderOf(run_id), "/report.json");
}

std::string RunStore::IndexPath() const {
  return absl::StrCat(base_dir_, "/runs.jsonl");
}

// A line of the log outlives its run if someone deletes the folder by hand.
bool RunStore::IsKept(const RunEntry& entry) const {
  return IsRunIdPrefix(entry.run_id) && Exists(FolderOf(entry.run_id));
}

absl::Status RunStore::Create(absl::string_view run_id) const {
  const bool is_new = !Exists(base_dir_);
  FOZZY_RETURN_IF_ERROR(MakeFolders(FolderOf(run_id)));
  if (!is_new) return absl::OkStatus();
  return WriteFile(absl::StrCat(base_dir_, "/.gitignore"), "*\n");
}

absl::Status RunStore::Keep(const RunSummaryDoc& summary) const {
  const std::string& id = summary.identity.run_id;
  FOZZY_RETURN_IF_ERROR(Create(id));
  FOZZY_RETURN_IF_ERROR(WriteFile(
      ReportPathOf(id), SummaryJson(summary, JsonWriter::Style::kCompact)));
  FOZZY_RETURN_IF_ERROR(WriteFile(absl::StrCat(FolderOf(id), "/manifest.json"),
                                  ManifestJson(summary)));
  RunEntry entry;
  entry.run_id = id;
  entry.mode = summary.mode;
  entry.status = summary.status;
  entry.seed = summary.identity.seed;
  // Not the virtual end, which may be years away.
  entry.finished_unix_ns =
      summary.started_unix_ns + static_cast<int64_t>(summary.wall_ns);
  return AppendRun(IndexPath(), entry);
}

RunRef RunStore::Refer(absl::string_view run_id) const {
  RunRef run;
  run.run_id = std::string(run_id);
  run.folder = FolderOf(run_id);
  const std::string trace = absl::StrCat(run.folder, "/trace.fozzy");
  run.trace_path = Exists(trace) ? trace : TraceOfManifest(run.folder);
  return run;
}

absl::StatusOr<RunRef> RunStore::Find(const std::string& selector) const {
  if (IsWord(selector)) {
    std::string found;
    FOZZY_RETURN_IF_ERROR(VisitRuns(IndexPath(), [&](const RunEntry& entry) {
      if (!IsWanted(selector, entry.status) || !IsKept(entry)) return true;
      found = entry.run_id;
      return false;
    }));
    if (!found.empty()) return Refer(found);
    return absl::NotFoundError(
        absl::StrCat("no run in ", base_dir_, " is ", selector));
  }
  if (IsRunIdPrefix(selector)) {
    if (Exists(FolderOf(selector))) return Refer(selector);
    return FindByPrefix(selector);
  }
  struct stat info = {};
  if (stat(selector.c_str(), &info) == 0) {
    if (S_ISREG(info.st_mode)) return RunRef{"", "", selector};
    return absl::InvalidArgumentError(
        absl::StrCat(selector, " is no file, expected a trace or a run"));
  }
  if (absl::EndsWith(selector, ".fozzy")) {
    return absl::NotFoundError(absl::StrCat("no trace ", selector));
  }
  return absl::NotFoundError(
      absl::StrCat("found \"", selector,
                   "\", expected a run id, latest, last-pass, last-fail or "
                   "the path of a trace"));
}

absl::StatusOr<RunRef> RunStore::FindByPrefix(absl::string_view prefix) const {
  std::vector<std::string> found;
  FOZZY_RETURN_IF_ERROR(VisitRuns(IndexPath(), [&](const RunEntry& entry) {
    if (absl::StartsWith(entry.run_id, prefix) && IsKept(entry)) {
      found.push_back(entry.run_id);
    }
    return found.size() < 2;
  }));
  if (found.size() == 1) return Refer(found[0]);
  if (found.empty()) {
    return absl::NotFoundError(
        absl::StrCat("no run in ", base_dir_, " begins with ", prefix));
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "several runs begin with ", prefix, ": ", found[0], ", ", found[1]));
}

absl::StatusOr<std::string> RunStore::FindTrace(
    const std::string& selector) const {
  FOZZY_ASSIGN_OR_RETURN(const RunRef run, Find(selector));
  if (!run.trace_path.empty()) return run.trace_path;
  // A test keeps a trace of each scenario that failed.
  std::vector<std::string> traces;
  FOZZY_ASSIGN_OR_RETURN(const std::vector<FileInfo> files,
                         ListFiles(run.folder));
  for (const FileInfo& file : files) {
    if (!absl::EndsWith(file.name, ".fozzy")) continue;
    traces.push_back(absl::StrCat(run.folder, "/", file.name));
  }
  if (traces.size() == 1) return traces[0];
  if (traces.empty()) {
    return absl::NotFoundError(absl::StrCat(
        "run ", run.run_id, " kept no trace, record it with --record"));
  }
  return absl::NotFoundError(absl::StrCat(
      "run ", run.run_id, " kept ", traces.size(),
      " traces, one for each scenario that failed; name the one you mean, ",
      traces[0], " say"));
}

absl::StatusOr<RunStore::Pruned> RunStore::Prune(
    const PruneOptions& options) const {
  Pruned pruned;
  std::vector<std::string> folders;
  if (!Exists(IndexPath())) return pruned;
  FOZZY_RETURN_IF_ERROR(FilterRuns(IndexPath(), [&](const RunEntry& entry) {
    if (!IsKept(entry)) return false;
    const bool is_latest = options.keep && pruned.kept < *options.keep;
    if (is_latest || !IsOld(entry, options)) {
      ++pruned.kept;
      return true;
    }
    folders.push_back(FolderOf(entry.run_id));
    return false;
  }));
  // Out of the log first: whoever asks for a run now does not get a half one.
  for (const std::string& folder : folders) {
    FOZZY_RETURN_IF_ERROR(RemoveFolder(folder));
    ++pruned.deleted;
  }
  return pruned;
}

}  // namespace fozzy
