#include "cli/dispatch.h"

#include <unistd.h>

#include <cerrno>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "backends/host/interrupts.h"
#include "cli/args.h"
#include "cli/command_lookup.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/help.h"
#include "cli/version_text.h"
#include "scenarios/config_file.h"
#include "scenarios/json_writer.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// Goes where --cwd says and reads the configuration there.
absl::StatusOr<ConfigFile> SetUp(const ParsedArgs& args) {
  if (args.Has("--strict") && args.Has("--unsafe")) {
    return absl::InvalidArgumentError(
        "--strict and --unsafe contradict each other");
  }
  if (const auto folder = args.Text("--cwd")) {
    if (chdir(folder->c_str()) != 0) {
      return FileError("work in", *folder, errno);
    }
  }
  const auto path = args.Text("--config");
  if (path && !Exists(*path)) return FileError("read", *path, ENOENT);
  return ReadConfigFile(path.value_or("fozzy.toml"));
}

int Run(const ParsedArgs& args, const CommandTable& table, Output& output) {
  const absl::StatusOr<ConfigFile> config = SetUp(args);
  if (!config.ok()) return output.Fail(config.status());
  Context context{args, table, *config, output};
  return args.command()->run(context);
}

}  // namespace

int Dispatch(std::span<const std::string> args, const CommandTable& table,
             Output& output) {
  const absl::StatusOr<ParsedArgs> parsed = ParseArgs(args, table);
  int code = kExitUsage;
  if (!parsed.ok()) {
    code = output.Fail(parsed.status());
  } else if (parsed->command() == nullptr || parsed->Has("--help") ||
             parsed->Has("--version")) {
    code = Introduce(*parsed, table, output);
  } else {
    code = Run(*parsed, table, output);
    if (Interrupts::HaveCome()) code = Interrupts::ExitCode();
  }
  const absl::Status flushed = output.Flush();
  if (flushed.ok()) return code;
  output.Note(absl::StrCat("fozzy: ", flushed.message()));
  return code == kExitOk ? kExitUsage : code;
}

int Introduce(const ParsedArgs& args, const CommandTable& table,
              Output& output) {
  if (args.Has("--version")) {
    PrintVersion(output);
    return kExitOk;
  }
  const Command* command = args.command();
  if (args.Has("--help")) {
    PrintHelp(command != nullptr     ? CommandHelp(*command)
              : args.group().empty() ? Overview(table)
                                     : GroupHelp(table, args.group()),
              output);
    return kExitOk;
  }
  if (args.group().empty()) {
    return output.Fail(
        absl::InvalidArgumentError("no command, see fozzy --help"));
  }
  return output.Fail(absl::InvalidArgumentError(absl::StrCat(
      args.group(), " needs one of ", SecondWords(table, args.group()))));
}

void PrintHelp(absl::string_view help, Output& output) {
  if (!output.is_json()) return output.Text(help);
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  json.Key("help").String(help);
  json.EndObject();
  output.Json(json.Take());
}

}  // namespace fozzy
