// Which stores an operation may read, and where one may land.
#include "sim/base/check.h"
#include "sim/core/memory_model.h"
#include "sim/core/memory_order.h"

namespace fozzy {
namespace {

// What can come of a compare-exchange.
constexpr uint32_t kCanSucceed = 1;
constexpr uint32_t kCanFail = 2;

// The oldest place that is offered.
uint32_t Oldest(const Location& location) {
  constexpr uint32_t kMax = MemoryModel::kHistoryMax;
  return location.count > kMax ? location.count - kMax : 0;
}

}  // namespace

ScAccess MemoryModel::ToSc(const Access& access, uint32_t place) const {
  const bool acquires = access.reads && IsAcquire(access.order);
  return {
      .task = access.id,
      .marks = access.task.marks,
      .known = access.task.known,
      .id = access.location_id,
      .location = access.location,
      .place = place,
      .acquired = acquires ? access.location.stores[place].released : nullptr,
      .reads = access.reads,
      .writes = access.writes,
      .is_sc = access.is_sc()};
}

// Coherence is not looked at here: places below what the task knows of are not
// asked about.
bool MemoryModel::Allows(const Access& access, uint32_t place) {
  if (access.writes && access.location.stores[place].is_updated) return false;
  return mode_ != Mode::kTold || sc_.Allows(ToSc(access, place));
}

// Which store is read by a load that may read whatever coherence allows.
uint32_t MemoryModel::PickStore(Task& task, const Location& location) {
  const uint32_t newest = location.count - 1;
  const uint32_t oldest = Oldest(location);
  uint32_t place = newest;
  while (place != oldest &&
         !IsKnown(location.stores[place], task.known.clock)) {
    --place;
  }
  return newest - AskWhich(task, ChoiceKind::kReadsFrom, newest - place + 1);
}

// The same of an operation that writes.
uint32_t MemoryModel::PickPlace(Task& task, const Location& location,
                                ChoiceKind kind) {
  const uint32_t oldest = Oldest(location);
  uint32_t count = 0;
  for (uint32_t place = location.count; place-- > oldest;) {
    const StoreRecord& store = location.stores[place];
    if (!store.is_updated) candidate_[count++] = place;
    if (IsKnown(store, task.known.clock)) break;
  }
  return candidate_[AskWhich(task, kind, count)];
}

// The same where ScOrder has its say.
uint32_t MemoryModel::PickTold(Access access, ChoiceKind kind) {
  const Location& location = access.location;
  const uint32_t oldest = Oldest(location);
  sc_.StartTargets();
  uint32_t count = 0;
  for (uint32_t place = location.count; place-- > oldest;) {
    if (Allows(access, place)) candidate_[count++] = place;
    if (IsKnown(location.stores[place], access.task.known.clock)) break;
    sc_.AddTargets(location.stores[place]);
  }
  return candidate_[AskWhich(access.task, kind, count)];
}

uint32_t MemoryModel::AskWhich(Task& task, ChoiceKind kind, uint32_t count) {
  FOZZY_CHECK(count != 0);
  if (kind == ChoiceKind::kReadsFrom && task.reads_newest) {
    task.reads_newest = false;
    return 0;
  }
  if (count == 1) return 0;
  const uint64_t answer = oracle_.Ask(kind, count - 1);
  FOZZY_CHECK(answer < count);
  return static_cast<uint32_t>(answer);
}

uint32_t MemoryModel::ExchangeAt(const ExchangeOptions& options,
                                 uint32_t place) {
  const StoreRecord& store = options.success.location.stores[place];
  const bool is_expected = store.value == options.expected;
  const bool can_fail =
      !is_expected || (options.is_weak && kind_ != MemoryModelKind::kSc);
  uint32_t option = place * 4;
  if (is_expected && Allows(options.success, place)) option += kCanSucceed;
  if (can_fail && Allows(options.failure, place)) option += kCanFail;
  return option;
}

MemoryModel::Exchange MemoryModel::PickExchange(
    const ExchangeOptions& options) {
  const Location& location = options.success.location;
  Task& task = options.success.task;
  const bool is_newest_only = IsNewestOnly(options.success);
  const uint32_t oldest =
      is_newest_only ? location.count - 1 : Oldest(location);
  const bool is_told = mode_ == Mode::kTold;
  if (is_told) sc_.StartTargets();
  uint32_t count = 0;
  for (uint32_t place = location.count; place-- > oldest;) {
    const uint32_t option = ExchangeAt(options, place);
    if (option % 4 != 0) candidate_[count++] = option;
    if (IsKnown(location.stores[place], task.known.clock)) break;
    if (is_told) sc_.AddTargets(location.stores[place]);
  }
  const uint32_t option =
      candidate_[AskWhich(task, ChoiceKind::kReadsFrom, count)];
  const bool is_open = option % 4 == (kCanSucceed | kCanFail);
  if (is_open && oracle_.Ask(ChoiceKind::kSpurious, 1) != 0) {
    return {option / 4, false};
  }
  return {option / 4, (option & kCanSucceed) != 0};
}

}  // namespace fozzy
