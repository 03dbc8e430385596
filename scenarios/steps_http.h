// Steps on HTTP.
#ifndef FOZZY_SCENARIOS_STEPS_HTTP_H_
#define FOZZY_SCENARIOS_STEPS_HTTP_H_

#include "scenarios/step_spec.h"

namespace fozzy {

struct HttpWhen {
  enum Field : size_t {
    kMethod,
    kPath,
    kStatus,
    kHeaders,
    kBody,
    kJson,
    kDelay,
    kTimes,
  };
  // A bad delay is a finding of the run, so it is a text here.
  static constexpr FieldSpec kFields[] = {
      {"method", FieldType::kText},
      {"path", FieldType::kText},
      {"status", FieldType::kU16},
      {"headers", FieldType::kTextMap, Presence::kOptional},
      {"body", FieldType::kText, Presence::kOptional},
      {"json", FieldType::kJson, Presence::kOptional},
      {"delay", FieldType::kText, Presence::kOptional},
      {"times", FieldType::kU64, Presence::kOptional},
  };
  static void Check(const Step& step, CheckReport& report);
  static void Run(StepRunner& runner, const Step& step);
};

struct HttpRequestStep {
  enum Field : size_t {
    kMethod,
    kPath,
    kHeaders,
    kBody,
    kExpectStatus,
    kExpectHeaders,
    kExpectBody,
    kExpectBodyContains,
    kExpectBodyRegex,
    kExpectJson,
    kSaveBodyAs,
  };
  static constexpr FieldSpec kFields[] = {
      {"method", FieldType::kText},
      {"path", FieldType::kText},
      {"headers", FieldType::kTextMap, Presence::kOptional},
      {"body", FieldType::kText, Presence::kOptional},
      {"expect_status", FieldType::kU16, Presence::kOptional},
      {"expect_headers", FieldType::kTextMap, Presence::kOptional},
      {"expect_body", FieldType::kText, Presence::kOptional},
      {"expect_body_contains", FieldType::kText, Presence::kOptional},
      {"expect_body_regex", FieldType::kText, Presence::kOptional},
      {"expect_json", FieldType::kJson, Presence::kOptional},
      {"save_body_as", FieldType::kText, Presence::kOptional},
  };
  static void Check(const Step& step, CheckReport& report);
  static void Run(StepRunner& runner, const Step& step);
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_STEPS_HTTP_H_
