// Bodies for searches: reactive programs whose order is up to the strategy.
#ifndef FOZZY_BACKENDS_REACTIVE_REACTIVE_BODIES_H_
#define FOZZY_BACKENDS_REACTIVE_REACTIVE_BODIES_H_

#include <span>
#include <string_view>

namespace fozzy {

// A body under its name, "reactive/random_program" say.
struct ReactiveBody {
  std::string_view name;
  void (*body)();
};

// Returns all of them, by name.
std::span<const ReactiveBody> ReactiveBodies();

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_REACTIVE_REACTIVE_BODIES_H_
