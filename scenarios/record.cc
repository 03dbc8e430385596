#include "scenarios/record.h"

#include "absl/strings/str_cat.h"

namespace fozzy {
namespace {

// Bytes of the name of a scenario that a header holds; all of it is in the
// scenario.
constexpr size_t kNameBytesMax = 1024;

struct MemoryFigure {
  absl::string_view name;
  uint64_t MemorySummary::*field;
};

constexpr MemoryFigure kMemoryFigures[] = {
    {"memory.alloc_count", &MemorySummary::alloc_count},
    {"memory.free_count", &MemorySummary::free_count},
    {"memory.failed_alloc_count", &MemorySummary::failed_alloc_count},
    {"memory.in_use_bytes", &MemorySummary::in_use_bytes},
    {"memory.peak_bytes", &MemorySummary::peak_bytes},
    {"memory.leaked_bytes", &MemorySummary::leaked_bytes},
    {"memory.leaked_allocs", &MemorySummary::leaked_allocs},
};

}  // namespace

TraceHeader MakeHeader(const Scenario& scenario, const RunConfig& config,
                       const RecordingInfo& info) {
  TraceHeader header;
  header.tool_version = std::string(info.tool_version);
  header.mode = std::string(info.mode);
  header.scenario_name = std::string(scenario.name().substr(0, kNameBytesMax));
  header.seed = config.seed;
  header.strategy = std::string(info.strategy);
  header.time_unit = "ms";
  header.settings = WriteSettings(config);
  return header;
}

TraceFooter MakeFooter(const RunReport& report) {
  TraceFooter footer;
  footer.status = std::string(RunStatusName(report.status));
  for (const Finding& finding : report.findings) {
    footer.findings.push_back({std::string(FindingKindName(finding.kind)),
                               finding.title, finding.message, finding.step,
                               finding.details});
  }
  footer.virtual_time = report.virtual_time;
  footer.steps = report.steps;
  footer.run_digest = {report.digest.low(), report.digest.high()};
  if (report.memory) {
    for (const MemoryFigure& figure : kMemoryFigures) {
      footer.results.emplace_back(std::string(figure.name),
                                  absl::StrCat((*report.memory).*figure.field));
    }
  }
  return footer;
}

}  // namespace fozzy
