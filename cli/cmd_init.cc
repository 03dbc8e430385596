#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/handlers.h"
#include "cli/init_files.h"
#include "scenarios/json_writer.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// Nothing is written if anything is in the way.
absl::Status WriteInitFiles(bool is_forced) {
  for (const InitFile& file : InitFiles()) {
    if (!is_forced && Exists(std::string(file.path))) {
      return absl::InvalidArgumentError(
          absl::StrCat(file.path, " exists, use --force to overwrite it"));
    }
  }
  FOZZY_RETURN_IF_ERROR(MakeFolders("tests"));
  for (const InitFile& file : InitFiles()) {
    FOZZY_RETURN_IF_ERROR(WriteFile(std::string(file.path), file.content));
  }
  return absl::OkStatus();
}

}  // namespace

int CmdInit(Context& context) {
  const absl::Status status = WriteInitFiles(context.args.Has("--force"));
  if (!status.ok()) return context.output.Fail(status);
  if (context.output.is_json()) {
    JsonWriter json(JsonWriter::Style::kPretty);
    json.BeginObject();
    json.Key("ok").Bool(true);
    json.Key("files").BeginArray();
    for (const InitFile& file : InitFiles()) json.String(file.path);
    json.EndArray();
    json.EndObject();
    context.output.Json(json.Take());
    return kExitOk;
  }
  for (const InitFile& file : InitFiles()) {
    context.output.Text(absl::StrCat("wrote ", file.path, "\n"));
  }
  context.output.Text("next: fozzy test --det\n");
  return kExitOk;
}

}  // namespace fozzy
