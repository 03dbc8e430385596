#include <string>

#include "absl/strings/str_cat.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "scenarios/cluster_system.h"
#include "scenarios/distributed_table.h"
#include "scenarios/json_writer.h"
#include "scenarios/step_table.h"

namespace fozzy {
namespace {

constexpr char kStepsExample[] =
    R"({"version":1,"name":"example","steps":[{"type":"assert_ok","value":true}]})";
constexpr char kDistributedExample[] =
    R"({"version":1,"name":"example","distributed":{"node_count":3,"steps":[{"type":"client_put","node":"n0","key":"k","value":"v"}],"invariants":[{"type":"kv_all_equal","key":"k"}]}})";

// In the order of FieldType.
constexpr absl::string_view kFieldTypes[] = {"bool",
                                             "u16",
                                             "i32",
                                             "i64",
                                             "u64",
                                             "number",
                                             "string",
                                             "duration",
                                             "any JSON",
                                             "object",
                                             "array of strings",
                                             "object of strings",
                                             "array of steps"};

void WriteNames(StepTable table, JsonWriter& json) {
  json.BeginArray();
  for (const StepSpec& spec : table) json.String(spec.name);
  json.EndArray();
}

void WriteFields(const StepSpec& spec, bool are_required, JsonWriter& json) {
  json.BeginArray();
  if (are_required) json.String("type");
  for (const FieldSpec& field : spec.fields) {
    const bool is_required = field.presence == Presence::kRequired;
    if (is_required == are_required) json.String(field.name);
  }
  json.EndArray();
}

void WriteSchemas(StepTable table, JsonWriter& json) {
  json.BeginObject();
  for (const StepSpec& spec : table) {
    json.Key(spec.name).BeginObject();
    json.Key("requiredFields");
    WriteFields(spec, true, json);
    json.Key("optionalFields");
    WriteFields(spec, false, json);
    json.Key("fieldTypes").BeginObject();
    for (const FieldSpec& field : spec.fields) {
      json.Key(field.name).String(kFieldTypes[static_cast<size_t>(field.type)]);
    }
    json.EndObject();
    json.Key("example").Raw(spec.example);
    json.Key("notes").String(spec.help);
    json.EndObject();
  }
  json.EndObject();
}

void WriteVariant(absl::string_view name, absl::string_view key,
                  absl::string_view example, JsonWriter& json) {
  json.BeginObject();
  json.Key("name").String(name);
  json.Key("requiredTopLevelKeys").BeginArray();
  json.String("version").String("name").String(key).EndArray();
  json.Key("minimalExample").Raw(example);
  json.EndObject();
}

std::string Document() {
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  json.Key("schemaVersion").String("fozzy.schema_doc.v4");
  json.Key("fileVariants").BeginArray();
  WriteVariant("steps", "steps", kStepsExample, json);
  WriteVariant("distributed", "distributed", kDistributedExample, json);
  json.EndArray();
  json.Key("stepTypes");
  WriteNames(Steps(), json);
  json.Key("distributedStepTypes");
  WriteNames(DistributedSteps(), json);
  json.Key("distributedInvariantTypes");
  WriteNames(Invariants(), json);
  json.Key("distributedSystems").BeginArray();
  for (const ClusterSystemInfo& system : kClusterSystems) {
    json.String(system.name);
  }
  json.EndArray();
  json.Key("stepSchemas");
  WriteSchemas(Steps(), json);
  json.Key("distributedStepSchemas");
  WriteSchemas(DistributedSteps(), json);
  json.Key("distributedInvariantSchemas");
  WriteSchemas(Invariants(), json);
  json.EndObject();
  return json.Take();
}

std::string TextOf(StepTable table) {
  std::string text;
  for (const StepSpec& spec : table) {
    absl::StrAppend(&text, "  ", spec.name, ": ", spec.help, "\n");
    for (const FieldSpec& field : spec.fields) {
      absl::StrAppend(&text, "      ", field.name,
                      field.presence == Presence::kRequired ? "" : "?", "  ",
                      kFieldTypes[static_cast<size_t>(field.type)], "\n");
    }
    absl::StrAppend(&text, "      ", spec.example, "\n");
  }
  return text;
}

}  // namespace

int CmdSchema(Context& context) {
  if (context.output.is_json()) {
    context.output.Json(Document());
    return kExitOk;
  }
  std::string systems;
  for (const ClusterSystemInfo& system : kClusterSystems) {
    absl::StrAppend(&systems, "  ", system.name, ": ", system.help, "\n");
  }
  context.output.Text(
      absl::StrCat("Steps\n", TextOf(Steps()), "\nDistributed steps\n",
                   TextOf(DistributedSteps()), "\nInvariants\n",
                   TextOf(Invariants()), "\nDistributed systems\n", systems));
  return kExitOk;
}

}  // namespace fozzy
