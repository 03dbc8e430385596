#include "kernels/reactive/reactor.h"

#include "kernels/reactive/process.h"

namespace fozzy::reactive {

Outcome Reactor::Run(Process main, const RunOptions& options) {
  Gate& root = scheduler_.root();
  scheduler_.Start(main.Take(), root, root, /*join=*/nullptr);
  return GoOn(options);
}

Outcome Reactor::GoOn(const RunOptions& options) {
  const uint64_t first = scheduler_.instant();
  if (scheduler_.finding()) return End(Ending::kFailed, first);
  Hearing hearing = options.hear ? Hearing::kOpen : Hearing::kClosed;
  while (scheduler_.instant() - first < options.instants_max) {
    scheduler_.BeginInstant();
    const uint64_t instant = scheduler_.instant() - 1;
    if (hearing == Hearing::kOpen) hearing = options.hear(instant);
    if (!scheduler_.React()) return End(Ending::kFailed, first);
    if (options.tell) options.tell(instant);
    scheduler_.EndInstant();
    if (options.inspect) options.inspect(Inspect());
    if (scheduler_.root().members.empty()) {
      return End(Ending::kFinished, first);
    }
    if (scheduler_.HasNext()) continue;
    if (hearing == Hearing::kClosed || !options.is_awaited ||
        !options.is_awaited()) {
      return End(Ending::kStuck, first);
    }
  }
  return End(Ending::kBudget, first);
}

Outcome Reactor::End(Ending ending, uint64_t first) const {
  return {.ending = ending,
          .instants = scheduler_.instant() - first,
          .finding = scheduler_.finding()};
}

}  // namespace fozzy::reactive
