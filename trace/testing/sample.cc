#include "trace/testing/sample.h"

#include <limits>
#include <string>

namespace fozzy {
namespace {

constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();

TraceHeader SampleHeader() {
  TraceHeader header;
  header.tool_version = "0.1.0";
  header.mode = "run";
  header.scenario_name = "sample.fozzy.json";
  header.seed = 0xfeedfacecafebeef;
  header.strategy = "random";
  header.time_unit = "ms";
  header.settings = {{"det", "true"}, {"odd", std::string("\0\xff\n", 3)}};
  return header;
}

TraceFooter SampleFooter() {
  TraceFooter footer;
  footer.status = "fail";
  footer.findings = {
      {"assertion", "assert_eq_int", "expected 1, got 2", 3, "{\"left\":1}"},
      {"checker", "leak", "12 bytes", std::nullopt, ""},
  };
  footer.virtual_time = 120;
  footer.steps = 4;
  footer.results = {{"memory.peak_bytes", "4096"}};
  return footer;
}

// How many kinds there were when the golden sample was written: it holds all
// of them, and stays as it is.
constexpr uint8_t kSampleChoiceKinds = 6;
constexpr uint8_t kSampleEventKinds = 26;

void AddDecisions(std::vector<EditableRecord>& records) {
  for (uint8_t kind = 0; kind < kSampleChoiceKinds; ++kind) {
    const auto choice = static_cast<ChoiceKind>(kind);
    records.push_back(MakeDecision({choice, TaskId{0}, 0}));
    records.push_back(MakeDecision({choice, TaskId{0}, 200}));
    records.push_back(MakeDecision({choice, TaskId{7}, 1}));
    records.push_back(MakeDecision({choice, TaskId{~uint32_t{0}}, kMax}));
  }
  const Decision same = {ChoiceKind::kDrop, TaskId{1}, 1};
  for (int i = 0; i < 300; ++i) records.push_back(MakeDecision(same));
  const Decision same_wide = {ChoiceKind::kRandom, TaskId{}, kMax - 5};
  for (int i = 0; i < 3; ++i) records.push_back(MakeDecision(same_wide));
}

void AddEvents(std::vector<EditableRecord>& records) {
  for (uint8_t kind = 0; kind < kSampleEventKinds; ++kind) {
    const auto event = static_cast<EventKind>(kind);
    records.push_back(MakeEvent(event, kind, {kind}, {"a", "b", "a"}));
    records.push_back(MakeEvent(event, 0, {}, {}));
    records.push_back(MakeEvent(event, kMax, {kMax, 0, 1, kMax, 5, 0}, {""}));
    records.push_back(MakeEvent(event, 3, {kMax, 0, 1, kMax, 0, 0}, {}));
  }
  records.push_back(
      MakeEvent(EventKind::kUser, 9, {0}, {std::string("\0zero\xff", 6)}));
  records.push_back(MakeEvent(EventKind::kUser, 9,
                              std::vector<uint64_t>(64, kMax),
                              std::vector<std::string>(64, "many")));
}

void AddObservations(std::vector<EditableRecord>& records) {
  for (uint8_t kind = 0; kind < kObservationKinds; ++kind) {
    const auto said = static_cast<ObservationKind>(kind);
    records.push_back(MakeObservation({said, {}, {}}));
    records.push_back(MakeObservation({said, {kMax, 0, kind}, {"", "out\n"}}));
  }
  records.push_back(MakeObservation(
      {ObservationKind::kProcess, {0}, {std::string(200, 'x'), "tail"}}));
}

}  // namespace

EditableTrace SampleTrace() {
  EditableTrace trace;
  trace.header = SampleHeader();
  trace.scenario = "{\"name\": \"sample\", \"steps\": []}\n";
  trace.footer = SampleFooter();
  AddDecisions(trace.records);
  AddEvents(trace.records);
  AddObservations(trace.records);
  return trace;
}

EditableTrace LongTrace(uint64_t steps) {
  const char* const types[] = {"set_kv", "sleep", "rand_u64", "net_send"};
  EditableTrace trace;
  trace.header = SampleHeader();
  trace.footer = SampleFooter();
  NumberSequence numbers;
  for (uint64_t step = 0; step < steps; ++step) {
    const uint64_t type = numbers.Next() % 4;
    trace.records.push_back(
        MakeEvent(EventKind::kStep, 10 * step, {step}, {types[type]}));
    if (type == 2) {
      const Decision draw = {ChoiceKind::kRandom, TaskId{}, numbers.Next()};
      trace.records.push_back(MakeDecision(draw));
    }
    if (type == 3) {
      trace.records.push_back(MakeEvent(EventKind::kNetSend, 10 * step,
                                        {step / 4}, {"node-a", "node-b"}));
      const Decision lost = {ChoiceKind::kDrop, TaskId{}, step % 3 == 0};
      trace.records.push_back(MakeDecision(lost));
    }
  }
  return trace;
}

}  // namespace fozzy
