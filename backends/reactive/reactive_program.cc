#include "backends/reactive/reactive_program.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace fozzy {
namespace {

absl::string_view NameOf(ReactiveKind kind) {
  constexpr absl::string_view kNames[] = {
      "nothing",         "pause", "emit",     "try_emit", "await",
      "await_immediate", "do",    "parallel", "repeat",   "when",
      "watch",           "abort", "suspend",  "fork",     "join"};
  return kNames[static_cast<size_t>(kind)];
}

// Programs are as deep as their generator makes them.
void Append(const ReactiveNode& node, int depth, std::string* text) {
  absl::StrAppend(text, std::string(static_cast<size_t>(2 * depth), ' '),
                  NameOf(node.kind));
  switch (node.kind) {
    case ReactiveKind::kEmit:
    case ReactiveKind::kTryEmit:
      absl::StrAppend(text, " s", node.signal, " ", node.value,
                      node.adds_register ? " + register" : "");
      break;
    case ReactiveKind::kAwait:
    case ReactiveKind::kAwaitImmediate:
    case ReactiveKind::kWhen:
    case ReactiveKind::kWatch:
    case ReactiveKind::kAbort:
    case ReactiveKind::kSuspend:
      absl::StrAppend(text, " s", node.signal);
      break;
    case ReactiveKind::kRepeat:
      absl::StrAppend(text, " ", node.value);
      break;
    default:
      break;
  }
  text->push_back('\n');
  for (const ReactiveNode& child : node.children) {
    Append(child, depth + 1, text);
  }
}

void AppendValues(const std::vector<std::optional<uint64_t>>& values,
                  std::string* text) {
  for (const std::optional<uint64_t>& value : values) {
    if (value) {
      absl::StrAppend(text, " ", *value);
    } else {
      absl::StrAppend(text, " -");
    }
  }
  text->push_back('\n');
}

}  // namespace

std::string ReactiveText(const ReactiveProgram& program) {
  std::string text = "signals";
  for (const bool is_aggregate : program.aggregates) {
    absl::StrAppend(&text, is_aggregate ? " aggregate" : " event");
  }
  absl::StrAppend(&text, "\ninputs");
  AppendValues(program.inputs, &text);
  Append(program.main, 0, &text);
  return text;
}

std::string ReactiveText(const ReactiveRun& run) {
  std::string text;
  for (size_t i = 0; i < run.instants.size(); ++i) {
    absl::StrAppend(&text, i, ":");
    AppendValues(run.instants[i], &text);
  }
  if (run.is_finished) absl::StrAppend(&text, "finished\n");
  if (run.has_failed) absl::StrAppend(&text, "failed\n");
  return text;
}

}  // namespace fozzy
