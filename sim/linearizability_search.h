// The search for an order of calls that explains their results.
#ifndef FOZZY_SIM_LINEARIZABILITY_SEARCH_H_
#define FOZZY_SIM_LINEARIZABILITY_SEARCH_H_

#include <cstdint>
#include <span>
#include <vector>

#include "fozzy/linearizability.h"

namespace fozzy {

// A call of a history, or of a part of one.
struct TimedCall {
  uint32_t call = 0;  // as CallModel knows it
  CallTimes times;    // here a call may be pending that returned in the history
};

// Configurations are numbered in 32 bits.
inline constexpr uint64_t kSearchNodesMax = 0xffff'fff0;

struct SearchOptions {
  Consistency consistency = Consistency::kLinearizable;
  uint64_t nodes_max = 0;  // at most kSearchNodesMax
  bool memoise = true;     // off only to show that it changes no verdict
};

// Indices are into the calls that were searched.
struct SearchResult {
  Verdict verdict = Verdict::kUndecided;
  uint64_t nodes = 0;
  // A longest order that was found: for kHolds, one that explains all.  Of
  // the pending calls, those are in it that took effect then.
  std::vector<uint32_t> order;
  uint32_t state = 0;  // after it
  // The calls that returned and, by their times, may come next; for kFails,
  // none of them fits that state.
  std::vector<uint32_t> next;
};

// Looks for an order of `calls`, which come in the order of invocation.
SearchResult Search(std::span<const TimedCall> calls, CallModel& model,
                    const SearchOptions& options);

}  // namespace fozzy

#endif  // FOZZY_SIM_LINEARIZABILITY_SEARCH_H_
