// Random litmus programs, for comparing memory models on what nobody thought
// of.
#ifndef FOZZY_SIM_LITMUS_RANDOM_LITMUS_H_
#define FOZZY_SIM_LITMUS_RANDOM_LITMUS_H_

#include <cstdint>

#include "sim/litmus/litmus_program.h"

namespace fozzy {

struct RandomLitmusOptions {
  uint32_t threads_max = 3;         // at least 2 and at most kLitmusThreadsMax
  uint32_t ops_per_thread_max = 3;  // at least 1
  uint32_t ops_max = 9;             // of all threads, at most 14
  // No more than this many candidates: the number of ways to say what each
  // read reads and how the writes of each location are ordered, which bounds
  // the time to list outcomes.
  uint64_t candidates_max = 20'000;
  uint64_t seed = 0;
  uint64_t index = 0;
};

// Returns program `options.index` of stream `options.seed`: two or three
// locations, all kinds of operations, two threads or more unless the bounds
// leave no room.  Each program draws its memory orders from a few, so that
// there are all-relaxed programs, all-SC ones and any mix.  Requires options
// within their bounds.
LitmusProgram RandomLitmusProgram(const RandomLitmusOptions& options);

}  // namespace fozzy

#endif  // FOZZY_SIM_LITMUS_RANDOM_LITMUS_H_
