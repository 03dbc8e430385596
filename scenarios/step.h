// Steps of a scenario as data: what a file says, typed by a table.
#ifndef FOZZY_SCENARIOS_STEP_H_
#define FOZZY_SCENARIOS_STEP_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "absl/strings/string_view.h"
#include "sim/base/check.h"

namespace fozzy {

struct Step;

// What a field of a step may hold.
enum class FieldType : uint8_t {
  kBool,
  kU16,
  kI32,
  kI64,
  kU64,
  kF64,       // any JSON number
  kText,      // a string
  kDuration,  // a string; see ParseDuration
  kJson,      // any value but null
  kObject,    // a JSON object
  kTextList,  // an array of strings
  kTextMap,   // an object whose values are strings
  kSteps,     // an array of steps of the same table
};

// Whether a field may be left out.
enum class Presence : uint8_t {
  kRequired,
  kOptional,   // absent and null are the same
  kDefaulted,  // may be absent, but not null
};

struct FieldSpec {
  absl::string_view name;
  FieldType type = FieldType::kText;
  Presence presence = Presence::kRequired;
};

// The value of one field, by the type of its FieldSpec.  Texts point into the
// source of the scenario or, if they had escapes, into its arena.
struct Value {
  union {
    bool boolean;
    int64_t i64;   // kI32, kI64
    uint64_t u64;  // kU16, kU64
    double f64;
    const char* text;    // kText, kDuration, kJson, kObject (both: as written)
    const Value* items;  // kTextList; kTextMap: key, value, key, value, ...
    const Step* steps;
  };
  uint32_t size = 0;        // bytes of text, items, or steps
  bool is_present = false;  // false for absent and for null
};

// One typed object of a scenario: a step, a distributed step, an invariant.
// Lives as long as its Scenario.
struct Step {
  // Index into the table it was parsed with.
  uint16_t type = 0;
  // Counts all steps of the file, nested ones after their parent, from 0.
  uint32_t number = 0;
  uint32_t offset = 0;            // of its '{' in the source, in bytes
  const Value* values = nullptr;  // one per field of its spec, in that order

  bool has(size_t field) const { return values[field].is_present; }
  bool boolean(size_t field) const { return present(field).boolean; }
  int64_t i64(size_t field) const { return present(field).i64; }
  uint64_t u64(size_t field) const { return present(field).u64; }
  double f64(size_t field) const { return present(field).f64; }

  // Returns the text, or "" if it is absent.
  absl::string_view text(size_t field) const {
    const Value& value = values[field];
    if (!value.is_present) return {};
    return {value.text, value.size};
  }

  // Returns the items, none if absent.
  std::span<const Value> items(size_t field) const {
    const Value& value = values[field];
    if (!value.is_present) return {};
    return {value.items, value.size};
  }

  // Returns the nested steps, none if absent.
  std::span<const Step> steps(size_t field) const;

 private:
  const Value& present(size_t field) const {
    FOZZY_CHECK(values[field].is_present);
    return values[field];
  }
};

inline std::span<const Step> Step::steps(size_t field) const {
  const Value& value = values[field];
  if (!value.is_present) return {};
  return {value.steps, value.size};
}

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_STEP_H_
