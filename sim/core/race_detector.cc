#include "sim/core/race_detector.h"

namespace fozzy {

RaceDetector::RaceDetector(Arena& arena, const MemoryModel& memory)
    : memory_(memory),
      variable_pool_(arena),
      reader_pool_(arena),
      variables_(arena) {}

void RaceDetector::Reset() {
  variable_pool_.Reset();
  reader_pool_.Reset();
  variables_.clear();
}

VariableId RaceDetector::Create() {
  Variable* variable = variable_pool_.Take();
  *variable = {};
  variables_.push_back(variable);
  return static_cast<VariableId>(variables_.size());
}

void RaceDetector::Destroy(VariableId id) {
  Variable& variable = At(id);
  ForgetReads(variable);
  variable_pool_.Give(&variable);
  variables_[id - 1] = nullptr;
}

const Race* RaceDetector::Read(Variable& variable, const VectorClock& clock,
                               const Mark& mark) {
  const Mark write = variable.write;
  // Reads that happened before this one are told by it: what is ordered after
  // it is ordered after them.
  const bool is_alone = variable.readers == nullptr &&
                        variable.read.epoch <= clock.Get({variable.read.task});
  if (!is_alone) {
    if (variable.readers == nullptr) Remember(variable, variable.read);
    Remember(variable, mark);
  }
  variable.read = mark;
  if (write.epoch <= clock.Get({write.task})) return nullptr;
  return Found(write, true, mark, false);
}

const Race* RaceDetector::Write(Variable& variable, const VectorClock& clock,
                                const Mark& mark) {
  const Mark write = variable.write;
  const Mark read = variable.read;
  variable.write = mark;
  if (write.epoch > clock.Get({write.task})) {
    ForgetReads(variable);
    return Found(write, true, mark, true);
  }
  Mark unordered = read.epoch > clock.Get({read.task}) ? read : Mark{};
  for (const Readers* node = variable.readers;
       node != nullptr && unordered.epoch == 0; node = node->next) {
    for (const Mark& reader : node->marks) {
      if (reader.epoch > clock.Get({reader.task})) unordered = reader;
    }
  }
  ForgetReads(variable);
  return unordered.epoch == 0 ? nullptr : Found(unordered, false, mark, true);
}

const Race* RaceDetector::Found(const Mark& first, bool was_write,
                                const Mark& second, bool is_write) {
  race_ = {.first = {{first.task}, first.site, was_write},
           .second = {{second.task}, second.site, is_write}};
  return &race_;
}

void RaceDetector::Remember(Variable& variable, const Mark& mark) {
  const uint32_t first = mark.task / Readers::kTasks * Readers::kTasks;
  Readers* node = variable.readers;
  while (node != nullptr && node->first != first) node = node->next;
  if (node == nullptr) {
    node = reader_pool_.Take();
    *node = {.next = variable.readers, .first = first, .marks = {}};
    variable.readers = node;
  }
  Mark& known = node->marks[mark.task - first];
  if (known.epoch != mark.epoch) known = mark;
}

void RaceDetector::ForgetReads(Variable& variable) {
  variable.read = {};
  while (variable.readers != nullptr) {
    Readers* node = variable.readers;
    variable.readers = node->next;
    reader_pool_.Give(node);
  }
}

}  // namespace fozzy
