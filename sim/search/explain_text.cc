#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "sim/base/check.h"
#include "sim/search/explain.h"
#include "sim/search/op_names.h"

namespace fozzy {
namespace {

// What things are called.
struct Names {
  const SiteName& site;
  const TaskName& task;

  std::string Of(TaskId id) const {
    return task != nullptr ? task(id) : absl::StrCat("task ", id.value);
  }
};

std::string OpText(const Op& op, const Names& names) {
  const bool is_variable = (op.object & kVariables) != 0;
  std::string text = absl::StrCat(std::string(NameOf(op.kind)),
                                  is_variable ? " of var " : " of object ",
                                  op.object & ~kVariables);
  if (op.size != 0) absl::StrAppend(&text, "+", op.offset);
  absl::StrAppend(&text, " at ",
                  names.site != nullptr ? names.site(op.site)
                                        : absl::StrCat("site ", op.site));
  return text;
}

void AppendClash(std::string& text, const CriticalOps& ops,
                 const Names& names) {
  if (!ops.left || !ops.other) return;
  absl::StrAppend(&text, "  these meet: ", OpText(*ops.other, names), " (",
                  names.Of(ops.other->task), "), ",
                  ops.left_is_first ? "after " : "before ",
                  OpText(*ops.left, names), " (", names.Of(ops.left->task),
                  ")\n");
}

// "task 3 did: load of object 0 at site 3001"
void AppendOp(std::string& text, absl::string_view verb,
              const std::optional<Op>& op, const Names& names) {
  if (!op) return;
  absl::StrAppend(&text, "  ", names.Of(op->task), " ", verb, ": ",
                  OpText(*op, names), "\n");
}

void AppendCritical(std::string& text, const Explanation& explanation,
                    const Names& names) {
  if (!explanation.critical) {
    absl::StrAppend(&text, "no single decision makes it more likely\n");
    return;
  }
  const Decision& decision = explanation.critical_decision;
  const std::string_view kind = ChoiceKindName(decision.kind);
  absl::StrAppend(
      &text, "what counts most: decision ", *explanation.critical, " of ",
      explanation.decisions, ", ", absl::string_view(kind.data(), kind.size()),
      " of ", names.Of(decision.task), " = ", decision.answer, ": ",
      explanation.failures_before, " -> ", explanation.failures_after, " of ",
      explanation.samples, " fail\n");
  const bool is_task = decision.kind == ChoiceKind::kTask;
  AppendOp(text, is_task ? "had done" : "had last done",
           explanation.ops.left_done, names);
  AppendOp(text, "did", explanation.ops.then, names);
  AppendOp(text, "was yet to do", explanation.ops.left_next, names);
  AppendClash(text, explanation.ops, names);
}

}  // namespace

std::string ExplanationText(const Explanation& explanation,
                            const SiteName& site_name,
                            const TaskName& task_name) {
  std::string text =
      absl::StrCat("decisions kept   failed of ", explanation.samples, "\n");
  for (const BeginningSample& sample : explanation.beginnings) {
    absl::StrAppendFormat(&text, "%14d   %9d\n", sample.kept, sample.failures);
  }
  absl::StrAppend(&text, "inevitable after ", explanation.inevitable_from,
                  " of ", explanation.decisions, " decisions\n");
  AppendCritical(text, explanation, {site_name, task_name});
  return text;
}

}  // namespace fozzy
