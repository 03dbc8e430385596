#include "scenarios/testing/example_tables.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace fozzy {
namespace {

constexpr FieldSpec kInts[] = {{"a", FieldType::kI64},
                               {"b", FieldType::kI64},
                               {"msg", FieldType::kText, Presence::kOptional}};
constexpr FieldSpec kNested[] = {{"steps", FieldType::kSteps}};
constexpr FieldSpec kGetKv[] = {
    {"key", FieldType::kText},
    {"equals", FieldType::kText, Presence::kOptional},
    {"is_null", FieldType::kBool, Presence::kOptional}};
constexpr FieldSpec kHttp[] = {
    {"method", FieldType::kText},
    {"path", FieldType::kText},
    {"status", FieldType::kU16},
    {"headers", FieldType::kTextMap, Presence::kOptional},
    {"body", FieldType::kText, Presence::kOptional},
    {"json", FieldType::kJson, Presence::kOptional},
    {"delay", FieldType::kText, Presence::kOptional},
    {"times", FieldType::kU64, Presence::kOptional}};
constexpr FieldSpec kFree[] = {
    {"alloc_id", FieldType::kU64, Presence::kOptional},
    {"key", FieldType::kText, Presence::kOptional}};
constexpr FieldSpec kRate[] = {{"rate", FieldType::kF64}};
constexpr FieldSpec kProc[] = {
    {"cmd", FieldType::kText},
    {"args", FieldType::kTextList, Presence::kOptional},
    {"exit_code", FieldType::kI32},
    {"stdout", FieldType::kText, Presence::kOptional}};
constexpr FieldSpec kRand[] = {{"key", FieldType::kText, Presence::kOptional}};
constexpr FieldSpec kSet[] = {{"key", FieldType::kText},
                              {"value", FieldType::kText}};
constexpr FieldSpec kDuration[] = {{"duration", FieldType::kDuration}};
constexpr FieldSpec kEvent[] = {
    {"name", FieldType::kText},
    {"fields", FieldType::kObject, Presence::kDefaulted}};

void CheckGetKv(const Step& step, CheckReport& report) {
  if (step.has(1) && step.has(2) && step.boolean(2)) {
    report.Error(step, 2, "\"equals\" beside \"is_null\": true", "one of them");
  }
}

void CheckHttp(const Step& step, CheckReport& report) {
  if (step.has(4) && step.has(5)) {
    report.Mistake(step, 5, "both \"body\" and \"json\"", "one of them");
  }
}

void CheckFree(const Step& step, CheckReport& report) {
  if (step.has(0) && step.has(1)) {
    report.Error(step, 1, "both \"alloc_id\" and \"key\"", "one of them");
  } else if (!step.has(0) && !step.has(1)) {
    report.Error(step, 1, "neither \"alloc_id\" nor \"key\"", "one of them");
  }
}

void CheckRate(const Step& step, CheckReport& report) {
  if (step.f64(0) >= 0 && step.f64(0) <= 1) return;
  report.Mistake(step, 0, absl::StrCat(step.f64(0)), "a rate from 0 to 1");
}

constexpr StepSpec kSteps[] = {
    {"assert_eq_int", "", "", kInts},
    {"assert_throws", "", "", kNested},
    {"get_kv_assert", "", "", kGetKv, CheckGetKv},
    {"http_when", "", "", kHttp, CheckHttp},
    {"memory_free", "", "", kFree, CheckFree},
    {"net_set_drop_rate", "", "", kRate, CheckRate},
    {"proc_when", "", "", kProc},
    {"rand_u64", "", "", kRand},
    {"set_kv", "", "", kSet},
    {"sleep", "", "", kDuration},
    {"trace_event", "", "", kEvent},
};

constexpr FieldSpec kPut[] = {{"node", FieldType::kText},
                              {"key", FieldType::kText},
                              {"value", FieldType::kText}};
constexpr FieldSpec kPair[] = {{"a", FieldType::kText},
                               {"b", FieldType::kText}};
constexpr FieldSpec kNodeEquals[] = {{"node", FieldType::kText},
                                     {"key", FieldType::kText},
                                     {"equals", FieldType::kText}};
constexpr FieldSpec kKey[] = {{"key", FieldType::kText}};

constexpr StepSpec kDistributedSteps[] = {{"client_put", "", "", kPut},
                                          {"partition", "", "", kPair},
                                          {"tick", "", "", kDuration}};

constexpr StepSpec kInvariants[] = {{"kv_all_equal", "", "", kKey},
                                    {"kv_node_equals", "", "", kNodeEquals}};

}  // namespace

ParseTables ExampleTables() { return {kSteps, kDistributedSteps, kInvariants}; }

}  // namespace fozzy
