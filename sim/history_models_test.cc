#include "fozzy/history_models.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "fozzy/history_buffers.h"
#include "fozzy/linearizability.h"

namespace fozzy {
namespace {

// One model and its object, asked step by step.
template <typename Model>
class Sequence {
 public:
  explicit Sequence(Model model = {}) : model_(model) {}

  // Whether the object may answer `result`; goes on only if it may.
  bool Allows(typename Model::Op op, typename Model::Result result) {
    return Take(op, std::optional(result));
  }
  bool AllowsPending(typename Model::Op op) { return Take(op, std::nullopt); }

  const typename Model::State& state() const { return state_; }

 private:
  bool Take(const typename Model::Op& op,
            const std::optional<typename Model::Result>& result) {
    typename Model::State next = state_;
    if (!model_.Step(next, op, result)) return false;
    state_ = next;
    return true;
  }

  Model model_;
  typename Model::State state_ = model_.Initial();
};

TEST(RegisterModelTest, ReadsWhatWasWrittenLast) {
  using Register = RegisterModel<int>;
  Sequence<Register> object(Register{.initial = 5});

  EXPECT_TRUE(object.Allows(Register::Read{}, 5));
  EXPECT_FALSE(object.Allows(Register::Read{}, 0));
  EXPECT_TRUE(object.Allows(Register::Write{7}, std::nullopt));
  EXPECT_FALSE(object.Allows(Register::Read{}, 5));
  EXPECT_TRUE(object.Allows(Register::Read{}, 7));
}

TEST(RegisterModelTest, ExchangesOnlyWhatIsExpected) {
  using Register = RegisterModel<int>;
  Sequence<Register> object;

  EXPECT_TRUE(object.Allows(Register::CompareExchange{1, 2}, 0));
  EXPECT_EQ(object.state(), 0);
  EXPECT_FALSE(object.Allows(Register::CompareExchange{0, 2}, 2));
  EXPECT_TRUE(object.Allows(Register::CompareExchange{0, 2}, 0));
  EXPECT_TRUE(object.AllowsPending(Register::CompareExchange{2, 3}));
  EXPECT_EQ(object.state(), 3);
}

TEST(CounterModelTest, CountsAndWraps) {
  const int64_t max = std::numeric_limits<int64_t>::max();
  Sequence<CounterModel> object(CounterModel{.initial = max});

  EXPECT_TRUE(object.Allows(CounterModel::FetchAdd{1}, max));
  EXPECT_TRUE(object.Allows(CounterModel::Get{}, -max - 1));
  EXPECT_TRUE(object.Allows(CounterModel::Add{2}, std::nullopt));
  EXPECT_FALSE(object.Allows(CounterModel::FetchAdd{1}, -max));
  EXPECT_TRUE(object.AllowsPending(CounterModel::FetchAdd{1}));
  EXPECT_TRUE(object.Allows(CounterModel::Get{}, -max + 2));
}

TEST(QueueModelTest, IsFirstInFirstOutAndBounded) {
  using Queue = QueueModel<int>;
  Sequence<Queue> object(Queue{.capacity = 2});

  EXPECT_TRUE(object.Allows(Queue::Pop{}, std::nullopt));
  EXPECT_TRUE(object.Allows(Queue::Push{1}, true));
  EXPECT_FALSE(object.Allows(Queue::Push{2}, false));
  EXPECT_TRUE(object.Allows(Queue::Push{2}, std::monostate()));
  EXPECT_TRUE(object.Allows(Queue::Push{3}, false));
  EXPECT_FALSE(object.Allows(Queue::Push{3}, true));
  EXPECT_FALSE(object.Allows(Queue::Push{3}, std::monostate()));
  EXPECT_FALSE(object.Allows(Queue::Pop{}, 2));
  EXPECT_FALSE(object.Allows(Queue::Pop{}, std::nullopt));
  EXPECT_TRUE(object.Allows(Queue::Pop{}, 1));
  EXPECT_TRUE(object.AllowsPending(Queue::Pop{}));
  EXPECT_TRUE(object.state().empty());
}

TEST(StackModelTest, IsLastInFirstOut) {
  using Stack = StackModel<std::string>;
  Sequence<Stack> object;

  EXPECT_TRUE(object.Allows(Stack::Push{"a"}, true));
  EXPECT_TRUE(object.AllowsPending(Stack::Push{"b"}));
  EXPECT_FALSE(object.Allows(Stack::Pop{}, "a"));
  EXPECT_TRUE(object.Allows(Stack::Pop{}, "b"));
  EXPECT_TRUE(object.Allows(Stack::Pop{}, "a"));
  EXPECT_TRUE(object.Allows(Stack::Pop{}, std::nullopt));
}

TEST(MutexModelTest, HasOneOwnerWhoUnlocks) {
  Sequence<MutexModel> object;

  EXPECT_FALSE(object.Allows(MutexModel::Unlock{1}, {}));
  EXPECT_TRUE(object.Allows(MutexModel::Lock{1}, {}));
  EXPECT_FALSE(object.Allows(MutexModel::Lock{2}, {}));
  EXPECT_FALSE(object.AllowsPending(MutexModel::Lock{2}));
  EXPECT_FALSE(object.Allows(MutexModel::TryLock{2}, true));
  EXPECT_TRUE(object.Allows(MutexModel::TryLock{2}, false));
  EXPECT_FALSE(object.Allows(MutexModel::Unlock{2}, {}));
  EXPECT_TRUE(object.Allows(MutexModel::Unlock{1}, {}));
  EXPECT_FALSE(object.Allows(MutexModel::TryLock{2}, false));
  EXPECT_TRUE(object.Allows(MutexModel::TryLock{2}, true));
  EXPECT_EQ(object.state(), 2);
}

TEST(MutexModelTest, TryLockMayFailForNoReasonIfToldSo) {
  Sequence<MutexModel> object(MutexModel{.may_fail_spuriously = true});

  EXPECT_TRUE(object.Allows(MutexModel::TryLock{1}, false));
  EXPECT_EQ(object.state(), std::nullopt);
  EXPECT_TRUE(object.Allows(MutexModel::TryLock{1}, true));
  EXPECT_EQ(object.state(), 1);
}

TEST(MapModelTest, KeepsAValuePerKey) {
  using Map = MapModel<std::string, int>;
  Sequence<Map> object;

  EXPECT_TRUE(object.Allows(Map::Get{"a"}, std::nullopt));
  EXPECT_TRUE(object.Allows(Map::Put{"a", 1}, std::nullopt));
  EXPECT_TRUE(object.Allows(Map::Put{"b", 2}, std::nullopt));
  EXPECT_FALSE(object.Allows(Map::Get{"a"}, std::nullopt));
  EXPECT_TRUE(object.Allows(Map::Get{"a"}, 1));
  EXPECT_TRUE(object.Allows(Map::Remove{"a"}, std::nullopt));
  EXPECT_FALSE(object.Allows(Map::Get{"a"}, 1));
  EXPECT_TRUE(object.Allows(Map::Get{"b"}, 2));
  EXPECT_EQ(Map().Partition(Map::Remove{"c"}), "c");
}

// A die is thrown in secret, then read.
struct Die {
  struct Throw {};
  struct Read {};
  using Op = std::variant<Throw, Read>;
  using Result = std::optional<int>;
  using State = int;

