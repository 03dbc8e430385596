#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/handlers.h"
#include "kernels/compiler/eight_kernels.h"
#include "kernels/compiler/lowering/report.h"
#include "kernels/compiler/program.h"
#include "scenarios/json_writer.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

using compiler::Backend;
using compiler::FastPath;
using compiler::Kernel;
using compiler::Program;
using compiler::ProgramOptions;

constexpr absl::string_view kKernelSuffix = ".fk";

// There is no world here that kernels may call into.
class NoHost final : public compiler::Host {
 public:
  bool Call(const std::string&, const std::vector<compiler::HostValue>&,
            int64_t&) override {
    return false;
  }
};

// The text of a kernel and what it is called with unless told.
struct Source {
  std::string text;
  std::string function;  // empty: the last
  std::vector<int64_t> arguments;
};

absl::StatusOr<Source> Find(const std::string& name) {
  if (absl::EndsWith(name, kKernelSuffix)) {
    FOZZY_ASSIGN_OR_RETURN(std::string text, ReadFile(name));
    return Source{std::move(text), "", {}};
  }
  for (const Kernel& kernel : compiler::kEightKernels) {
    if (kernel.name != name) continue;
    return Source{std::string(kernel.source), name, {compiler::kKernelTurns}};
  }
  return absl::NotFoundError(
      absl::StrCat("there is no kernel ", name,
                   "; fozzy kernels list prints those there are, a file ends "
                   "in ",
                   kKernelSuffix));
}

std::string BackendName(const Context& context) {
  return context.args.Text("--backend").value_or("vm");
}

std::string FastPathName(const Context& context) {
  return context.args.Text("--perf-fastpath").value_or("on");
}

// What all commands about a kernel have.
ProgramOptions LoweringOf(const Context& context) {
  const std::string path = FastPathName(context);
  ProgramOptions options;
  options.lowering.fast_path = path == "off"     ? FastPath::kOff
                               : path == "force" ? FastPath::kForce
                                                 : FastPath::kOn;
  options.lowering.trusts_bounds =
      context.args.Text("--bounds").value_or("strict") == "trusted";
  return options;
}

Backend BackendOf(const Context& context) {
  const std::string backend = BackendName(context);
  if (backend == "interp") return Backend::kInterp;
  return backend == "llvm" ? Backend::kLlvm : Backend::kVm;
}

absl::StatusOr<std::vector<int64_t>> ArgumentsOf(const Context& context,
                                                 const Source& source,
                                                 size_t arity) {
  std::vector<int64_t> arguments = source.arguments;
  const std::string text = context.args.Text("--args").value_or("");
  if (!text.empty()) {
    arguments.clear();
    for (const absl::string_view word : absl::StrSplit(text, ',')) {
      int64_t number = 0;
      if (!absl::SimpleAtoi(word, &number)) {
        return absl::InvalidArgumentError(
            absl::StrCat("--args: expected integers, found '", word, "'"));
      }
      arguments.push_back(number);
    }
  }
  if (arguments.size() != arity) {
    return absl::InvalidArgumentError(
        absl::StrCat("the kernel takes ", arity, " numbers, found ",
                     arguments.size(), "; give them with --args 1,2"));
  }
  return arguments;
}

std::string ReportOf(const Program& program, bool is_json) {
  const auto reports = compiler::ReportLowering(program.ir());
  return is_json ? compiler::ReportJson(reports)
                 : compiler::ReportText(reports);
}

void PrintOutcome(Context& context, const std::string& name,
                  const Program& program, const compiler::Outcome& outcome) {
  const bool has_failed = outcome.failure != compiler::Failure{};
  const bool wants_report = context.args.Has("--perf-lowering-report");
  if (context.output.is_json()) {
    JsonWriter json(JsonWriter::Style::kPretty);
    json.BeginObject();
    json.Key("kernel").String(name);
    json.Key("backend").String(BackendName(context));
    json.Key("perfFastpath").String(FastPathName(context));
    json.Key("status").String(has_failed ? "fail" : "pass");
    if (has_failed) json.Key("failure").String(outcome.failure.Text());
    // As text: readers of JSON may keep 53 bits only.
    if (!has_failed) json.Key("result").String(absl::StrCat(outcome.result));
    if (wants_report) json.Key("lowering").Raw(ReportOf(program, true));
    json.EndObject();
    context.output.Json(json.Take());
    return;
  }
  context.output.Text(absl::StrCat(
      name, ": ",
      has_failed ? outcome.failure.Text() : absl::StrCat(outcome.result),
      "\n"));
  if (wants_report) context.output.Text(ReportOf(program, false));
}

absl::StatusOr<int> Run(Context& context) {
  const std::string& name = context.args.positionals().front();
  FOZZY_ASSIGN_OR_RETURN(const Source source, Find(name));
  ProgramOptions options = LoweringOf(context);
  options.backend = BackendOf(context);
  options.function = source.function;
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<Program> program,
                         Program::Make(source.text, options));
  FOZZY_ASSIGN_OR_RETURN(const std::vector<int64_t> arguments,
                         ArgumentsOf(context, source, program->arity()));
  NoHost host;
  const compiler::Outcome outcome = program->Run(arguments, host);
  PrintOutcome(context, name, *program, outcome);
  return outcome.failure == compiler::Failure{} ? kExitOk : kExitFinding;
}

absl::StatusOr<int> Report(Context& context) {
  const std::string& name = context.args.positionals().front();
  FOZZY_ASSIGN_OR_RETURN(const Source source, Find(name));
  // What is lowered is the same for all backends that run it.
  ProgramOptions options = LoweringOf(context);
  options.function = source.function;
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<Program> program,
                         Program::Make(source.text, options));
  if (context.output.is_json()) {
    context.output.Json(ReportOf(*program, true));
  } else {
    context.output.Text(ReportOf(*program, false));
  }
  return kExitOk;
}

int Finish(Context& context, const absl::StatusOr<int>& code) {
  return code.ok() ? *code : context.output.Fail(code.status());
}

}  // namespace

int CmdKernelsList(Context& context) {
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginArray();
  std::string text;
  for (const Kernel& kernel : compiler::kEightKernels) {
    const std::string name(kernel.name);
    json.BeginObject();
    json.Key("name").String(name);
    json.Key("turns").Int(compiler::kKernelTurns);
    json.Key("checksum").Int(kernel.checksum);
    json.EndObject();
    absl::StrAppend(&text, name, ": checksum ", kernel.checksum, "\n");
  }
  json.EndArray();
  if (context.output.is_json()) {
    context.output.Json(json.Take());
  } else {
    context.output.Text(text);
  }
  return kExitOk;
}

int CmdKernelsRun(Context& context) { return Finish(context, Run(context)); }

int CmdKernelsReport(Context& context) {
  return Finish(context, Report(context));
}

}  // namespace fozzy
