#include <errno.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/finding_text.h"
#include "cli/handlers.h"
#include "cli/host_world.h"
#include "cli/run_setup.h"
#include "scenarios/compare.h"
#include "scenarios/json_writer.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr absl::string_view kBackends = "virtual,host";

// An empty folder that is removed with all it holds.
class ScratchFolder {
 public:
  ScratchFolder() = default;
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }

  // Errors: INVALID_ARGUMENT with the path and the reason.
  absl::Status Make() {
    std::error_code error;
    std::string path =
        std::filesystem::temp_directory_path(error) / "fozzy-compare-XXXXXX";
    if (error) return FileError("use", "the folder in TMPDIR", error.value());
    if (mkdtemp(path.data()) == nullptr) return FileError("make", path, errno);
    path_ = std::move(path);
    return absl::OkStatus();
  }

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

absl::Status CheckBackends(const Context& context) {
  const std::string pair =
      context.args.Text("--backends").value_or(std::string(kBackends));
  if (pair == kBackends) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("found --backends \"", pair, "\", expected ", kBackends));
}

RunConfig VirtualConfig(const Context& context) {
  RunConfig config;
  config.is_det = true;  // how long things take is not compared
  config.seed = context.args.U64("--seed").value_or(0);
  config.timeout = context.args.Duration("--timeout");
  return config;
}

absl::StatusOr<Comparison> Compare(const Scenario& scenario,
                                   const RunConfig& scripted) {
  RunConfig live = scripted;
  const BackendUse use = BackendsUsedBy(scenario);
  live.has_host_proc = use.has_proc;
  live.has_host_fs = use.has_fs;
  live.has_host_http = use.has_http;
  ScratchFolder folder;
  FOZZY_RETURN_IF_ERROR(folder.Make());
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<HostWorld> none,
                         HostWorld::Make(scripted));
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<HostWorld> world,
                         HostWorld::Make(live, folder.path()));
  return CompareRuns(scenario, {&scripted, none->host()},
                     {&live, world->host()});
}

// Where a difference is, as far as it has a place.
FindingPlace PlaceOf(const Scenario& scenario, const Difference& difference) {
  FindingPlace place;
  place.file = scenario.path();
  if (!difference.step) return place;
  place.step = *difference.step;
  const Position position =
      scenario.LocationOf(static_cast<uint32_t>(*difference.step)).position;
  place.line = position.line;
  place.column = position.column;
  return place;
}

void WriteDifference(JsonWriter& json, const Difference& difference,
                     const FindingPlace& place) {
  json.Key("firstDifference").BeginObject();
  if (place.step) json.Key("step").Uint(*place.step);
  json.Key("location").BeginObject();
  json.Key("file").String(place.file);
  if (place.step) {
    json.Key("line").Uint(place.line);
    json.Key("column").Uint(place.column);
    json.Key("col").Uint(place.column);
  }
  json.EndObject();
  json.Key("virtual").String(difference.left);
  json.Key("host").String(difference.right);
  json.EndObject();
}

std::string Document(const Scenario& scenario, uint64_t seed,
                     const Comparison& comparison) {
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  json.Key("same").Bool(!comparison.difference.has_value());
  json.Key("scenario").String(scenario.path());
  json.Key("seed").Uint(seed);
  json.Key("backends").BeginArray().String("virtual").String("host").EndArray();
  json.Key("steps").Uint(comparison.steps);
  if (comparison.difference) {
    WriteDifference(json, *comparison.difference,
                    PlaceOf(scenario, *comparison.difference));
  }
  json.EndObject();
  return json.Take();
}

std::string Text(const Scenario& scenario, const Comparison& comparison,
                 const Output& output) {
  if (!comparison.difference) {
    return absl::StrCat(output.Paint(Color::kGreen, "same"), ": ",
                        scenario.path(), ", ", comparison.steps,
                        " steps with virtual and host backends\n");
  }
  const Difference& difference = *comparison.difference;
  FindingDoc doc;
  doc.place = PlaceOf(scenario, difference);
  std::string text = absl::StrCat(output.Paint(Color::kRed, "different"), ": ",
                                  PlaceText(doc));
  if (difference.step) absl::StrAppend(&text, " (step ", *difference.step, ")");
  absl::StrAppend(&text, "\n  virtual: ", difference.left,
                  "\n  host:    ", difference.right, "\n");
  return text;
}

}  // namespace

int CmdCompare(Context& context) {
  Output& output = context.output;
  const absl::Status pair = CheckBackends(context);
  if (!pair.ok()) return output.Fail(pair);
  const absl::StatusOr<LoadedScenario> loaded =
      LoadScenario(context, context.args.positionals()[0]);
  if (!loaded.ok()) return output.Fail(loaded.status());
  for (const std::string& warning : loaded->warnings) {
    output.Note(absl::StrCat("warning: ", warning));
  }
  const Scenario& scenario = loaded->scenario;
  const RunConfig config = VirtualConfig(context);
  const absl::StatusOr<Comparison> comparison = Compare(scenario, config);
  if (!comparison.ok()) return output.Fail(comparison.status());
  if (output.is_json()) {
    output.Json(Document(scenario, config.seed, *comparison));
  } else {
    output.Text(Text(scenario, *comparison, output));
  }
  return comparison->difference ? kExitFinding : kExitOk;
}

}  // namespace fozzy
