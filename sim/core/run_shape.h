// What strategies may know of a run before it starts.
#ifndef FOZZY_SIM_CORE_RUN_SHAPE_H_
#define FOZZY_SIM_CORE_RUN_SHAPE_H_

#include <cstdint>
#include <span>

#include "fozzy/strategy.h"

namespace fozzy {

// How much of what a typical run does, as RunProbeStrategy counted it.
//
// It is an option like the seed: given before the first run of a campaign and
// never changed, so that a run stays a pure function of options and index.  The
// probe is deterministic, so every worker may make its own.  A shape that is
// wrong, or none at all, costs probability and never soundness.
struct RunShape {
  // How many ops one task did.
  struct TaskOps {
    TaskId task = {};
    TaskId parent = {};  // that started it; itself if nobody did
    uint64_t ops = 0;
  };
  // How many ops one task did to an object that several tasks use, and not
  // only to read it.
  struct SharedOps {
    uint32_t object = 0;
    TaskId task = {};
    uint64_t ops = 0;
  };

  uint64_t questions = 0;                  // about tasks; 0: not known
  std::span<const TaskOps> tasks = {};     // not owned, by task
  std::span<const SharedOps> shared = {};  // not owned, by object, then task
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_RUN_SHAPE_H_
