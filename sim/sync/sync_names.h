// What simulated types are called in findings.
#ifndef FOZZY_SIM_SYNC_SYNC_NAMES_H_
#define FOZZY_SIM_SYNC_SYNC_NAMES_H_

#include "absl/strings/string_view.h"
#include "fozzy/hooks.h"

namespace fozzy {

// Returns "semaphore", say.
absl::string_view NameOf(hooks::SyncKind kind);

}  // namespace fozzy

#endif  // FOZZY_SIM_SYNC_SYNC_NAMES_H_
