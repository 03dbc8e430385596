// Programs with one known concurrency bug each, and their mended twins: what a
// search must find, and what it must find nothing in.
#ifndef SCENARIOS_KNOWN_BUGS_KNOWN_BUG_H_
#define SCENARIOS_KNOWN_BUGS_KNOWN_BUG_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace fozzy {

struct KnownBug {
  std::string_view name;  // snake_case, unique
  // Runs as the main task, joins what it started and returns, unless the bug
  // strikes first.
  void (*body)();
  // The same program without the bug: no schedule, spurious wake-up, early
  // time-out or stale value of the C++20 memory model makes it misbehave.
  void (*twin)();
  std::string_view finding;  // the kind expected, "deadlock" say
  // Whether every interleaving of sequentially consistent steps is sound: only
  // a load of an older value, or a store placed before an older one, shows it.
  bool needs_weak_memory;
  uint64_t budget;         // schedules within which a search must find it
  std::string_view about;  // one line for people
};

// Returns all of them, sorted by name.
std::span<const KnownBug> KnownBugs();

}  // namespace fozzy

#endif  // SCENARIOS_KNOWN_BUGS_KNOWN_BUG_H_
