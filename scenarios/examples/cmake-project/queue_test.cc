#include "queue.h"

#include <optional>

#include "fozzy/history_buffers.h"
#include "fozzy/linearizability.h"
#include "fozzy/std.h"
#include "fozzy/test.h"

namespace {

FOZZY_TEST(Queue, KeepsTheOrder) {
  Queue<fozzy::SimSync, 2> queue;
  fozzy::thread producer([&] {
    for (int value = 1; value <= 3; ++value) queue.push(value);
  });
  int last = 0;
  for (int tries = 0; tries < 4; ++tries) {
    const std::optional<int> value = queue.pop();
    if (!value) continue;
    EXPECT_GT(*value, last);
    last = *value;
  }
  producer.join();
}

// Of each task, not linearizable: what is released is seen sooner or later, so
// that pop may find nothing although a push has returned.
FOZZY_TEST(Queue, AnswersInOrder) {
  using Model = fozzy::QueueModel<int>;
  Queue<fozzy::SimSync, 1> queue;
  fozzy::HistoryOf<Model> history;
  fozzy::thread producer([&] {
    for (const int value : {1, 2}) {
      history.Record(Model::Push{value}, [&] { return queue.push(value); });
    }
  });
  for (int tries = 0; tries < 3; ++tries) {
    history.Record(Model::Pop{}, [&] { return queue.pop(); });
  }
  producer.join();
  const fozzy::HistoryReport report = fozzy::CheckHistory<Model>(
      history, Model{.capacity = 1},
      {.consistency = fozzy::Consistency::kSequential});
  EXPECT_TRUE(report.verdict == fozzy::Verdict::kHolds) << report.explanation;
}

TEST(Queue, IsTheSameTemplateInTheProduct) {
  Queue<fozzy::StdSync, 1> queue;
  EXPECT_TRUE(queue.push(1));
  EXPECT_FALSE(queue.push(2));
  EXPECT_EQ(queue.pop(), 1);
}

}  // namespace
