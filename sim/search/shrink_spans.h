// Tries changes of spans of a list, large spans first.
#ifndef FOZZY_SIM_SEARCH_SHRINK_SPANS_H_
#define FOZZY_SIM_SEARCH_SHRINK_SPANS_H_

#include <algorithm>
#include <cstddef>
#include <optional>

#include "sim/search/shrink_state.h"

namespace fozzy {

// Tries `change(current, begin, end)` for the spans of a list that has
// `count(current)` elements: all of it, then halves, down to single ones.  The
// last ones first, since what comes after them keeps its meaning.
template <typename Count, typename Change>
void ForSpans(ShrinkState& state, Count count, Change change) {
  for (size_t size = count(state.current()); size > 0; size /= 2) {
    state.TryAll(
        [&](const Candidate& current, size_t i) -> std::optional<Candidate> {
          const size_t elements = count(current);
          if (i * size >= elements) return std::nullopt;
          const size_t end = elements - i * size;
          return change(current, end - std::min(size, end), end);
        });
  }
}

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SHRINK_SPANS_H_
