// What is expected of the next event of a chunk, so that only the difference
// is stored.  Encoder and decoder keep one each, in step.
#ifndef FOZZY_TRACE_PREDICTION_H_
#define FOZZY_TRACE_PREDICTION_H_

#include <cstdint>
#include <cstring>

#include "fozzy/decision.h"

namespace fozzy {

// Expected of number i of an event: number i of the previous event of its kind
// in the chunk, or 0.  Except that steps count up by one, and that the first
// number of what happens inside of a step is the number of that step.  Numbers
// from the fifth on are expected to be 0.
class EventPrediction {
 public:
  void Reset() { *this = EventPrediction(); }

  uint64_t time() const { return time_; }
  uint32_t number_count(EventKind kind) const { return of(kind).number_count; }
  uint64_t number(EventKind kind, size_t i) const {
    if (i >= kNumbers) return 0;
    if (i > 0) return of(kind).numbers[i];
    switch (kind) {
      case EventKind::kStep:
        return of(kind).numbers[0] + 1;
      case EventKind::kUser:
      case EventKind::kFinding:
      case EventKind::kRollback:
        return of(EventKind::kStep).numbers[0];
      default:
        return of(kind).numbers[0];
    }
  }

  // Says what the event really was; every number that there is must be set.
  void set_time(uint64_t time) { time_ = time; }
  void set_number_count(EventKind kind, uint32_t count) {
    of(kind).number_count = count;
  }
  void set_number(EventKind kind, size_t i, uint64_t number) {
    if (i < kNumbers) of(kind).numbers[i] = number;
  }

 private:
  static constexpr size_t kNumbers = 4;

  struct Last {
    uint32_t number_count = 0;
    uint64_t numbers[kNumbers] = {};
  };

  const Last& of(EventKind kind) const {
    return last_[static_cast<size_t>(kind)];
  }
  Last& of(EventKind kind) { return last_[static_cast<size_t>(kind)]; }

  uint64_t time_ = 0;
  Last last_[kEventKinds];
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_PREDICTION_H_
