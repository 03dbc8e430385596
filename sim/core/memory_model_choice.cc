// Which stores an operation may read, and where one may land.
#include "sim/base/check.h"
#include "sim/core/memory_model.h"

namespace fozzy {

bool MemoryModel::IsNewestOnly(const Access& access) const {
  const Location& location = access.location;
  return kind_ == MemoryModelKind::kSc ||
         access.order == MemoryOrder::kSequentiallyConsistent ||
         IsKnown(location.stores[location.count - 1], access.task.known.clock);
}

uint32_t MemoryModel::Oldest(const Location& location) {
  return location.count > kHistoryMax ? location.count - kHistoryMax : 0;
}

// Coherence is not looked at here: places below what the task knows of are not
// asked about.
bool MemoryModel::Allows(const Access& access, uint32_t place) {
  return !access.writes || !access.location.stores[place].is_updated;
}

uint32_t MemoryModel::Pick(const Access& access, ChoiceKind kind) {
  if (IsNewestOnly(access)) {
    if (access.reads) access.task.reads_newest = false;
    return access.location.count - 1;
  }
  return PickSlowly(access, kind);
}

uint32_t MemoryModel::PickSlowly(const Access& access, ChoiceKind kind) {
  const Location& location = access.location;
  const uint32_t oldest = Oldest(location);
  candidates_ = 0;
  for (uint32_t place = location.count; place-- > oldest;) {
    if (Allows(access, place)) candidate_[candidates_++] = place;
    if (IsKnown(location.stores[place], access.task.known.clock)) break;
  }
  return candidate_[AskWhich(access.task, kind)];
}

uint32_t MemoryModel::AskWhich(Task& task, ChoiceKind kind) {
  FOZZY_CHECK(candidates_ != 0);
  if (kind == ChoiceKind::kReadsFrom && task.reads_newest) {
    task.reads_newest = false;
    return 0;
  }
  if (candidates_ == 1) return 0;
  const uint64_t answer = oracle_.Ask(kind, candidates_ - 1);
  FOZZY_CHECK(answer < candidates_);
  return static_cast<uint32_t>(answer);
}

MemoryModel::Exchange MemoryModel::PickExchange(
    const ExchangeOptions& options) {
  const Location& location = options.success.location;
  const uint32_t newest = location.count - 1;
  if (IsNewestOnly(options.success)) {
    options.success.task.reads_newest = false;
    return MeetExchange(options, newest);
  }
  const uint32_t oldest = Oldest(location);
  candidates_ = 0;
  for (uint32_t place = location.count; place-- > oldest;) {
    const bool is_expected = location.stores[place].value == options.expected;
    if ((is_expected && Allows(options.success, place)) ||
        ((!is_expected || options.is_weak) && Allows(options.failure, place))) {
      candidate_[candidates_++] = place;
    }
    if (IsKnown(location.stores[place], options.success.task.known.clock)) {
      break;
    }
  }
  const uint32_t answer =
      AskWhich(options.success.task, ChoiceKind::kReadsFrom);
  return MeetExchange(options, candidate_[answer]);
}

// Whether the exchange that reads what is at `place` succeeds.
MemoryModel::Exchange MemoryModel::MeetExchange(const ExchangeOptions& options,
                                                uint32_t place) {
  const Location& location = options.success.location;
  if (!(location.stores[place].value == options.expected)) {
    return {place, false};
  }
  if (!options.is_weak || kind_ == MemoryModelKind::kSc) return {place, true};
  if (!Allows(options.success, place)) return {place, false};
  if (!Allows(options.failure, place)) return {place, true};
  return {place, oracle_.Ask(ChoiceKind::kSpurious, 1) == 0};
}

}  // namespace fozzy
