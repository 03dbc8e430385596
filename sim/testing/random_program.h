// Random tiny programs, for properties that hold of all programs.
#ifndef FOZZY_SIM_TESTING_RANDOM_PROGRAM_H_
#define FOZZY_SIM_TESTING_RANDOM_PROGRAM_H_

#include <cstdint>
#include <vector>

#include "sim/base/fast_rng.h"
#include "sim/testing/tiny_subject.h"

namespace fozzy {

// Returns a task of about `length` instructions that meets others in three
// places of memory and at three mutexes.
inline std::vector<TinyCode> RandomTask(FastRng& rng, uint32_t length) {
  constexpr uint64_t kRandom = static_cast<uint64_t>(ChoiceKind::kRandom);
  constexpr uint64_t kFault = static_cast<uint64_t>(ChoiceKind::kFault);
  std::vector<TinyCode> task;
  const auto add = [&task](TinyKind kind, uint64_t a, uint64_t b = 0) {
    task.push_back({kind, a, b});
  };
  for (uint32_t i = 0; i < length; ++i) {
    const uint64_t place = rng.UpTo(2);
    switch (rng.UpTo(8)) {
      case 0:
        add(TinyKind::kLoad, place);
        break;
      case 1:
        add(TinyKind::kLoadAny, place);
        break;
      case 2:
        add(TinyKind::kStore, place);
        break;
      case 3:
        add(TinyKind::kLoad, place);
        add(TinyKind::kAdd, 1);
        add(TinyKind::kStore, place);
        break;
      case 4:
        add(TinyKind::kSet, rng.UpTo(3));
        break;
      case 5:
        add(TinyKind::kLock, place);
        add(TinyKind::kLoad, place);
        add(TinyKind::kLock, (place + 1 + rng.UpTo(1)) % 3);
        add(TinyKind::kUnlock, place);
        break;
      case 6:
        add(TinyKind::kAsk, kRandom, 1'000);
        break;
      case 7:
        add(TinyKind::kAsk, kFault, 1);
        break;
      default:
        add(TinyKind::kSkipUnless, 1 + rng.UpTo(4), 1);
        add(TinyKind::kFail, i);
        break;
    }
  }
  return task;
}

// Returns a program of `tasks` such tasks; in every other one task 0 starts
// them and waits for them.
inline TinyProgram RandomProgram(uint64_t seed, uint32_t tasks,
                                 uint32_t length) {
  FastRng rng(seed);
  TinyProgram program;
  program.tasks.resize(2);
  for (uint32_t i = 0; i < tasks; ++i) {
    program.tasks.push_back(RandomTask(rng, length));
  }
  if (seed % 2 == 0) return program;
  for (const TinyKind kind : {TinyKind::kSpawn, TinyKind::kJoin}) {
    for (uint32_t i = 0; i < tasks; ++i) {
      program.tasks[0].push_back({kind, i + 2});
    }
  }
  return program;
}

}  // namespace fozzy

#endif  // FOZZY_SIM_TESTING_RANDOM_PROGRAM_H_
