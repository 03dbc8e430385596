// Models of queues and stacks; see fozzy/history_models.h for what a model is.
#ifndef FOZZY_HISTORY_BUFFERS_H_
#define FOZZY_HISTORY_BUFFERS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "fozzy/history_models.h"

namespace fozzy {

// The end of a buffer where values leave; they enter at the back.
enum class PopFrom : uint8_t { kFront, kBack };

// Values put in and taken out again, `capacity` of them at most.
template <typename T, PopFrom kPopFrom>
struct BufferModel {
  struct Push {
    T value;
    std::string Text() const { return "push(" + HistoryText(value) + ")"; }
  };
  struct Pop {
    std::string Text() const { return "pop()"; }
  };

  using Op = std::variant<Push, Pop>;
  // Push: whether there was room; std::monostate for one that waits for room.
  // Pop: the value, or nothing if there was none; one that waits for a value
  // has one.
  using Result = std::variant<std::monostate, bool, std::optional<T>>;
  using State = std::deque<T>;

  size_t capacity = std::numeric_limits<size_t>::max();

  State Initial() const { return {}; }

  bool Step(State& state, const Op& op,
            const std::optional<Result>& result) const {
    if (const auto* push = std::get_if<Push>(&op)) {
      const bool has_room = state.size() < capacity;
      if (has_room) state.push_back(push->value);
      if (result == Result(std::monostate())) return has_room;
      return Fits(result, has_room);
    }
    return Fits(result, Take(state));
  }

 private:
  static std::optional<T> Take(State& state) {
    if (state.empty()) return std::nullopt;
    if constexpr (kPopFrom == PopFrom::kFront) {
      std::optional<T> value = std::move(state.front());
      state.pop_front();
      return value;
    } else {
      std::optional<T> value = std::move(state.back());
      state.pop_back();
      return value;
    }
  }
};

// First in, first out.
template <typename T>
using QueueModel = BufferModel<T, PopFrom::kFront>;

// Last in, first out.
template <typename T>
using StackModel = BufferModel<T, PopFrom::kBack>;

}  // namespace fozzy

#endif  // FOZZY_HISTORY_BUFFERS_H_
