// Memory for what a scenario holds, given back all at once.
#ifndef FOZZY_SCENARIOS_SCENARIO_ARENA_H_
#define FOZZY_SCENARIOS_SCENARIO_ARENA_H_

#include <cstddef>
#include <memory>
#include <type_traits>
#include <vector>

#include "absl/strings/string_view.h"

namespace fozzy {

// Hands out memory from blocks and keeps all of it until it is destroyed.
// Addresses are stable, also when the arena is moved.
class ScenarioArena {
 public:
  // `block_bytes` is the size of the first block; later ones grow to 64 KiB.
  explicit ScenarioArena(size_t block_bytes = 512);

  ScenarioArena(ScenarioArena&&) = default;
  ScenarioArena& operator=(ScenarioArena&&) = default;

  // Returns `bytes` bytes, aligned to 8.
  char* Allocate(size_t bytes) {
    const size_t rounded = (bytes + 7) & ~size_t{7};
    if (rounded > left_) AddBlock(rounded);
    char* const result = next_;
    next_ += rounded;
    left_ -= rounded;
    return result;
  }

  // Returns `count` value-initialized objects; nobody destroys them.
  template <typename T>
  T* NewArray(size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    static_assert(alignof(T) <= 8);
    T* const items = reinterpret_cast<T*>(Allocate(count * sizeof(T)));
    std::uninitialized_value_construct_n(items, count);
    return items;
  }

  // Returns a copy of `text` that lives as long as the arena.
  absl::string_view Copy(absl::string_view text);

 private:
  // Makes room for at least `bytes` more.
  void AddBlock(size_t bytes);

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  size_t left_ = 0;
  size_t block_bytes_;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_SCENARIO_ARENA_H_
