// From JSON objects to typed steps.
#ifndef FOZZY_SCENARIOS_PARSE_STEP_H_
#define FOZZY_SCENARIOS_PARSE_STEP_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "scenarios/json.h"
#include "scenarios/parse_log.h"
#include "scenarios/parse_value.h"
#include "scenarios/scenario_arena.h"
#include "scenarios/step.h"
#include "scenarios/step_spec.h"

namespace fozzy {

// What the step parsers of one file share.
struct ParseContext {
  const std::string& source;
  ScenarioArena& arena;
  ParseLog& log;
  uint32_t next_number = 0;  // of the next step
};

// Returns a problem at `node`, about no step.
Problem ProblemAt(const JsonNode& node, std::string field, std::string found,
                  absl::string_view expected);

// Says that a field is missing; `misspelt`, if not null, is the key that may
// have been meant for it.
std::string DescribeMissing(const JsonNode* misspelt);

// Says that `field` is there again.
std::string DescribeSecond(absl::string_view field);

// Warns that `key` is none of `known`.
void WarnOfUnknown(const JsonNode& key, std::string step,
                   const std::vector<absl::string_view>& known,
                   ParseContext& context);

// Counts what a list of steps is made of.
struct ListCount {
  uint64_t steps = 0;
  uint64_t rules = 0;  // http_when and proc_when

  // Such a list does nothing that could be observed.
  bool is_only_rules() const { return steps > 0 && steps == rules; }
};

// Types the steps of one table.  Types deeper down are of the same table.
class StepParser {
 public:
  // `list` is the path of the outermost list, "steps".  All outlive it.
  StepParser(StepTable table, absl::string_view list, ParseContext& context);

  // Types item `index` of the outermost list.  Returns false, and tells the
  // log, if it is malformed.  What the static check finds the log hears, too.
  bool Parse(const JsonNode& node, uint32_t index, Step& step);

  // Types all items of `array`.
  bool ParseAll(const JsonNode& array, std::vector<Step>& steps);

  // Adds to the log what is wrong with the outermost list, an array at `node`.
  void CheckList(const JsonNode& node);

 private:
  class Checker;

  // Where in the file we are: an item of a list.
  struct PathPart {
    absl::string_view list;
    uint32_t index = 0;
    absl::string_view type;  // empty as long as it is not known
  };

  bool ParseObject(const JsonNode& node, Step& step);
  bool FindType(const JsonNode& node, Step& step);
  bool ParseFields(const JsonNode& node, Step& step, uint32_t* offsets);
  bool ParseField(const JsonNode& key, const FieldSpec& field, Value& value);
  bool ParseSteps(const JsonNode& array, const FieldSpec& field, Value& value);
  bool CheckPresent(const JsonNode& node, const Step& step,
                    const uint32_t* offsets);
  void Check(const Step& step, const uint32_t* offsets);
  void CheckRules(const JsonNode& array, absl::string_view field,
                  const ListCount& count);
  void Count(const Step& step, ListCount& count) const;
  void WarnOfField(const JsonNode& key, const StepSpec& spec);

  std::string Path() const;
  bool Fail(const JsonNode& node, absl::string_view field, std::string found,
            absl::string_view expected);

  const StepTable table_;
  const absl::string_view list_;
  ParseContext& context_;
  ValueReader values_;
  std::vector<PathPart> path_;
  ListCount count_;  // of the outermost list
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_PARSE_STEP_H_
