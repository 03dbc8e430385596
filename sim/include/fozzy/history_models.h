// What common objects do when calls come one after another: the models that
// histories are judged by.  Queues and stacks are in fozzy/history_buffers.h.
//
// A model is a value with
//
//   using Op = ...;       // what is asked
//   using Result = ...;   // what is answered; {} for "nothing to say"
//   using State = ...;    // a value with operator<
//   State Initial() const;
//   // Carries out `op`.  Returns false if `result` is not what an object in
//   // `state` answers, or if it would make the caller wait; `state` is then
//   // not looked at.  No result: the call is pending, any answer will do.
//   bool Step(State& state, const Op& op,
//             const std::optional<Result>& result) const;
//
// and, if calls with different keys have nothing to do with each other,
//
//   auto Partition(const Op& op) const;   // a key with operator<
//
// The members may be static.  Where an op has a member Text(), and where
// HistoryText can tell, reports show what was asked and answered.
#ifndef FOZZY_HISTORY_MODELS_H_
#define FOZZY_HISTORY_MODELS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "fozzy/history_text.h"

namespace fozzy {

// Whether `answer` is what was seen; a pending call may answer anything.
template <typename Result, typename Answer>
bool Fits(const std::optional<Result>& result, Answer&& answer) {
  return !result.has_value() || *result == Result(std::forward<Answer>(answer));
}

// A variable that is read, written and compared.
template <typename T>
struct RegisterModel {
  struct Read {
    std::string Text() const { return "read()"; }
  };
  struct Write {
    T value;
    std::string Text() const { return "write(" + HistoryText(value) + ")"; }
  };
  // Writes `desired` if the value is `expected`.
  struct CompareExchange {
    T expected;
    T desired;
    std::string Text() const {
      return "compare_exchange(" + HistoryText(expected) + ", " +
             HistoryText(desired) + ")";
    }
  };

  using Op = std::variant<Read, Write, CompareExchange>;
  // The value before; nothing for Write.
  using Result = std::optional<T>;
  using State = T;

  T initial = {};

  State Initial() const { return initial; }

  bool Step(State& state, const Op& op,
            const std::optional<Result>& result) const {
    if (const auto* write = std::get_if<Write>(&op)) {
      state = write->value;
      return Fits(result, std::nullopt);
    }
    if (!Fits(result, state)) return false;
    const auto* exchange = std::get_if<CompareExchange>(&op);
    if (exchange != nullptr && state == exchange->expected) {
      state = exchange->desired;
    }
    return true;
  }
};

// A number that is added to.
struct CounterModel {
  struct Add {
    int64_t delta = 1;
    std::string Text() const { return "add(" + HistoryText(delta) + ")"; }
  };
  struct FetchAdd {
    int64_t delta = 1;
    std::string Text() const { return "fetch_add(" + HistoryText(delta) + ")"; }
  };
  struct Get {
    std::string Text() const { return "get()"; }
  };

  using Op = std::variant<Add, FetchAdd, Get>;
  // Nothing for Add, the value before for FetchAdd, the value for Get.
  using Result = std::optional<int64_t>;
  using State = int64_t;

  int64_t initial = 0;

  State Initial() const { return initial; }

  bool Step(State& state, const Op& op,
            const std::optional<Result>& result) const {
    const bool fits = std::holds_alternative<Add>(op)
                          ? Fits(result, std::nullopt)
                          : Fits(result, state);
    uint64_t sum = static_cast<uint64_t>(state);  // wraps, as atomics do
    if (const auto* add = std::get_if<Add>(&op)) {
      sum += static_cast<uint64_t>(add->delta);
    } else if (const auto* fetch = std::get_if<FetchAdd>(&op)) {
      sum += static_cast<uint64_t>(fetch->delta);
    }
    state = static_cast<int64_t>(sum);
    return fits;
  }
};

// A lock held by one owner at a time, who is the one to unlock it.
struct MutexModel {
  struct Lock {
    uint32_t owner = 0;
    std::string Text() const { return "lock() by " + HistoryText(owner); }
  };
  struct TryLock {
    uint32_t owner = 0;
    std::string Text() const { return "try_lock() by " + HistoryText(owner); }
  };
  struct Unlock {
    uint32_t owner = 0;
    std::string Text() const { return "unlock() by " + HistoryText(owner); }
  };

  using Op = std::variant<Lock, TryLock, Unlock>;
  // Whether TryLock succeeded; std::monostate for the others.
  using Result = std::variant<std::monostate, bool>;
  using State = std::optional<uint32_t>;  // who holds it

  // Whether TryLock may fail while nobody holds the lock, as std::mutex may.
  bool may_fail_spuriously = false;

  State Initial() const { return std::nullopt; }

  bool Step(State& state, const Op& op,
            const std::optional<Result>& result) const {
    if (const auto* unlock = std::get_if<Unlock>(&op)) {
      const bool is_owner = state == unlock->owner;
      state.reset();
      return is_owner && Fits(result, std::monostate());
    }
    const bool is_free = !state.has_value();
    if (const auto* lock = std::get_if<Lock>(&op)) {
      state = lock->owner;
      return is_free && Fits(result, std::monostate());
    }
    if (may_fail_spuriously && result == Result(false)) return true;
    if (is_free) state = std::get<TryLock>(op).owner;
    return Fits(result, is_free);
  }
};

// Values by key.  Keys have nothing to do with each other.
template <typename Key, typename Value>
struct MapModel {
  struct Put {
    Key key;
    Value value;
    std::string Text() const {
      return "put(" + HistoryText(key) + ", " + HistoryText(value) + ")";
    }
  };
  struct Get {
    Key key;
    std::string Text() const { return "get(" + HistoryText(key) + ")"; }
  };
  struct Remove {
    Key key;
    std::string Text() const { return "remove(" + HistoryText(key) + ")"; }
  };

  using Op = std::variant<Put, Get, Remove>;
  // What Get found; nothing for the others.
  using Result = std::optional<Value>;
  using State = std::map<Key, Value>;

  State Initial() const { return {}; }

  bool Step(State& state, const Op& op,
            const std::optional<Result>& result) const {
    if (const auto* put = std::get_if<Put>(&op)) {
      state.insert_or_assign(put->key, put->value);
      return Fits(result, std::nullopt);
    }
    if (const auto* remove = std::get_if<Remove>(&op)) {
      state.erase(remove->key);
      return Fits(result, std::nullopt);
    }
    const auto found = state.find(std::get<Get>(op).key);
    if (found == state.end()) return Fits(result, std::nullopt);
    return Fits(result, found->second);
  }

  Key Partition(const Op& op) const {
    return std::visit([](const auto& call) { return call.key; }, op);
  }
};

// A model whose object may go to one of several states: `Model` has, in place
// of Step,
//
//   // Returns the states in which `op` may leave an object that was in `state`
//   // and answered `result`; none if it cannot.
//   std::vector<State> Steps(const State& state, const Op& op,
//                            const std::optional<Result>& result) const;
template <typename Model>
struct NondeterministicModel : Model {
  using typename Model::Op;
  using typename Model::Result;
  // Those the object may be in.
  using State = std::set<typename Model::State>;

  State Initial() const { return {Model::Initial()}; }

  bool Step(State& state, const Op& op,
            const std::optional<Result>& result) const {
    State next;
    for (const auto& from : state) {
      for (auto& to : Model::Steps(from, op, result)) next.insert(to);
    }
    state = std::move(next);
    return !state.empty();
  }
};

}  // namespace fozzy

#endif  // FOZZY_HISTORY_MODELS_H_
