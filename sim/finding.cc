#include "fozzy/finding.h"

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

constexpr std::string_view kNames[] = {
    "assertion",          "panic",       "hang",
    "invariant",          "checker",     "input_invalid",
    "target_behavior",    "crash",       "nondeterminism",
    "state-leak",         "deadlock",    "lost_wakeup",
    "livelock",           "step_bound",  "data_race",
    "use_after_free",     "double_free", "leak",
    "uninitialised_read", "real_thread", "never_reached",
    "liveness",
};
static_assert(std::size(kNames) == kFindingKinds);

}  // namespace

std::string_view FindingKindName(FindingKind kind) {
  FOZZY_CHECK(static_cast<uint8_t>(kind) < kFindingKinds);
  return kNames[static_cast<size_t>(kind)];
}

std::optional<FindingKind> FindingKindOf(std::string_view name) {
  for (uint8_t i = 0; i < kFindingKinds; ++i) {
    if (kNames[i] == name) return static_cast<FindingKind>(i);
  }
  return std::nullopt;
}

std::string Signature(const Finding& finding) {
  std::string signature(FindingKindName(finding.kind));
  absl::StrAppend(&signature, "/", finding.title);
  if (finding.step) absl::StrAppend(&signature, "@", *finding.step);
  return signature;
}

}  // namespace fozzy
