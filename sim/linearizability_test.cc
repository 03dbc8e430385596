#include "fozzy/linearizability.h"

#include <gtest/gtest.h>

#include "fozzy/history_buffers.h"
#include "fozzy/history_models.h"
#include "sim/base/rng.h"
#include "sim/testing/every_order.h"
#include "sim/testing/random_history.h"
#include "sim/testing/shared_objects.h"

namespace fozzy {
namespace {

using Map = SharedMap::Model;
using Queue = QueueModel<int>;
using Register = RegisterModel<int>;

// Returns the calls of `history` up to moment `last`, those still in progress
// as pending.
template <typename Model>
void CopyPrefix(const HistoryOf<Model>& history, uint64_t last,
                HistoryOf<Model>& prefix) {
  std::vector<typename HistoryOf<Model>::Call> calls;
  for (uint64_t moment = 0; moment <= last; ++moment) {
    for (uint32_t i = 0; i < history.times().size(); ++i) {
      const CallTimes& times = history.times()[i];
      if (times.invoked == moment) {
        calls.push_back(prefix.Invoke(times.task, history.op(i)));
      }
      if (times.returned == moment) calls[i].Return(*history.result(i));
    }
  }
}

uint64_t LastReturn(const HistoryReport& report) {
  uint64_t last = 0;
  for (const ReportedCall& call : report.calls) {
    if (call.times.returned == CallTimes::kNever) continue;
    last = std::max(last, call.times.returned);
  }
  return last;
}

TEST(CheckHistoryTest, TellsTheStoryOfAFailure) {
  HistoryOf<Queue> history;
  history.Record(0, Queue::Push{1}, [] { return true; });
  auto push = history.Invoke(0, Queue::Push{2});
  auto pop = history.Invoke(1, Queue::Pop{});
  push.Return(true);
  auto late = history.Invoke(2, Queue::Push{9});
  pop.Return(std::optional(2));
  late.Return(true);
  history.Record(0, Queue::Pop{}, [] { return std::optional<int>(1); });

  const HistoryReport report = CheckHistory<Queue>(history);

  EXPECT_EQ(report.verdict, Verdict::kFails);
  EXPECT_EQ(report.message,
            "not linearizable: no order of the calls so far explains task 1: "
            "pop() -> 2");
  EXPECT_EQ(report.explanation,
            "   task 0             task 1        task 2\n"
            "0  [ push(1)\n"
            "1  ] push(1) -> true\n"
            "2  [ push(2)\n"
            "3  |                  [ pop()\n"
            "4  ] push(2) -> true  |\n"
            "5                     |             [ push(9)\n"
            "6                     ] pop() -> 2  |\n"
            "The longest order that agrees with what was answered:\n"
            "  task 0: push(1) -> true\n"
            "  task 0: push(2) -> true\n"
            "It leaves [1, 2], where none of these fits:\n"
            "  task 1: pop() -> 2\n");
  ASSERT_EQ(report.calls.size(), 4);
  EXPECT_EQ(report.calls[3].times.returned, CallTimes::kNever);
}

TEST(CheckHistoryTest, ReportsTheShortestPrefixThatFails) {
  uint32_t failures = 0;
  for (uint64_t round = 0; round < 200; ++round) {
    SCOPED_TRACE(round);
    Rng rng("prefixes", 3, round);
    SharedQueue queue = {.flaw = SharedQueue::Flaw::kTornPop, .capacity = 2};
    HistoryOf<Queue> history;
    RecordRandomHistory(queue, rng, {.tasks = 3, .calls = 6}, history);
    const Queue model = {.capacity = 2};
    const HistoryReport report = CheckHistory<Queue>(history, model);
    if (report.verdict == Verdict::kHolds) continue;
    ++failures;

    const uint64_t last = LastReturn(report);
    HistoryOf<Queue> failing;
    HistoryOf<Queue> passing;
    CopyPrefix<Queue>(history, last, failing);
    CopyPrefix<Queue>(history, last - 1, passing);

    ASSERT_EQ(report.calls.size(), failing.times().size());
    for (uint32_t i = 0; i < report.calls.size(); ++i) {
      EXPECT_EQ(report.calls[i].times, failing.times()[i]) << i;
    }
    EXPECT_FALSE(
        AnyOrderExplains<Queue>(failing, model, Consistency::kLinearizable));
    EXPECT_TRUE(
        AnyOrderExplains<Queue>(passing, model, Consistency::kLinearizable));
  }
  EXPECT_GT(failures, 10);
}

TEST(CheckHistoryTest, TheVeryFirstAnswerMayBeTheShortestPrefix) {
  for (const uint32_t more : {0U, 1U, 2U, 5U}) {
    HistoryOf<Register> history;
    history.Record(0, Register::Read{}, [] { return 3; });
    for (uint32_t i = 0; i < more; ++i) {
      history.Record(1, Register::Read{}, [] { return 0; });
    }
    EXPECT_EQ(CheckHistory<Register>(history).calls.size(), 1) << more;
  }
}

TEST(CheckHistoryTest, PartitionsChangeNoVerdict) {
  uint32_t failures = 0;
  for (uint64_t round = 0; round < 400; ++round) {
    Rng rng("partitions", 4, round);
    SharedMap map = {.is_stale = round % 2 != 0};
    HistoryOf<Map> history;
    RecordRandomHistory(
        map, rng, {.tasks = 4, .calls = 24, .pending_percent = 2}, history);
    NumberedModel<Map> numbered(history, Map());

    const HistoryReport parts = CheckHistory<Map>(history);
    const HistoryReport whole =
        CheckCalls(history.times(), WholeHistory(history), numbered, {});

    EXPECT_EQ(parts.verdict, whole.verdict) << round;
    EXPECT_NE(parts.verdict, Verdict::kUndecided) << round;
    if (parts.verdict == Verdict::kFails) ++failures;
  }
  EXPECT_GT(failures, 50);
}

TEST(CheckHistoryTest, NamesThePartitionThatFails) {
  using Names = MapModel<std::string, int>;
  HistoryOf<Names> history;
  history.Record(0, Names::Put{"b", 1}, [] {});
  history.Record(0, Names::Put{"a", 2}, [] {});
  history.Record(1, Names::Get{"b"}, [] { return std::optional<int>(); });

  const HistoryReport report = CheckHistory<Names>(history);

  EXPECT_EQ(report.partition, "\"b\"");
  EXPECT_EQ(report.message,
            "not linearizable for key \"b\": no order of the calls so far "
            "explains task 1: get(\"b\") -> nothing");
  ASSERT_EQ(report.calls.size(), 2);
  EXPECT_EQ(report.calls[1].times, (CallTimes{1, 4, 5}));
}

TEST(CheckHistoryTest, SequentialConsistencyIsNotJudgedByParts) {
  // Each key alone could be explained, by reading before the write.
  HistoryOf<Map> history;
  history.Record(0, Map::Put{0, 1}, [] {});
  history.Record(0, Map::Get{1}, [] { return std::optional<int>(); });
  history.Record(1, Map::Put{1, 1}, [] {});
  history.Record(1, Map::Get{0}, [] { return std::optional<int>(); });

  const HistoryReport report =
      CheckHistory<Map>(history, {}, {.consistency = Consistency::kSequential});

  EXPECT_EQ(report.verdict, Verdict::kFails);
  EXPECT_EQ(report.calls.size(), 4);
  EXPECT_EQ(report.message,
            "not sequentially consistent: no order of the calls explains what "
            "they answered");
}

// Ten overlapping additions to `key`, and a read that nothing explains.
void RecordHard(int key, HistoryOf<Map>& history) {
  std::vector<HistoryOf<Map>::Call> calls;
  for (int i = 0; i < 10; ++i) {
    calls.push_back(history.Invoke(static_cast<uint32_t>(i), Map::Put{key, i}));
  }
  for (auto& call : calls) call.Return();
  history.Record(0, Map::Get{key}, [] { return std::optional<int>(-1); });
}

TEST(CheckHistoryTest, SaysThatItIsUndecided) {
  HistoryOf<Map> history;
  history.Record(0, Map::Get{0}, [] { return std::optional<int>(); });
  RecordHard(1, history);
  history.Record(0, Map::Get{2}, [] { return std::optional<int>(); });

  const HistoryReport report =
      CheckHistory<Map>(history, {}, {.nodes_max = 100});

  EXPECT_EQ(report.verdict, Verdict::kUndecided);
  EXPECT_EQ(report.message,
            "undecided for key 1: 100 configurations of 11 calls were looked "
            "at, and no order was found nor ruled out");
  EXPECT_EQ(report.nodes, 2 + 100 + 2);
}

TEST(CheckHistoryTest, AFailureIsFoundBehindAnUndecidedPartition) {
  HistoryOf<Map> history;
  RecordHard(1, history);
  history.Record(0, Map::Get{2}, [] { return std::optional<int>(5); });

  const HistoryReport report =
      CheckHistory<Map>(history, {}, {.nodes_max = 100});

  EXPECT_EQ(report.verdict, Verdict::kFails);
  EXPECT_EQ(report.partition, "2");
}

TEST(CheckHistoryTest, IsTheSameEveryTime) {
  Rng rng("same", 5);
  SharedQueue queue = {.flaw = SharedQueue::Flaw::kForgetful};
  HistoryOf<Queue> history;
  RecordRandomHistory(queue, rng, {.tasks = 4, .calls = 100}, history);

  const HistoryReport first = CheckHistory<Queue>(history);
  const HistoryReport second = CheckHistory<Queue>(history);

  EXPECT_EQ(first.verdict, Verdict::kFails);
  EXPECT_EQ(first.explanation, second.explanation);
  EXPECT_EQ(first.nodes, second.nodes);
}

TEST(CheckHistoryTest, NothingRecordedHolds) {
  HistoryOf<Register> none;
  EXPECT_EQ(CheckHistory<Register>(none).verdict, Verdict::kHolds);
  HistoryOf<Map> no_keys;
  EXPECT_EQ(CheckHistory<Map>(no_keys).verdict, Verdict::kHolds);
}

}  // namespace
}  // namespace fozzy
