#include "sim/core/sc_chain.h"

namespace fozzy {

void ScChain::Reset() {
  count_ = 0;
  overtakings_.clear();
  base_ = 0;
  has_fences_ = false;
  is_full_ = false;
}

void ScChain::Settle() {
  const uint32_t base = last();
  Reset();
  base_ = base;
}

void ScChain::AddFence(TaskId task, Knowledge& known, ScMarks& marks) {
  Depart(marks, known, 0);
  Next() = {.task = task.value, .epoch = known.clock.Get(task)};
  has_fences_ = true;
  known.chain.fences = last();
  marks.last = last();
}

// Accesses in the chain are of what was the newest store: those of older ones
// are all before the first store, of the chain, that is not so old.
uint32_t ScChain::UpTo(const Location& location, uint32_t place) const {
  if (location.chain_last == 0) return 0;
  for (uint32_t i = place + 1; i < location.count; ++i) {
    const StoreRecord& store = location.stores[i];
    if (store.is_chained) return At(store.sc_event).previous;
  }
  return location.chain_last;
}

uint32_t ScChain::FencesUpTo(const Location& location, uint32_t place) const {
  const uint32_t number = UpTo(location, place);
  return number == 0 ? 0 : At(number).fences;
}

uint32_t ScChain::Heard(const Location& location,
                        const Hearing& hearing) const {
  uint32_t number = location.chain_last;
  while (number != 0 && !hearing.Knows(At(number).task, At(number).epoch)) {
    number = At(number).previous;
  }
  return number;
}

void ScChain::AddBefore(uint32_t number, ScSet& set) const {
  for (const Overtaking& overtaking : overtakings_) {
    if (overtaking.first <= number) set.Join(overtaking.before);
  }
}

void ScChain::Overtake(const Overtaking& overtaking) {
  overtakings_.push_back(overtaking);
  if (overtakings_.size() == kOvertakingsMax) is_full_ = true;
}

}  // namespace fozzy
