#include "scenarios/testing/suite.h"

#include <algorithm>
#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "scenarios/json.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"
#include "scenarios/scenario_file.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

std::string ReadOrDie(const std::string& path) {
  absl::StatusOr<std::string> source = ReadScenarioFile(path);
  FOZZY_CHECK(source.ok());
  return *std::move(source);
}

// Calls `visit` with every key and value of `object`.
template <typename Visit>
void ForEachMember(const JsonNode& object, Visit visit) {
  FOZZY_CHECK(object.kind == JsonNode::Kind::kObject);
  const JsonNode* key = object.inside();
  for (uint32_t i = 0; i < object.size; ++i) {
    const JsonNode* const value = key->next();
    visit(std::string(key->view()), *value);
    key = value->next();
  }
}

std::vector<const JsonNode*> ItemsOf(const JsonNode& array) {
  FOZZY_CHECK(array.kind == JsonNode::Kind::kArray);
  std::vector<const JsonNode*> items;
  const JsonNode* item = array.inside();
  for (uint32_t i = 0; i < array.size; ++i, item = item->next()) {
    items.push_back(item);
  }
  return items;
}

uint64_t NumberOf(const JsonNode& node, absl::string_view source) {
  uint64_t number = 0;
  FOZZY_CHECK(absl::SimpleAtoi(node.Raw(source), &number));
  return number;
}

void ReadFinding(const JsonNode& value, SuiteExpectation& expected) {
  const std::vector<const JsonNode*> parts = ItemsOf(value);
  FOZZY_CHECK(parts.size() == 3);
  expected.kind = std::string(parts[0]->view());
  expected.title = std::string(parts[1]->view());
  if (parts[2]->kind == JsonNode::Kind::kNull) return;
  expected.message = std::string(parts[2]->view());
}

SuiteExpectation ReadExpectation(std::string path, const JsonNode& object,
                                 absl::string_view source) {
  SuiteExpectation expected;
  expected.path = std::move(path);
  ForEachMember(object, [&](const std::string& key, const JsonNode& value) {
    if (key == "exit") expected.exit_code = NumberOf(value, source);
    if (key == "status") expected.status = std::string(value.view());
    if (key == "virtual_ms") expected.virtual_time = NumberOf(value, source);
    if (key == "finding") ReadFinding(value, expected);
    if (key == "rand") {
      expected.random_numbers.emplace();
      for (const JsonNode* item : ItemsOf(value)) {
        expected.random_numbers->push_back(NumberOf(*item, source));
      }
    }
    if (key == "memory") {
      ForEachMember(value, [&](const std::string& name, const JsonNode& node) {
        expected.memory.emplace_back(name, NumberOf(node, source));
      });
    }
  });
  return expected;
}

}  // namespace

std::vector<SuiteScenario> LoadSuite(const std::string& suite) {
  std::vector<std::string> paths;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(suite)) {
    const std::string path =
        std::filesystem::relative(entry.path(), suite).string();
    if (absl::EndsWith(path, ".fozzy.json")) paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end());
  std::vector<SuiteScenario> scenarios;
  for (std::string& path : paths) {
    ParseOutcome outcome = ParseScenario(
        path, ReadOrDie(absl::StrCat(suite, "/", path)), ScenarioTables());
    FOZZY_CHECK(outcome.scenario.has_value());
    scenarios.push_back({std::move(path), *std::move(outcome.scenario)});
  }
  return scenarios;
}

std::vector<SuiteExpectation> LoadExpectations(const std::string& suite) {
  const std::string source = ReadOrDie(suite + "/expected.json");
  ScenarioArena arena;
  std::vector<JsonNode> tape;
  FOZZY_CHECK(!ReadJson(source, arena, tape).has_value());
  std::vector<SuiteExpectation> all;
  ForEachMember(tape[0], [&](const std::string& path, const JsonNode& value) {
    all.push_back(ReadExpectation(path, value, source));
  });
  return all;
}

}  // namespace fozzy