  static State Initial() { return 1; }

  static std::vector<State> Steps(const State& state, const Op& op,
                                  const std::optional<Result>& result) {
    if (std::holds_alternative<Throw>(op)) return {1, 2, 3, 4, 5, 6};
    if (Fits(result, state)) return {state};
    return {};
  }
};

TEST(NondeterministicModelTest, AllowsWhatOneOfTheStatesAllows) {
  using SecretDie = NondeterministicModel<Die>;
  Sequence<SecretDie> object;

  EXPECT_FALSE(object.Allows(Die::Read{}, 4));
  EXPECT_TRUE(object.Allows(Die::Throw{}, {}));
  EXPECT_FALSE(object.Allows(Die::Read{}, 7));
  EXPECT_TRUE(object.Allows(Die::Read{}, 4));
  EXPECT_FALSE(object.Allows(Die::Read{}, 5));
  EXPECT_TRUE(object.Allows(Die::Read{}, 4));
}

TEST(NondeterministicModelTest, JudgesHistories) {
  using SecretDie = NondeterministicModel<Die>;
  HistoryOf<SecretDie> history;
  auto thrown = history.Invoke(0, Die::Throw{});
  history.Record(1, Die::Read{}, [] { return 1; });
  history.Record(1, Die::Read{}, [] { return 6; });
  EXPECT_EQ(CheckHistory<SecretDie>(history).verdict, Verdict::kHolds);

  thrown.Return();
  history.Record(1, Die::Read{}, [] { return 1; });
  EXPECT_EQ(CheckHistory<SecretDie>(history).verdict, Verdict::kFails);
}

}  // namespace
}  // namespace fozzy
