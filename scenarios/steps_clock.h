// Steps that let time pass, and that wait for a key.
#ifndef FOZZY_SCENARIOS_STEPS_CLOCK_H_
#define FOZZY_SCENARIOS_STEPS_CLOCK_H_

#include "scenarios/step_spec.h"

namespace fozzy {

struct SleepStep {
  enum Field : size_t { kDuration };
  static constexpr FieldSpec kFields[] = {{"duration", FieldType::kDuration}};
  static void Run(StepRunner& runner, const Step& step);
};

struct AdvanceStep {
  enum Field : size_t { kDuration };
  static constexpr FieldSpec kFields[] = {{"duration", FieldType::kDuration}};
  static void Run(StepRunner& runner, const Step& step);
};

struct FreezeStep {
  enum Field : size_t { kAtMs };
  static constexpr FieldSpec kFields[] = {
      {"at_ms", FieldType::kU64, Presence::kOptional},
  };
  static void Run(StepRunner& runner, const Step& step);
};

struct UnfreezeStep {
  static void Run(StepRunner& runner, const Step& step);
};

// assert_eventually_kv and assert_never_kv.  Nothing else runs while they
// poll, so the key is looked at once and then time passes.
struct AssertKv {
  enum Field : size_t { kKey, kEquals, kWithin, kPoll, kMsg };
  static constexpr FieldSpec kFields[] = {
      {"key", FieldType::kText},
      {"equals", FieldType::kText},
      {"within", FieldType::kDuration},
      {"poll", FieldType::kDuration},
      {"msg", FieldType::kText, Presence::kOptional},
  };
  static void Check(const Step& step, CheckReport& report);
  static void RunEventually(StepRunner& runner, const Step& step);
  static void RunNever(StepRunner& runner, const Step& step);
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_STEPS_CLOCK_H_
