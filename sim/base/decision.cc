#include "fozzy/decision.h"

#include "sim/base/check.h"

namespace fozzy {
namespace {

constexpr std::string_view kChoiceKindNames[] = {
    "task",       "random", "deliver",  "drop", "fault",    "progress",
    "reads_from", "place",  "spurious", "wake", "deadline",
};
static_assert(std::size(kChoiceKindNames) == kChoiceKinds);

constexpr std::string_view kObservationKindNames[] = {
    "timeout",  "process",     "http",       "fs_read",
    "fs_write", "fs_snapshot", "fs_restore",
};
static_assert(std::size(kObservationKindNames) == kObservationKinds);

constexpr bool EventInfosAreInOrder() {
  for (size_t i = 0; i < std::size(kEventInfos); ++i) {
    if (static_cast<size_t>(kEventInfos[i].kind) != i) return false;
  }
  return true;
}
static_assert(EventInfosAreInOrder());

}  // namespace

std::string_view ChoiceKindName(ChoiceKind kind) {
  FOZZY_CHECK(static_cast<uint8_t>(kind) < kChoiceKinds);
  return kChoiceKindNames[static_cast<size_t>(kind)];
}

std::string_view ObservationKindName(ObservationKind kind) {
  FOZZY_CHECK(static_cast<uint8_t>(kind) < kObservationKinds);
  return kObservationKindNames[static_cast<size_t>(kind)];
}

}  // namespace fozzy
