// Steps that hold two constants against each other, that fail, or that expect
// others to fail.
#ifndef FOZZY_SCENARIOS_STEPS_ASSERT_H_
#define FOZZY_SCENARIOS_STEPS_ASSERT_H_

#include "scenarios/step_spec.h"

namespace fozzy {

struct AssertOk {
  enum Field : size_t { kValue, kMsg };
  static constexpr FieldSpec kFields[] = {
      {"value", FieldType::kBool},
      {"msg", FieldType::kText, Presence::kOptional},
  };
  static void Run(StepRunner& runner, const Step& step);
};

struct AssertInts {
  enum Field : size_t { kA, kB, kMsg };
  static constexpr FieldSpec kFields[] = {
      {"a", FieldType::kI64},
      {"b", FieldType::kI64},
      {"msg", FieldType::kText, Presence::kOptional},
  };
  static void RunEqual(StepRunner& runner, const Step& step);
  static void RunUnequal(StepRunner& runner, const Step& step);
};

struct AssertStrs {
  enum Field : size_t { kA, kB, kMsg };
  static constexpr FieldSpec kFields[] = {
      {"a", FieldType::kText},
      {"b", FieldType::kText},
      {"msg", FieldType::kText, Presence::kOptional},
  };
  static void RunEqual(StepRunner& runner, const Step& step);
  static void RunUnequal(StepRunner& runner, const Step& step);
};

// assert_throws and assert_rejects, which are the same.
struct AssertFails {
  enum Field : size_t { kSteps };
  static constexpr FieldSpec kFields[] = {{"steps", FieldType::kSteps}};
  static void Run(StepRunner& runner, const Step& step);
};

struct FailStep {
  enum Field : size_t { kMessage };
  static constexpr FieldSpec kFields[] = {{"message", FieldType::kText}};
  static void Run(StepRunner& runner, const Step& step);
};

struct PanicStep {
  enum Field : size_t { kMessage };
  static constexpr FieldSpec kFields[] = {{"message", FieldType::kText}};
  static void Run(StepRunner& runner, const Step& step);
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_STEPS_ASSERT_H_
