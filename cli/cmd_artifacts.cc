#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "backends/host/host_clock.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/handlers.h"
#include "cli/run_store.h"
#include "cli/zip.h"
#include "scenarios/json_writer.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

struct Artifact {
  absl::string_view kind;
  std::string path;
  std::string name;  // without its folder
  uint64_t bytes = 0;
};

struct KindOfName {
  absl::string_view name;
  absl::string_view kind;
};

constexpr KindOfName kKinds[] = {
    {"events.json", "events"},     {"junit.xml", "junit"},
    {"manifest.json", "manifest"}, {"report.html", "html"},
    {"report.json", "report"},     {"timeline.json", "timeline"},
};

absl::string_view KindOf(absl::string_view name) {
  if (absl::EndsWith(name, ".fozzy")) return "trace";
  for (const KindOfName& kind : kKinds) {
    if (kind.name == name) return kind.kind;
  }
  return "other";
}

absl::string_view BaseName(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? path : path.substr(slash + 1);
}

// Returns the files of a run and, if it was recorded elsewhere, its trace.
absl::StatusOr<std::vector<Artifact>> ArtifactsOf(const Context& context) {
  const RunStore store(context.base_dir());
  FOZZY_ASSIGN_OR_RETURN(const RunRef run,
                         store.Find(context.args.positionals()[0]));
  std::vector<Artifact> artifacts;
  if (!run.folder.empty()) {
    FOZZY_ASSIGN_OR_RETURN(const std::vector<FileInfo> files,
                           ListFiles(run.folder));
    for (const FileInfo& file : files) {
      artifacts.push_back({KindOf(file.name),
                           absl::StrCat(run.folder, "/", file.name), file.name,
                           file.bytes});
    }
  }
  const std::string& trace = run.trace_path;
  const bool is_elsewhere =
      !trace.empty() &&
      (run.folder.empty() || !absl::StartsWith(trace, run.folder + "/"));
  if (is_elsewhere) {
    FOZZY_ASSIGN_OR_RETURN(const uint64_t bytes, FileBytes(trace));
    artifacts.push_back({"trace", trace, std::string(BaseName(trace)), bytes});
  }
  return artifacts;
}

absl::Status ExportZip(const std::vector<Artifact>& artifacts,
                       const std::string& path) {
  Zip zip;
  for (const Artifact& artifact : artifacts) {
    FOZZY_ASSIGN_OR_RETURN(const std::string content, ReadFile(artifact.path));
    FOZZY_RETURN_IF_ERROR(zip.Add(artifact.name, content));
  }
  return WriteFile(path, zip.Take());
}

absl::Status ExportFolder(const std::vector<Artifact>& artifacts,
                          const std::string& folder) {
  FOZZY_RETURN_IF_ERROR(MakeFolders(folder));
  for (const Artifact& artifact : artifacts) {
    FOZZY_ASSIGN_OR_RETURN(const std::string content, ReadFile(artifact.path));
    FOZZY_RETURN_IF_ERROR(
        WriteFile(absl::StrCat(folder, "/", artifact.name), content));
  }
  return absl::OkStatus();
}

// Returns {"type":...} with the members that `write` adds.
template <typename Write>
std::string Document(absl::string_view type, Write write) {
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  json.Key("type").String(type);
  write(json);
  json.EndObject();
  return json.Take();
}

std::string ListJson(const std::vector<Artifact>& artifacts) {
  return Document("list", [&artifacts](JsonWriter& json) {
    json.Key("entries").BeginArray();
    for (const Artifact& artifact : artifacts) {
      json.BeginObject();
      json.Key("kind").String(artifact.kind);
      json.Key("path").String(artifact.path);
      json.Key("sizeBytes").Uint(artifact.bytes);
      json.EndObject();
    }
    json.EndArray();
  });
}

}  // namespace

int CmdArtifactsLs(Context& context) {
  const auto artifacts = ArtifactsOf(context);
  if (!artifacts.ok()) return context.output.Fail(artifacts.status());
  if (context.output.is_json()) {
    context.output.Json(ListJson(*artifacts));
    return kExitOk;
  }
  for (const Artifact& artifact : *artifacts) {
    context.output.Text(absl::StrCat(artifact.kind, "\t", artifact.bytes, "\t",
                                     artifact.path, "\n"));
  }
  return kExitOk;
}

int CmdArtifactsExport(Context& context) {
  Output& output = context.output;
  const auto target = context.args.Text("--out");
  if (!target || target->empty()) {
    return output.Fail(absl::InvalidArgumentError(
        "artifacts export needs --out: a folder, or a file NAME.zip"));
  }
  const auto artifacts = ArtifactsOf(context);
  if (!artifacts.ok()) return output.Fail(artifacts.status());
  const absl::Status status = absl::EndsWith(*target, ".zip")
                                  ? ExportZip(*artifacts, *target)
                                  : ExportFolder(*artifacts, *target);
  if (!status.ok()) return output.Fail(status);
  output.Text(absl::StrCat("exported ", artifacts->size(), " files to ",
                           *target, "\n"));
  if (output.is_json()) {
    output.Json(Document("exported", [&](JsonWriter& json) {
      json.Key("path").String(*target);
      json.Key("files").Uint(artifacts->size());
    }));
  }
  return kExitOk;
}

int CmdArtifactsPrune(Context& context) {
  Output& output = context.output;
  RunStore::PruneOptions options;
  options.keep = context.args.U64("--keep");
  options.older_than_ms = context.args.Duration("--older-than");
  options.now_unix_ns = UnixNs();
  if (!options.keep && !options.older_than_ms) {
    return output.Fail(absl::InvalidArgumentError(
        "artifacts prune needs --keep N, --older-than DURATION or "
        "both"));
  }
  const auto pruned = RunStore(context.base_dir()).Prune(options);
  if (!pruned.ok()) return output.Fail(pruned.status());
  output.Text(absl::StrCat("deleted ", pruned->deleted, " runs, kept ",
                           pruned->kept, "\n"));
  if (output.is_json()) {
    output.Json(Document("pruned", [&](JsonWriter& json) {
      json.Key("deleted").Uint(pruned->deleted);
      json.Key("kept").Uint(pruned->kept);
    }));
  }
  return kExitOk;
}

}  // namespace fozzy
