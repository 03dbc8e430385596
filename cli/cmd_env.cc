#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/backend_choice.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/version.h"
#include "scenarios/json_writer.h"

namespace fozzy {
namespace {

// One part of the world that steps act on.
struct Capability {
  absl::string_view name;
  absl::string_view backend;
  bool is_deterministic = true;
};

Capability Choose(absl::string_view name, bool is_host,
                  absl::string_view simulated) {
  return {name, is_host ? "host" : simulated, !is_host};
}

// Sorted by name.
std::vector<Capability> Capabilities(const BackendChoice& choice) {
  return {Choose("fs", choice.has_host_fs, "virtual_overlay"),
          Choose("http", choice.has_host_http, "scripted"),
          {"memory", "deterministic_allocator"},
          {"net", "simulated"},
          Choose("proc", choice.has_host_proc, "scripted"),
          {"rng", "chacha20"},
          {"time", "virtual"}};
}

std::string EnvJson(const std::vector<Capability>& capabilities) {
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  json.Key("os").String("linux");
  json.Key("arch").String("x86_64");
  json.Key("fozzy").BeginObject();
  json.Key("version").String(kVersion);
  if (kCommit[0] != '\0') json.Key("commit").String(kCommit);
  json.EndObject();
  json.Key("capabilities").BeginObject();
  for (const Capability& capability : capabilities) {
    json.Key(capability.name).BeginObject();
    json.Key("backend").String(capability.backend);
    json.Key("deterministic").Bool(capability.is_deterministic);
    json.EndObject();
  }
  json.EndObject();
  json.EndObject();
  return json.Take();
}

}  // namespace

int CmdEnv(Context& context) {
  const std::vector<Capability> capabilities =
      Capabilities(ChooseBackends(context.args, context.config));
  if (context.output.is_json()) {
    context.output.Json(EnvJson(capabilities));
    return kExitOk;
  }
  context.output.Text(absl::StrCat("fozzy ", kVersion, ", linux, x86_64\n"));
  for (const Capability& capability : capabilities) {
    context.output.Text(absl::StrCat(
        capability.name, ": ", capability.backend,
        capability.is_deterministic ? "" : ", not deterministic", "\n"));
  }
  return kExitOk;
}

}  // namespace fozzy
