#include "sim/linearizability_search.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "fozzy/history_buffers.h"
#include "fozzy/history_models.h"
#include "sim/base/rng.h"
#include "sim/testing/every_order.h"
#include "sim/testing/random_history.h"
#include "sim/testing/shared_objects.h"

namespace fozzy {
namespace {

using Queue = QueueModel<int>;
using Register = RegisterModel<int>;

constexpr std::array kConsistencies = {Consistency::kLinearizable,
                                       Consistency::kSequential};

std::vector<TimedCall> AllCalls(const CallLog& history) {
  std::vector<TimedCall> calls;
  for (const CallTimes& times : history.times()) {
    calls.push_back({static_cast<uint32_t>(calls.size()), times});
  }
  return calls;
}

template <typename Model>
SearchResult SearchAll(const HistoryOf<Model>& history, const Model& model,
                       const SearchOptions& options) {
  NumberedModel<Model> numbered(history, model);
  return Search(AllCalls(history), numbered, options);
}

// Judges `history` in every way there is and expects the same of all; returns
// whether it is linearizable.
template <typename Model>
bool Judge(const HistoryOf<Model>& history, const Model& model) {
  bool is_linearizable = false;
  for (const Consistency consistency : kConsistencies) {
    const bool holds = AnyOrderExplains<Model>(history, model, consistency);
    const Verdict expected = holds ? Verdict::kHolds : Verdict::kFails;
    for (const bool memoise : {true, false}) {
      const SearchResult found =
          SearchAll<Model>(history, model, {consistency, 1'000'000, memoise});
      EXPECT_EQ(found.verdict, expected)
          << "memoise " << memoise << ", consistency "
          << static_cast<int>(consistency);
      EXPECT_TRUE(Explains<Model>(history, model, found.order, consistency));
    }
    if (consistency == Consistency::kLinearizable) is_linearizable = holds;
  }
  return is_linearizable;
}

// What happens at one moment of a small history: a call is invoked, or one in
// progress returns.
struct SmallEvent {
  bool is_return;
  uint32_t what;    // the op, or the call
  uint32_t answer;  // the result, if is_return
};

enum class Tasks {
  kIdle,  // a call is made by the first task that has none in progress
  kTwo,   // the calls of two tasks, which may overlap
};

// Calls of a register: op 0 writes 1, op 1 reads.
void RecordSmall(Tasks tasks, const std::vector<SmallEvent>& events,
                 HistoryOf<Register>& history) {
  std::vector<HistoryOf<Register>::Call> calls;
  std::vector<uint32_t> busy;  // the calls in progress, by task
  constexpr uint32_t kIdle = ~uint32_t{0};
  for (const SmallEvent& event : events) {
    if (event.is_return) {
      const bool is_read =
          std::holds_alternative<Register::Read>(history.op(event.what));
      calls[event.what].Return(is_read ? std::optional<int>(event.answer)
                                       : std::nullopt);
      *std::find(busy.begin(), busy.end(), event.what) = kIdle;
      continue;
    }
    auto task = std::find(busy.begin(), busy.end(), kIdle);
    if (task == busy.end()) task = busy.insert(task, kIdle);
    *task = static_cast<uint32_t>(calls.size());
    const uint32_t id = tasks == Tasks::kIdle
                            ? static_cast<uint32_t>(task - busy.begin())
                            : static_cast<uint32_t>(calls.size() % 2);
    if (event.what == 0) {
      calls.push_back(history.Invoke(id, Register::Write{1}));
    } else {
      calls.push_back(history.Invoke(id, Register::Read{}));
    }
  }
}

struct Tally {
  Tasks tasks = Tasks::kIdle;
  uint64_t histories = 0;
  uint64_t linearizable = 0;
};

// Judges `events` and all that can follow, up to `left` more calls.
void JudgeAll(std::vector<SmallEvent>& events, std::vector<uint32_t> open,
              uint32_t left, Tally& tally) {
  HistoryOf<Register> history;
  RecordSmall(tally.tasks, events, history);
  ++tally.histories;
  if (Judge<Register>(history, Register())) ++tally.linearizable;
  if (::testing::Test::HasFailure()) return;
  for (size_t i = 0; i < open.size(); ++i) {
    std::vector<uint32_t> still = open;
    still.erase(still.begin() + static_cast<ptrdiff_t>(i));
    const bool is_read =
        std::holds_alternative<Register::Read>(history.op(open[i]));
    for (uint32_t answer = 0; answer < (is_read ? 2U : 1U); ++answer) {
      events.push_back({true, open[i], answer});
      JudgeAll(events, still, left, tally);
      events.pop_back();
    }
  }
  if (left == 0) return;
  open.push_back(static_cast<uint32_t>(history.times().size()));
  for (const uint32_t op : {0U, 1U}) {
    events.push_back({false, op, 0});
    JudgeAll(events, open, left - 1, tally);
    events.pop_back();
  }
}

TEST(SearchTest, AgreesWithEveryOrderOnAllSmallRegisterHistories) {
  std::vector<SmallEvent> events;
  Tally tally;

  JudgeAll(events, {}, /*left=*/4, tally);

  EXPECT_GT(tally.histories, 10'000);
  EXPECT_GT(tally.linearizable, tally.histories / 4);
  EXPECT_LT(tally.linearizable, tally.histories);
}

TEST(SearchTest, AgreesWithEveryOrderWhereTheCallsOfATaskOverlap) {
  std::vector<SmallEvent> events;
  Tally tally = {.tasks = Tasks::kTwo};

  JudgeAll(events, {}, /*left=*/3, tally);

  EXPECT_GT(tally.histories, 500);
}

TEST(SearchTest, AgreesWithEveryOrderOnRandomQueueHistories) {
  using Flaw = SharedQueue::Flaw;
  for (const Flaw flaw : {Flaw::kNone, Flaw::kTornPop, Flaw::kLazyPush,
                          Flaw::kPopsBack, Flaw::kForgetful}) {
    uint32_t failed = 0;
    for (uint64_t round = 0; round < 150; ++round) {
      SCOPED_TRACE(testing::Message()
                   << "flaw " << static_cast<int>(flaw) << ", round " << round);
      Rng rng("queue histories", static_cast<uint64_t>(flaw), round);
      SharedQueue queue = {.flaw = flaw, .capacity = 2};
      if (round % 2 == 0) queue.values = 2;
      HistoryOf<Queue> history;
      RecordRandomHistory(queue, rng,
                          {.tasks = 3,
                           .calls = 6,
                           .pending_percent = 5,
                           .goes_on = round % 4 < 2},
                          history);
      if (!Judge<Queue>(history, {.capacity = 2})) ++failed;
    }
    if (flaw == Flaw::kNone) {
      EXPECT_EQ(failed, 0);
    } else {
      EXPECT_GT(failed, 5) << "flaw " << static_cast<int>(flaw);
    }
  }
}

TEST(SearchTest, AgreesWithEveryOrderOnRandomMapHistories) {
  uint32_t failed = 0;
  for (uint64_t round = 0; round < 500; ++round) {
    SCOPED_TRACE(round);
    Rng rng("map histories", 1, round);
    SharedMap map = {.is_stale = round % 3 != 0};
    HistoryOf<SharedMap::Model> history;
    RecordRandomHistory(
        map, rng, {.tasks = 4, .calls = 6, .pending_percent = 8}, history);
    const bool holds = Judge<SharedMap::Model>(history, {});
    EXPECT_TRUE(holds || map.is_stale);
    if (!holds) ++failed;
  }
  EXPECT_GT(failed, 10);
}

TEST(SearchTest, LargeHistoriesOfARightQueueTakeLittleWork) {
  for (uint64_t round = 0; round < 20; ++round) {
    Rng rng("large histories", 2, round);
    SharedQueue queue = {.capacity = 8};
    HistoryOf<Queue> history;
    RecordRandomHistory(queue, rng, {.tasks = 4, .calls = 800}, history);

    const SearchResult found = SearchAll<Queue>(
        history, {.capacity = 8}, {Consistency::kLinearizable, 1'000'000});

    EXPECT_EQ(found.verdict, Verdict::kHolds) << round;
    EXPECT_EQ(found.order.size(), 800) << round;
    EXPECT_LT(found.nodes, 50'000) << round;
  }
}

// `pushes` that all overlap, then pops of which the last cannot be explained.
void RecordManyPushes(int pushes, HistoryOf<Queue>& history) {
  std::vector<HistoryOf<Queue>::Call> calls;
  for (int i = 0; i < pushes; ++i) {
    calls.push_back(history.Invoke(static_cast<uint32_t>(i), Queue::Push{i}));
  }
  for (auto& call : calls) call.Return(true);
  history.Record(0, Queue::Pop{}, [] { return std::optional<int>(-1); });
}

TEST(SearchTest, AnExponentialHistoryIsUndecidedAtItsBound) {
  HistoryOf<Queue> history;
  RecordManyPushes(12, history);

  const SearchResult found =
      SearchAll<Queue>(history, {}, {Consistency::kLinearizable, 10'000});

  EXPECT_EQ(found.verdict, Verdict::kUndecided);
  EXPECT_EQ(found.nodes, 10'000);
}

TEST(SearchTest, TheBoundIsReachedOnlyByOneNodeTooMany) {
  HistoryOf<Queue> history;
  RecordManyPushes(3, history);
  // Orders of none, one, two and three of three values: 1 + 3 + 6 + 6.
  const auto verdict_with = [&](uint64_t nodes_max) {
    return SearchAll<Queue>(history, {},
                            {Consistency::kLinearizable, nodes_max})
        .verdict;
  };

  EXPECT_EQ(verdict_with(15), Verdict::kUndecided);
  EXPECT_EQ(verdict_with(16), Verdict::kFails);
}

TEST(SearchTest, MemoryOfConfigurationsMakesAnExponentialHistoryEasy) {
  HistoryOf<CounterModel> history;
  std::vector<HistoryOf<CounterModel>::Call> calls;
  for (uint32_t i = 0; i < 10; ++i) {
    calls.push_back(history.Invoke(i, CounterModel::Add{1}));
  }
  for (auto& call : calls) call.Return();
  history.Record(0, CounterModel::Get{}, [] { return 11; });

  const SearchOptions with = {Consistency::kLinearizable, 100'000, true};
  const SearchOptions without = {Consistency::kLinearizable, 100'000, false};

  const SearchResult found = SearchAll<CounterModel>(history, {}, with);
  EXPECT_EQ(found.verdict, Verdict::kFails);
  EXPECT_EQ(found.nodes, 1024);  // the sets of ten additions
  EXPECT_EQ(SearchAll<CounterModel>(history, {}, without).verdict,
            Verdict::kUndecided);
}

TEST(SearchTest, APendingCallThatChangesNothingIsNotInTheOrder) {
  HistoryOf<Register> history;
  static_cast<void>(history.Invoke(0, Register::Read{}));
  static_cast<void>(history.Invoke(1, Register::Write{2}));
  history.Record(2, Register::Read{}, [] { return 2; });

  const SearchResult found =
      SearchAll<Register>(history, {}, {Consistency::kLinearizable, 100});

  EXPECT_EQ(found.verdict, Verdict::kHolds);
  EXPECT_EQ(found.order, (std::vector<uint32_t>{1, 2}));
}

TEST(SearchTest, APendingCallTakesEffectLongAfterItsInvocation) {
  HistoryOf<Register> history;
  static_cast<void>(history.Invoke(0, Register::Write{1}));
  for (const int seen : {0, 0, 1, 1}) {
    history.Record(1, Register::Read{}, [&] { return seen; });
  }
  EXPECT_TRUE(Judge<Register>(history, {}));

  history.Record(1, Register::Read{}, [] { return 0; });
  EXPECT_FALSE(Judge<Register>(history, {}));
}

TEST(SearchTest, WhatHappensBeforeAnInvocationIsNotItsEffect) {
  HistoryOf<Register> history;
  history.Record(1, Register::Read{}, [] { return 1; });
  static_cast<void>(history.Invoke(0, Register::Write{1}));

  EXPECT_FALSE(Judge<Register>(history, {}));
}

TEST(SearchTest, StaleReadsAreSequentiallyConsistentButNotLinearizable) {
  HistoryOf<Register> history;
  history.Record(0, Register::Write{1}, [] {});
  history.Record(1, Register::Read{}, [] { return 0; });
  const auto verdict_of = [&](Consistency consistency) {
    return SearchAll<Register>(history, {}, {consistency, 100}).verdict;
  };

  EXPECT_EQ(verdict_of(Consistency::kLinearizable), Verdict::kFails);
  EXPECT_EQ(verdict_of(Consistency::kSequential), Verdict::kHolds);

  history.Record(1, Register::Read{}, [] { return 1; });
  history.Record(1, Register::Read{}, [] { return 0; });
  EXPECT_EQ(verdict_of(Consistency::kSequential), Verdict::kFails);
}

TEST(SearchTest, AFailureSaysHowFarItGotAndWhatDidNotFit) {
  HistoryOf<Register> history;
  history.Record(0, Register::Write{1}, [] {});
  history.Record(0, Register::Write{2}, [] {});
  history.Record(0, Register::Read{}, [] { return 1; });
  NumberedModel<Register> model(history, {});

  const SearchResult found =
      Search(AllCalls(history), model, {Consistency::kLinearizable, 100});

  EXPECT_EQ(found.order, (std::vector<uint32_t>{0, 1}));
  EXPECT_EQ(model.StateText(found.state), "2");
  EXPECT_EQ(found.next, (std::vector<uint32_t>{2}));
}

TEST(SearchTest, NothingIsExplainedByNothing) {
  HistoryOf<Register> history;
  EXPECT_TRUE(Judge<Register>(history, {}));
}

}  // namespace
}  // namespace fozzy
