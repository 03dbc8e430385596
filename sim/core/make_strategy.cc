#include "sim/core/make_strategy.h"

#include <algorithm>
#include <new>

#include "sim/core/delay_bounding_strategy.h"
#include "sim/core/feedback_strategy.h"
#include "sim/core/list_strategy.h"
#include "sim/core/newest_strategy.h"
#include "sim/core/pct_strategy.h"
#include "sim/core/portfolio_strategy.h"
#include "sim/core/pos_strategy.h"
#include "sim/core/preemption_bounding_strategy.h"
#include "sim/core/random_walk_strategy.h"
#include "sim/core/round_robin_strategy.h"
#include "sim/core/surw_strategy.h"

namespace fozzy {
namespace {

constexpr uint64_t kQuantumMax = 1'000'000;

// Five runs in eight go to samplers that mix all tasks (random, SURW, POS,
// URW), three to those that hold one back for long (PCT, delays): what one kind
// finds in one run of ten, the other may not find in ten thousand.  SURW, the
// best of its kind, has two.  Feedback is left out: its runs depend on those
// before them.  So are bounded preemptions, which find what delays do, and
// round robin, which has few schedules.
constexpr std::string_view kPortfolio[] = {
    "random", "pct:2", "surw", "pos", "pct:3", "surw", "urw", "delay:2",
};

template <class T, class... Arguments>
Strategy* Place(Arena& arena, Arguments&&... arguments) {
  void* memory = arena.Allocate(sizeof(T), alignof(T));
  return ::new (memory) T(static_cast<Arguments&&>(arguments)...);
}

Strategy* MakeCalm(const StrategyOptions&, uint64_t, Arena& arena) {
  return Place<CalmStrategy>(arena);
}

Strategy* MakeDelay(const StrategyOptions& options, uint64_t delays,
                    Arena& arena) {
  return Place<DelayBoundingStrategy>(
      arena, DelayBoundingStrategy::Options{
                 options.seed, static_cast<uint32_t>(delays), options.shape});
}

Strategy* MakeFeedback(const StrategyOptions& options, uint64_t, Arena& arena) {
  return Place<FeedbackStrategy>(arena, FeedbackStrategy::Options{options.seed},
                                 arena);
}

Strategy* MakeNewest(const StrategyOptions&, uint64_t, Arena& arena) {
  return Place<NewestStrategy>(arena);
}

Strategy* MakePct(const StrategyOptions& options, uint64_t depth,
                  Arena& arena) {
  return Place<PctStrategy>(
      arena, PctStrategy::Options{options.seed, static_cast<uint32_t>(depth),
                                  options.shape});
}

Strategy* MakePortfolio(const StrategyOptions& options, uint64_t,
                        Arena& arena) {
  auto** members = arena.AllocateArray<Strategy*>(std::size(kPortfolio));
  for (size_t i = 0; i < std::size(kPortfolio); ++i) {
    members[i] = MakeStrategy(kPortfolio[i], options, arena).strategy;
  }
  return Place<PortfolioStrategy>(
      arena, std::span<Strategy* const>(members, std::size(kPortfolio)));
}

Strategy* MakePos(const StrategyOptions& options, uint64_t, Arena& arena) {
  return Place<PosStrategy>(arena, PosStrategy::Options{options.seed}, arena);
}

Strategy* MakePreempt(const StrategyOptions& options, uint64_t preemptions,
                      Arena& arena) {
  return Place<PreemptionBoundingStrategy>(
      arena,
      PreemptionBoundingStrategy::Options{
          options.seed, static_cast<uint32_t>(preemptions), options.shape});
}

Strategy* MakeRandom(const StrategyOptions& options, uint64_t, Arena& arena) {
  return Place<RandomWalkStrategy>(arena,
                                   RandomWalkStrategy::Options{options.seed});
}

Strategy* MakeRoundRobin(const StrategyOptions& options, uint64_t quantum,
                         Arena& arena) {
  return Place<RoundRobinStrategy>(
      arena, RoundRobinStrategy::Options{options.seed, quantum});
}

Strategy* MakeSurw(const StrategyOptions& options, uint64_t, Arena& arena) {
  return Place<SurwStrategy>(
      arena, SurwStrategy::Options{options.seed, true, options.shape}, arena);
}

Strategy* MakeUrw(const StrategyOptions& options, uint64_t, Arena& arena) {
  return Place<SurwStrategy>(
      arena, SurwStrategy::Options{options.seed, false, options.shape}, arena);
}

constexpr StrategyMaker kMakers[] = {
    {"calm", "", 0, 0, 0, "one run: go on, no fault, the oldest message",
     MakeCalm},
    {"delay", "delays", 0, RarePoints::kMax, 2,
     "tasks in order, a few of them delayed", MakeDelay},
    {"feedback", "", 0, 0, 0, "changes runs that reached something new",
     MakeFeedback},
    {"newest", "", 0, 0, 0, "one run: as calm, but the newest message first",
     MakeNewest},
    {"pct", "depth", 1, PctStrategy::kDepthMax, 3,
     "random priorities that change depth - 1 times", MakePct},
    {"portfolio", "", 0, 0, 0, "run by run another of the best strategies",
     MakePortfolio},
    {"pos", "", 0, 0, 0, "random priorities, drawn anew where ops race",
     MakePos},
    {"preempt", "preemptions", 0, RarePoints::kMax, 2,
     "any task where one ends or blocks, few preemptions", MakePreempt},
    {"random", "", 0, 0, 0, "any runnable task", MakeRandom},
    {"round_robin", "quantum", 1, kQuantumMax, 0,
     "every task in turn, for a quantum of questions", MakeRoundRobin},
    {"surw", "", 0, 0, 0, "interleavings of the ops on one object, all alike",
     MakeSurw},
    {"urw", "", 0, 0, 0, "interleavings of all ops, all alike", MakeUrw},
};

constexpr bool ByName(const StrategyMaker& a, const StrategyMaker& b) {
  return a.name < b.name;
}

static_assert(std::is_sorted(std::begin(kMakers), std::end(kMakers), ByName));

const StrategyMaker* Find(std::string_view name) {
  for (const StrategyMaker& maker : kMakers) {
    if (maker.name == name) return &maker;
  }
  return nullptr;
}

// Returns whether `text` is a number from `maker`'s least to most.
bool ReadParameter(std::string_view text, const StrategyMaker& maker,
                   uint64_t& parameter) {
  parameter = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    parameter = parameter * 10 + static_cast<uint64_t>(c - '0');
    if (parameter > maker.most) return false;
  }
  return !text.empty() && parameter >= maker.least;
}

}  // namespace

std::span<const StrategyMaker> StrategyMakers() { return kMakers; }

std::span<const std::string_view> PortfolioMembers() { return kPortfolio; }

MadeStrategy MakeStrategy(std::string_view text, const StrategyOptions& options,
                          Arena& arena) {
  const size_t colon = std::min(text.find(':'), text.size());
  const StrategyMaker* maker = Find({text.data(), colon});
  if (maker == nullptr) return {.problem = "there is no strategy of that name"};
  uint64_t parameter = maker->otherwise;
  if (colon != text.size()) {
    if (maker->parameter.empty()) {
      return {.problem = "this strategy has no parameter", .maker = maker};
    }
    const std::string_view written(text.data() + colon + 1,
                                   text.size() - colon - 1);
    if (!ReadParameter(written, *maker, parameter)) {
      return {.problem = "the parameter is not a number within its bounds",
              .maker = maker};
    }
  }
  return {.strategy = maker->make(options, parameter, arena), .maker = maker};
}

}  // namespace fozzy
