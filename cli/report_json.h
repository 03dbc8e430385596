// Reports for programs.
#ifndef FOZZY_CLI_REPORT_JSON_H_
#define FOZZY_CLI_REPORT_JSON_H_

#include <string>

#include "cli/summary.h"
#include "scenarios/json_writer.h"

namespace fozzy {

// Returns the report document: what --json prints (pretty) and what
// report.json holds (compact).  What is empty is left out, but for counts.
// The column of a finding is written twice, `column` and `col`, the name that
// scripts know.
std::string SummaryJson(const RunSummaryDoc& summary, JsonWriter::Style style);

// Returns manifest.json of a run, schema fozzy.run_manifest.v1, compact.
std::string ManifestJson(const RunSummaryDoc& summary);

}  // namespace fozzy

#endif  // FOZZY_CLI_REPORT_JSON_H_
