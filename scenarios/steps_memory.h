// Steps on the memory model.
#ifndef FOZZY_SCENARIOS_STEPS_MEMORY_H_
#define FOZZY_SCENARIOS_STEPS_MEMORY_H_

#include "scenarios/step_spec.h"

namespace fozzy {

struct MemoryAlloc {
  enum Field : size_t { kBytes, kKey, kTag };
  static constexpr FieldSpec kFields[] = {
      {"bytes", FieldType::kU64},
      {"key", FieldType::kText, Presence::kOptional},
      {"tag", FieldType::kText, Presence::kOptional},
  };
  static void Run(StepRunner& runner, const Step& step);
};

struct MemoryFree {
  enum Field : size_t { kAllocId, kKey };
  static constexpr FieldSpec kFields[] = {
      {"alloc_id", FieldType::kU64, Presence::kOptional},
      {"key", FieldType::kText, Presence::kOptional},
  };
  static void Check(const Step& step, CheckReport& report);
  static void Run(StepRunner& runner, const Step& step);
};

struct MemoryLimitMb {
  enum Field : size_t { kMb };
  static constexpr FieldSpec kFields[] = {{"mb", FieldType::kU64}};
  static void Run(StepRunner& runner, const Step& step);
};

struct MemoryFailAfterAllocs {
  enum Field : size_t { kCount };
  static constexpr FieldSpec kFields[] = {{"count", FieldType::kU64}};
  static void Run(StepRunner& runner, const Step& step);
};

struct MemoryFragmentation {
  enum Field : size_t { kSeed };
  static constexpr FieldSpec kFields[] = {{"seed", FieldType::kU64}};
  static void Run(StepRunner& runner, const Step& step);
};

struct MemoryPressureWave {
  enum Field : size_t { kPattern };
  static constexpr FieldSpec kFields[] = {{"pattern", FieldType::kText}};
  static void Run(StepRunner& runner, const Step& step);
};

struct MemoryCheckpoint {
  enum Field : size_t { kName };
  static constexpr FieldSpec kFields[] = {{"name", FieldType::kText}};
  static void Run(StepRunner& runner, const Step& step);
};

struct MemoryAssertInUseBytes {
  enum Field : size_t { kEquals };
  static constexpr FieldSpec kFields[] = {{"equals", FieldType::kU64}};
  static void Run(StepRunner& runner, const Step& step);
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_STEPS_MEMORY_H_
