// Strategies by the names users write.
#ifndef FOZZY_SIM_CORE_MAKE_STRATEGY_H_
#define FOZZY_SIM_CORE_MAKE_STRATEGY_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "fozzy/strategy.h"
#include "sim/core/arena.h"
#include "sim/core/run_shape.h"

namespace fozzy {

// What all strategies are made from.
struct StrategyOptions {
  uint64_t seed = 0;
  RunShape shape = {};  // not owned; may be empty, see RunShape
};

// One kind of strategy.
struct StrategyMaker {
  std::string_view name;       // as written: "pct", or with a parameter "pct:3"
  std::string_view parameter;  // its name in the help: "depth"; empty: none
  uint64_t least = 0;          // bounds of the parameter,
  uint64_t most = 0;
  uint64_t otherwise = 0;  // and its value where it is not written
  std::string_view help;   // one line

  // The strategy lives in the arena.  `parameter` is within its bounds.
  Strategy* (*make)(const StrategyOptions& options, uint64_t parameter,
                    Arena& arena);
};

// Returns all of them, sorted by name.
std::span<const StrategyMaker> StrategyMakers();

// A strategy, or what is wrong with its name.
struct MadeStrategy {
  Strategy* strategy = nullptr;   // lives in the arena
  const char* problem = nullptr;  // a sentence without its stop; null: none
  const StrategyMaker* maker = nullptr;  // null if the name is not known
};

// Makes what `text` says: a name of the table, or "name:parameter".  Nothing is
// taken from the arena if there is a problem.
MadeStrategy MakeStrategy(std::string_view text, const StrategyOptions& options,
                          Arena& arena);

// What a portfolio is made of, in the order of runs.
std::span<const std::string_view> PortfolioMembers();

// The names of schedules that the established tool has, sorted, and what they
// are called here.
struct EstablishedSchedule {
  std::string_view schedule;
  std::string_view strategy;
};
inline constexpr EstablishedSchedule kEstablishedSchedules[] = {
    {"bfs", "calm"},   {"coverage_guided", "feedback"},
    {"dfs", "newest"}, {"fifo", "calm"},
    {"pct", "pct"},    {"random", "random"},
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_MAKE_STRATEGY_H_
