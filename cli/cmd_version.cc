#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/version.h"
#include "cli/version_text.h"
#include "scenarios/json_writer.h"

namespace fozzy {

void PrintVersion(Output& output) {
  const absl::string_view commit = kCommit;
  if (output.is_json()) {
    JsonWriter json(JsonWriter::Style::kPretty);
    json.BeginObject();
    json.Key("version").String(kVersion);
    if (!commit.empty()) json.Key("commit").String(commit);
    json.EndObject();
    return output.Json(json.Take());
  }
  const std::string suffix =
      commit.empty() ? "" : absl::StrCat(" (", commit, ")");
  output.Text(absl::StrCat("fozzy ", kVersion, suffix, "\n"));
}

int CmdVersion(Context& context) {
  PrintVersion(context.output);
  return kExitOk;
}

}  // namespace fozzy
