#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/command_lookup.h"
#include "cli/context.h"
#include "cli/dispatch.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/help.h"
#include "cli/man_page.h"
#include "cli/version.h"
#include "scenarios/json_writer.h"

namespace fozzy {

int CmdHelp(Context& context) {
  const absl::StatusOr<CommandMatch> match =
      FindCommand(context.table, context.args.positionals());
  if (!match.ok()) return context.output.Fail(match.status());
  PrintHelp(match->command != nullptr ? CommandHelp(*match->command)
            : match->group.empty()    ? Overview(context.table)
                                      : GroupHelp(context.table, match->group),
            context.output);
  return kExitOk;
}

int CmdMan(Context& context) {
  const absl::StatusOr<CommandMatch> match =
      FindCommand(context.table, context.args.positionals());
  if (!match.ok()) return context.output.Fail(match.status());
  PrintHelp(match->command != nullptr
                ? CommandManPage(*match->command, kVersion)
                : MainManPage(context.table, kVersion),
            context.output);
  return kExitOk;
}

int CmdUsage(Context& context) {
  if (!context.output.is_json()) {
    context.output.Text(UsageText(context.table));
    return kExitOk;
  }
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  json.Key("commands").BeginArray();
  for (const Command& command : context.table.commands) {
    if (command.is_hidden) continue;
    json.BeginObject();
    json.Key("name").String(command.name);
    json.Key("usage").String(Synopsis(command));
    json.Key("help").String(command.help);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  context.output.Json(json.Take());
  return kExitOk;
}

}  // namespace fozzy
