// A scenario file, read and typed.
#ifndef FOZZY_SCENARIOS_SCENARIO_H_
#define FOZZY_SCENARIOS_SCENARIO_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "scenarios/cluster_system.h"
#include "scenarios/problem.h"
#include "scenarios/scenario_arena.h"
#include "scenarios/step.h"
#include "scenarios/step_spec.h"

namespace fozzy {

// Nodes of a distributed scenario, at most.
inline constexpr uint64_t kNodesMax = 65'536;

// The tables a scenario is read with; they outlive it.
struct ParseTables {
  StepTable steps;
  StepTable distributed_steps;
  StepTable invariants;
};

// What kind of file it is, by its shape.
enum class ScenarioVariant : uint8_t { kSteps = 0, kDistributed, kSuites };

// Returns "steps", "distributed" or "suites".
absl::string_view VariantName(ScenarioVariant variant);

// A place in a file, both from 1; columns are bytes.
struct Position {
  uint32_t line = 1;
  uint32_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

// Where a step is.
struct StepLocation {
  std::string path;        // "steps[3].steps[1]"
  absl::string_view type;  // "sleep"
  Position position;       // of its '{'
};

// What is under "distributed".
struct Distributed {
  ClusterSystem system = ClusterSystem::kKv;
  std::vector<absl::string_view> nodes;  // each once, in the file's order
  std::vector<Step> steps;
  std::vector<Step> invariants;  // numbered on after the last of the steps
};

// What a Scenario owns.  Texts and values point into `source` and `arena`.
struct ScenarioData {
  std::string path;    // as given, for messages
  std::string source;  // the bytes of the file
  ScenarioArena arena;
  ParseTables tables;
  uint32_t version = 0;
  absl::string_view name;
  ScenarioVariant variant = ScenarioVariant::kSteps;
  std::vector<Step> steps;
  Distributed distributed;
  uint32_t step_count = 0;  // of all steps and invariants, nested ones too
  std::vector<Problem> warnings;
};

// Owns a scenario; can be moved, and what it gave out stays valid then.
class Scenario {
 public:
  explicit Scenario(std::unique_ptr<const ScenarioData> data)
      : data_(std::move(data)) {}

  const std::string& path() const { return data_->path; }
  absl::string_view source() const { return data_->source; }
  uint32_t version() const { return data_->version; }
  absl::string_view name() const { return data_->name; }
  // kSteps or kDistributed.
  ScenarioVariant variant() const { return data_->variant; }
  const ParseTables& tables() const { return data_->tables; }

  // Empty unless the variant is kSteps.
  std::span<const Step> steps() const { return data_->steps; }
  // Empty unless the variant is kDistributed.
  const Distributed& distributed() const { return data_->distributed; }

  // How many steps and invariants there are, nested ones too.
  uint32_t step_count() const { return data_->step_count; }
  // By position.
  const std::vector<Problem>& warnings() const { return data_->warnings; }

  // Returns the place of byte `offset`; reads the file up to there.
  Position PositionOf(uint64_t offset) const;

  // Returns where the step with `number` is; walks over those before it.
  // Requires `number < step_count()`.
  StepLocation LocationOf(uint32_t number) const;

 private:
  std::unique_ptr<const ScenarioData> data_;
};

// Returns the place of byte `offset` of `source`.
Position PositionIn(absl::string_view source, uint64_t offset);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_SCENARIO_H_
