#include "scenarios/known_bugs/hunt.h"

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "sim/base/check.h"
#include "sim/core/arena.h"
#include "sim/core/dpor_strategy.h"
#include "sim/core/list_strategy.h"
#include "sim/core/make_strategy.h"
#include "sim/core/run_probe_strategy.h"

namespace fozzy {
namespace {

// What is given out here lives as long as the program, as what is left behind
// by runs with a finding does.
void* Grow(size_t bytes) {
  void* block = std::aligned_alloc(64, bytes);
  FOZZY_CHECK(block != nullptr);
  std::memset(block, 0, bytes);
  return block;
}

// Runs once.  If that finds something, writes down the run by doing it again.
bool Finds(Subject& subject, Strategy& strategy, uint64_t run, Hunt& hunt) {
  strategy.Begin(run);
  hunt.outcome = subject.Run(strategy, nullptr);
  ++hunt.schedules;
  strategy.End({.found = hunt.outcome.finding.has_value()});
  if (!hunt.outcome.finding) return false;
  strategy.Begin(run);
  hunt.outcome = subject.Run(strategy, &hunt.run);
  return true;
}

std::vector<Op> WaitingOf(const Executor& executor) {
  std::vector<Op> waiting;
  for (TaskId id{0}; id.value < executor.task_count(); ++id.value) {
    if (id == kTimerTask) continue;
    if (executor.task(id).state == TaskState::kEnded) continue;
    waiting.push_back(executor.pending(id));
  }
  return waiting;
}

}  // namespace

Simulation::Options HuntWorld() { return {.points_max = 20'000}; }

Hunt HuntFor(Subject& subject, const HuntOptions& options) {
  Arena arena(Grow, std::free);
  Hunt hunt;
  StrategyOptions made = {.seed = options.seed};
  RunProbeStrategy probe({.seed = options.seed}, arena);
  if (options.strategy != "random") {
    if (Finds(subject, probe, 0, hunt)) return hunt;
    made.shape = probe.shape();
  }
  const MadeStrategy strategy = MakeStrategy(options.strategy, made, arena);
  FOZZY_CHECK(strategy.strategy != nullptr);
  for (uint64_t run = 0; hunt.schedules < options.schedules_max; ++run) {
    if (Finds(subject, *strategy.strategy, run, hunt)) break;
  }
  return hunt;
}

uint64_t CountRepeated(Subject& subject, const Hunt& hunt, uint64_t times) {
  FOZZY_CHECK(hunt.outcome.finding.has_value());
  const std::string signature = Signature(*hunt.outcome.finding);
  uint64_t same = 0;
  for (uint64_t i = 0; i < times; ++i) {
    ListStrategy list({.decisions = hunt.run.decisions});
    list.Begin(0);
    const RunOutcome outcome = subject.Run(list, nullptr);
    if (outcome.digest != hunt.outcome.digest) continue;
    if (!outcome.finding) continue;
    if (Signature(*outcome.finding) == signature) ++same;
  }
  return same;
}

Exhaustion RunAll(BodySubject& subject, uint64_t runs_max) {
  Arena arena(Grow, std::free);
  DporStrategy strategy(arena, {.runs_max = runs_max});
  Exhaustion all;
  for (uint64_t run = 0; strategy.Begin(run); ++run) {
    all.outcome = subject.Run(strategy, nullptr);
    const std::vector<Op> waiting = WaitingOf(subject.simulation().executor());
    strategy.End({.found = all.outcome.finding.has_value(),
                  .abandoned = all.outcome.is_abandoned,
                  .points = all.outcome.points,
                  .waiting = waiting});
    if (all.outcome.finding) break;
  }
  all.is_exhaustive = strategy.is_exhaustive();
  all.has_drifted = strategy.has_drifted();
  all.complete = strategy.complete();
  all.blocked = strategy.blocked();
  return all;
}

}  // namespace fozzy
