#include "scenarios/established_trace_line.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "scenarios/json.h"
#include "scenarios/scenario_arena.h"

namespace fozzy {
namespace {

// Reads `source` as the items of an array and returns its tape.
std::vector<JsonNode> ReadTape(std::string& source, ScenarioArena& arena) {
  std::vector<JsonNode> tape;
  EXPECT_FALSE(ReadJson(source, arena, tape).has_value()) << source;
  return tape;
}

std::string Decision(std::string source) {
  ScenarioArena arena;
  const std::vector<JsonNode> tape = ReadTape(source, arena);
  return DecisionLine(tape[0], source);
}

// `source` is an array of the name and the fields.
std::string Event(uint64_t time_ms, std::string source) {
  ScenarioArena arena;
  const std::vector<JsonNode> tape = ReadTape(source, arena);
  const JsonNode* const name = tape[0].inside();
  return EventLine({time_ms, *name, *name->next()}, source);
}

TEST(EstablishedTraceLineTest, ADecisionShowsItsMembersInTheirOrder) {
  EXPECT_EQ(Decision(R"({"kind":"rand_u64","value":18446744073709551615})"),
            "decision rand_u64 value=18446744073709551615");
  EXPECT_EQ(Decision(R"({"task_id": 1, "kind": "scheduler_pick",
                         "label": "set_kv", "args": [ "a b", {} ]})"),
            R"(decision scheduler_pick task_id=1 label="set_kv" )"
            R"(args=["a b",{}])");
  EXPECT_EQ(Decision(R"({"kind":"proc_spawn_timeout"})"),
            "decision proc_spawn_timeout");
}

TEST(EstablishedTraceLineTest, AnEventShowsWhenAndWithWhat) {
  EXPECT_EQ(Event(120, R"(["net_send",{ "from" : "a", "to" : "b" }])"),
            R"(@120ms net_send {"from":"a","to":"b"})");
  EXPECT_EQ(Event(0, R"(["span_end",{}])"), "@0ms span_end");
  EXPECT_EQ(Event(18446744073709551615U, R"(["x",null])"),
            "@18446744073709551615ms x");
}

TEST(EstablishedTraceLineTest, NamesThatAreNotOneWordStayQuoted) {
  EXPECT_EQ(Event(1, R"(["a\n@2ms b",{}])"), R"(@1ms "a\n@2ms b")");
  EXPECT_EQ(Event(1, R"(["",{}])"), R"(@1ms "")");
  EXPECT_EQ(Event(1, R"(["\u001b[1m",{}])"), R"(@1ms "\u001b[1m")");
  EXPECT_EQ(Event(1, R"(["caf\u0065",{}])"), "@1ms cafe");
  EXPECT_EQ(Decision(R"({"kind":"a b","c=d":1})"), R"(decision "a b" "c=d"=1)");
}

}  // namespace
}  // namespace fozzy
