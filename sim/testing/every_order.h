// The slow, obvious way to judge a history: try every order of its calls.
#ifndef FOZZY_SIM_TESTING_EVERY_ORDER_H_
#define FOZZY_SIM_TESTING_EVERY_ORDER_H_

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "fozzy/history.h"
#include "fozzy/linearizability.h"

namespace fozzy {

// Whether `first` has to take effect before `second`.
inline bool MustPrecede(const CallTimes& first, const CallTimes& second,
                        Consistency consistency) {
  if (first.returned == CallTimes::kNever) {
    return false;
  }
  if (consistency == Consistency::kLinearizable) {
    return first.returned < second.invoked;
  }
  return first.task == second.task && first.invoked < second.invoked;
}

// Whether `order`, calls of `history`, is one that explains their results.
template <typename Model>
bool Explains(const HistoryOf<Model>& history, const Model& model,
              const std::vector<uint32_t>& order, Consistency consistency) {
  for (size_t i = 0; i < order.size(); ++i) {
    for (size_t j = i + 1; j < order.size(); ++j) {
      if (MustPrecede(history.times()[order[j]], history.times()[order[i]],
                      consistency)) {
        return false;
      }
    }
  }
  typename Model::State state = model.Initial();
  for (const uint32_t call : order) {
    if (!model.Step(state, history.op(call), history.result(call))) {
      return false;
    }
  }
  return true;
}

// Whether an order explains `history`: all orders of all calls that returned
// with any of the pending ones.
template <typename Model>
bool AnyOrderExplains(const HistoryOf<Model>& history, const Model& model,
                      Consistency consistency) {
  std::vector<uint32_t> returned;
  std::vector<uint32_t> pending;
  for (uint32_t i = 0; i < history.times().size(); ++i) {
    (history.result(i).has_value() ? returned : pending).push_back(i);
  }
  for (uint32_t subset = 0; subset < (uint32_t{1} << pending.size());
       ++subset) {
    std::vector<uint32_t> order = returned;
    for (size_t i = 0; i < pending.size(); ++i) {
      if ((subset >> i & 1) != 0) order.push_back(pending[i]);
    }
    std::sort(order.begin(), order.end());
    do {
      if (Explains<Model>(history, model, order, consistency)) return true;
    } while (std::next_permutation(order.begin(), order.end()));
  }
  return false;
}

}  // namespace fozzy

#endif  // FOZZY_SIM_TESTING_EVERY_ORDER_H_
