// Steps on the key-value map, random numbers, and events of the user's own.
#ifndef FOZZY_SCENARIOS_STEPS_KV_H_
#define FOZZY_SCENARIOS_STEPS_KV_H_

#include "scenarios/step_spec.h"

namespace fozzy {

struct SetKv {
  enum Field : size_t { kKey, kValue };
  static constexpr FieldSpec kFields[] = {
      {"key", FieldType::kText},
      {"value", FieldType::kText},
  };
  static void Run(StepRunner& runner, const Step& step);
};

struct GetKvAssert {
  enum Field : size_t { kKey, kEquals, kIsNull };
  static constexpr FieldSpec kFields[] = {
      {"key", FieldType::kText},
      {"equals", FieldType::kText, Presence::kOptional},
      {"is_null", FieldType::kBool, Presence::kOptional},
  };
  static void Check(const Step& step, CheckReport& report);
  static void Run(StepRunner& runner, const Step& step);
};

struct RandU64 {
  enum Field : size_t { kKey };
  static constexpr FieldSpec kFields[] = {
      {"key", FieldType::kText, Presence::kOptional},
  };
  static void Run(StepRunner& runner, const Step& step);
};

struct TraceEvent {
  enum Field : size_t { kName, kFieldsOfEvent };
  static constexpr FieldSpec kFields[] = {
      {"name", FieldType::kText},
      {"fields", FieldType::kObject, Presence::kDefaulted},
  };
  static void Run(StepRunner& runner, const Step& step);
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_STEPS_KV_H_
