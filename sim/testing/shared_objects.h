// Objects for RecordRandomHistory, right and wrong.
#ifndef FOZZY_SIM_TESTING_SHARED_OBJECTS_H_
#define FOZZY_SIM_TESTING_SHARED_OBJECTS_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "fozzy/history_buffers.h"
#include "fozzy/history_models.h"
#include "sim/base/rng.h"

namespace fozzy {

// A queue of `capacity` values that are all different, or of few values.
struct SharedQueue {
  using Model = QueueModel<int>;

  enum class Flaw {
    kNone,
    kTornPop,    // looks at the front in one step, removes one in the next
    kLazyPush,   // a pop does not see a value that is alone
    kPopsBack,   // a stack
    kForgetful,  // every second push is lost
  };

  Model::Op Draw(Rng& rng) {
    if (rng.Chance(1, 2)) return Model::Pop{};
    return Model::Push{next_value++ % values};
  }

  std::optional<Model::Result> Act(uint32_t task, const Model::Op& op) {
    if (const auto* push = std::get_if<Model::Push>(&op)) {
      if (queue.size() >= capacity) return false;
      if (flaw != Flaw::kForgetful || ++pushes % 2 != 0) {
        queue.push_back(push->value);
      }
      return true;
    }
    if (flaw == Flaw::kTornPop && !peeked.contains(task)) {
      peeked[task] = queue.empty() ? std::nullopt : std::optional(queue[0]);
      return std::nullopt;
    }
    return Pop(task);
  }

  Model::Result Pop(uint32_t task) {
    if (queue.empty() || (flaw == Flaw::kLazyPush && queue.size() < 2)) {
      peeked.erase(task);
      return std::optional<int>();
    }
    std::optional<int> value = queue.front();
    if (flaw == Flaw::kPopsBack) {
      value = queue.back();
      queue.pop_back();
      return value;
    }
    queue.pop_front();
    if (flaw == Flaw::kTornPop) value = peeked[task];
    peeked.erase(task);
    return value;
  }

  Flaw flaw = Flaw::kNone;
  size_t capacity = 3;
  int values = 1'000'000;
  int next_value = 0;
  uint64_t pushes = 0;
  std::deque<int> queue = {};
  std::map<uint32_t, std::optional<int>> peeked = {};
};

// Few keys with few values.
struct SharedMap {
  using Model = MapModel<int, int>;

  Model::Op Draw(Rng& rng) {
    const int key = static_cast<int>(rng.UpTo(2));
    const uint64_t kind = rng.UpTo(3);
    if (kind == 0) return Model::Put{key, static_cast<int>(rng.UpTo(3))};
    if (kind == 1) return Model::Remove{key};
    return Model::Get{key};
  }

  std::optional<Model::Result> Act(uint32_t, const Model::Op& op) {
    if (const auto* put = std::get_if<Model::Put>(&op)) {
      previous = map;
      map[put->key] = put->value;
      return Model::Result();
    }
    if (const auto* remove = std::get_if<Model::Remove>(&op)) {
      map.erase(remove->key);
      return Model::Result();
    }
    const auto& seen = is_stale && ++gets % 2 == 0 ? previous : map;
    const auto found = seen.find(std::get<Model::Get>(op).key);
    if (found == seen.end()) return Model::Result();
    return Model::Result(found->second);
  }

  bool is_stale = false;  // every second get sees the map before the last put
  uint64_t gets = 0;
  std::map<int, int> map = {};
  std::map<int, int> previous = {};
};

}  // namespace fozzy

#endif  // FOZZY_SIM_TESTING_SHARED_OBJECTS_H_
