// A trace with something of everything.
#ifndef FOZZY_TRACE_TESTING_SAMPLE_H_
#define FOZZY_TRACE_TESTING_SAMPLE_H_

#include <cstdint>

#include "trace/testing/edit.h"

namespace fozzy {

// All kinds of decisions, events and observations, two findings; below 4 KB.
EditableTrace SampleTrace();

// `steps` steps with events and decisions among them, some of them random.
EditableTrace LongTrace(uint64_t steps);

// Numbers that look random and are the same everywhere.
class NumberSequence {
 public:
  // Source: Steele, Lea, Flood: SplitMix, OOPSLA 2014.
  uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15;
    uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
  }

 private:
  uint64_t state_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_TESTING_SAMPLE_H_
