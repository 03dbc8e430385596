#include "sim/sync/sync_names.h"

#include <iterator>

namespace fozzy {
namespace {

constexpr absl::string_view kNames[] = {
    "mutex",     "recursive mutex", "shared mutex", "condition variable",
    "semaphore", "latch",           "barrier",      "once flag",
    "future",    "atomic object"};
static_assert(std::size(kNames) ==
              static_cast<size_t>(hooks::SyncKind::kAtomic) + 1);

}  // namespace

absl::string_view NameOf(hooks::SyncKind kind) {
  return kNames[static_cast<size_t>(kind)];
}

}  // namespace fozzy
