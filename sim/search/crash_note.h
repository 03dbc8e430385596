// What is known of a run that ended its process.
#ifndef FOZZY_SIM_SEARCH_CRASH_NOTE_H_
#define FOZZY_SIM_SEARCH_CRASH_NOTE_H_

#include <cstdint>
#include <string>

#include "fozzy/finding.h"

namespace fozzy {

// Written by whoever dies, on a stack that is nearly full or in a heap that is
// damaged, and read by another process: it refers to nothing.
struct CrashNote {
  int signal = 0;  // 0: none came
  bool is_overflow = false;
  bool is_null = false;  // the address was that of nothing, or close to it
  uint64_t stack_bytes = 0;
  char task[48] = {};   // its name; empty: none ran
  char place[80] = {};  // "queue.cc:12", of its last op; empty: not known
};

// Returns what is to be reported of a process that ended with `wait_status` in
// the middle of a run.  Two runs that crash in the same way have the same
// signature.
Finding CrashFinding(const CrashNote& note, int wait_status);

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_CRASH_NOTE_H_
