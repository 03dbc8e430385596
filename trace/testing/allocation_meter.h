// How much memory a test takes from the heap.
#ifndef FOZZY_TRACE_TESTING_ALLOCATION_METER_H_
#define FOZZY_TRACE_TESTING_ALLOCATION_METER_H_

#include <cstddef>

namespace fozzy {

// Starts to measure, for the programs that link allocation_meter.cc.  Under
// ThreadSanitizer nothing is measured: no_allocation_meter.cc.
void StartMeter();

// Returns the most bytes of operator new that were in use at once since
// StartMeter, above what was in use then.
size_t PeakBytes();

}  // namespace fozzy

#endif  // FOZZY_TRACE_TESTING_ALLOCATION_METER_H_
