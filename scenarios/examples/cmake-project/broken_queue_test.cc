// Fails, with a data race.
#include "broken_queue.h"

#include <optional>

#include "fozzy/test.h"

namespace {

FOZZY_TEST(BrokenQueue, HandsValuesOver) {
  BrokenQueue<fozzy::SimSync, 2> queue;
  fozzy::thread producer([&] { queue.push(1); });
  const std::optional<int> value = queue.pop();
  EXPECT_EQ(value.value_or(1), 1);
  producer.join();
}

}  // namespace
