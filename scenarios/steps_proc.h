// Steps on processes.
#ifndef FOZZY_SCENARIOS_STEPS_PROC_H_
#define FOZZY_SCENARIOS_STEPS_PROC_H_

#include "scenarios/step_spec.h"

namespace fozzy {

struct ProcWhen {
  enum Field : size_t {
    kCmd,
    kArgs,
    kExitCode,
    kStdout,
    kStdoutContains,
    kStdoutRegex,
    kStderr,
    kStderrContains,
    kStderrRegex,
    kTimes,
  };
  static constexpr FieldSpec kFields[] = {
      {"cmd", FieldType::kText},
      {"args", FieldType::kTextList, Presence::kOptional},
      {"exit_code", FieldType::kI32},
      {"stdout", FieldType::kText, Presence::kOptional},
      {"stdout_contains", FieldType::kText, Presence::kOptional},
      {"stdout_regex", FieldType::kText, Presence::kOptional},
      {"stderr", FieldType::kText, Presence::kOptional},
      {"stderr_contains", FieldType::kText, Presence::kOptional},
      {"stderr_regex", FieldType::kText, Presence::kOptional},
      {"times", FieldType::kU64, Presence::kOptional},
  };
  static void Check(const Step& step, CheckReport& report);
  static void Run(StepRunner& runner, const Step& step);
};

struct ProcSpawn {
  enum Field : size_t {
    kCmd,
    kArgs,
    kExpectExit,
    kExpectStdout,
    kExpectStdoutContains,
    kExpectStdoutRegex,
    kExpectStderr,
    kExpectStderrContains,
    kExpectStderrRegex,
    kSaveStdoutAs,
  };
  static constexpr FieldSpec kFields[] = {
      {"cmd", FieldType::kText},
      {"args", FieldType::kTextList, Presence::kOptional},
      {"expect_exit", FieldType::kI32, Presence::kOptional},
      {"expect_stdout", FieldType::kText, Presence::kOptional},
      {"expect_stdout_contains", FieldType::kText, Presence::kOptional},
      {"expect_stdout_regex", FieldType::kText, Presence::kOptional},
      {"expect_stderr", FieldType::kText, Presence::kOptional},
      {"expect_stderr_contains", FieldType::kText, Presence::kOptional},
      {"expect_stderr_regex", FieldType::kText, Presence::kOptional},
      {"save_stdout_as", FieldType::kText, Presence::kOptional},
  };
  static void Check(const Step& step, CheckReport& report);
  static void Run(StepRunner& runner, const Step& step);
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_STEPS_PROC_H_
