#include "scenarios/run_report.h"

#include <iterator>

#include "sim/base/check.h"

namespace fozzy {
namespace {

struct StatusInfo {
  absl::string_view name;
  int exit_code;
};

// In the order of RunStatus.
constexpr StatusInfo kStatuses[] = {
    {"pass", 0}, {"fail", 1}, {"timeout", 3}, {"crash", 4}, {"error", 2},
};

const StatusInfo& InfoOf(RunStatus status) {
  const size_t index = static_cast<size_t>(status);
  FOZZY_CHECK(index < std::size(kStatuses));
  return kStatuses[index];
}

}  // namespace

absl::string_view RunStatusName(RunStatus status) {
  return InfoOf(status).name;
}

std::optional<RunStatus> RunStatusOf(absl::string_view name) {
  for (size_t i = 0; i < std::size(kStatuses); ++i) {
    if (kStatuses[i].name == name) return static_cast<RunStatus>(i);
  }
  return std::nullopt;
}

int ExitCodeOf(RunStatus status) { return InfoOf(status).exit_code; }

}  // namespace fozzy
