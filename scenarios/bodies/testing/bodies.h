// Bodies for tests.
#ifndef FOZZY_SCENARIOS_BODIES_TESTING_BODIES_H_
#define FOZZY_SCENARIOS_BODIES_TESTING_BODIES_H_

#include "fozzy/property.h"
#include "fozzy/sync.h"

namespace fozzy {

// Two tasks count to two; some orders lose one.
inline void LoseAnUpdate() {
  atomic<int> counter = 0;
  const auto add = [&counter] { counter.store(counter.load() + 1); };
  thread a(add);
  thread b(add);
  a.join();
  b.join();
  Log("both have ended");
  FOZZY_ALWAYS(counter.load() == 2, "no update is lost");
}

inline void LoseNoUpdate() {
  atomic<int> counter = 0;
  const auto add = [&counter] { counter.fetch_add(1); };
  thread a(add);
  thread b(add);
  a.join();
  b.join();
  FOZZY_ALWAYS(counter.load() == 2, "every update counts");
  FOZZY_SOMETIMES(counter.load() == 3, "one too many");
}

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_TESTING_BODIES_H_
