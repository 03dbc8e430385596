#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "sim/base/check.h"
#include "sim/search/explain.h"
#include "sim/search/op_names.h"

namespace fozzy {
namespace {

std::string OpText(const Op& op, const SiteName& site_name) {
  std::string text =
      absl::StrCat(std::string(NameOf(op.kind)), " of object ", op.object);
  if (op.size != 0) absl::StrAppend(&text, "+", op.offset);
  absl::StrAppend(&text, " at ",
                  site_name != nullptr ? site_name(op.site)
                                       : absl::StrCat("site ", op.site));
  return text;
}

void AppendClash(std::string& text, const CriticalOps& ops,
                 const SiteName& site_name) {
  if (!ops.left || !ops.other) return;
  absl::StrAppend(
      &text, "  these meet: ", OpText(*ops.other, site_name), " (task ",
      ops.other->task.value, "), ", ops.left_is_first ? "after " : "before ",
      OpText(*ops.left, site_name), " (task ", ops.left->task.value, ")\n");
}

// "task 3 did: load of object 0 at site 3001"
void AppendOp(std::string& text, absl::string_view verb,
              const std::optional<Op>& op, const SiteName& site_name) {
  if (!op) return;
  absl::StrAppend(&text, "  task ", op->task.value, " ", verb, ": ",
                  OpText(*op, site_name), "\n");
}

void AppendCritical(std::string& text, const Explanation& explanation,
                    const SiteName& site_name) {
  if (!explanation.critical) {
    absl::StrAppend(&text, "no single decision makes it more likely\n");
    return;
  }
  const Decision& decision = explanation.critical_decision;
  const std::string_view kind = ChoiceKindName(decision.kind);
  absl::StrAppend(
      &text, "what counts most: decision ", *explanation.critical, " of ",
      explanation.decisions, ", ", absl::string_view(kind.data(), kind.size()),
      " of task ", decision.task.value, " = ", decision.answer, ": ",
      explanation.failures_before, " -> ", explanation.failures_after, " of ",
      explanation.samples, " fail\n");
  const bool is_task = decision.kind == ChoiceKind::kTask;
  AppendOp(text, is_task ? "had done" : "had last done",
           explanation.ops.left_done, site_name);
  AppendOp(text, "did", explanation.ops.then, site_name);
  AppendOp(text, "was yet to do", explanation.ops.left_next, site_name);
  AppendClash(text, explanation.ops, site_name);
}

}  // namespace

std::string ExplanationText(const Explanation& explanation,
                            const SiteName& site_name) {
  std::string text =
      absl::StrCat("decisions kept   failed of ", explanation.samples, "\n");
  for (const BeginningSample& sample : explanation.beginnings) {
    absl::StrAppendFormat(&text, "%14d   %9d\n", sample.kept, sample.failures);
  }
  absl::StrAppend(&text, "inevitable after ", explanation.inevitable_from,
                  " of ", explanation.decisions, " decisions\n");
  AppendCritical(text, explanation, site_name);
  return text;
}

}  // namespace fozzy
