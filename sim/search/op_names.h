// What ops are called in reports.
#ifndef FOZZY_SIM_SEARCH_OP_NAMES_H_
#define FOZZY_SIM_SEARCH_OP_NAMES_H_

#include <cstddef>
#include <iterator>
#include <string_view>

#include "fozzy/strategy.h"

namespace fozzy {

inline constexpr std::string_view kOpNames[] = {
    "nothing", "start",    "exit",    "spawn",       "join",          "yield",
    "load",    "store",    "rmw",     "fence",       "read",          "write",
    "lock",    "try lock", "unlock",  "lock shared", "unlock shared", "wait",
    "notify",  "timer",    "give up",
};
static_assert(std::size(kOpNames) == kOpKinds);

// Plain variables are counted by themselves, from this number on.
inline constexpr uint32_t kVariables = 0x80000000;

inline constexpr std::string_view NameOf(OpKind kind) {
  return kOpNames[static_cast<size_t>(kind)];
}

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_OP_NAMES_H_
