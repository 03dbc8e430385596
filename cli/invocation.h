// What all commands that run scenarios share: identity, report, artifacts.
#ifndef FOZZY_CLI_INVOCATION_H_
#define FOZZY_CLI_INVOCATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/context.h"
#include "cli/run_store.h"
#include "cli/summary.h"
#include "fozzy/finding.h"
#include "scenarios/run_report.h"
#include "scenarios/scenario.h"

namespace fozzy {

// One use of fozzy that leaves a report behind.
class Invocation {
 public:
  // `mode` is that of the report: "run", "test", "explore" or "replay".
  Invocation(Context& context, absl::string_view mode);

  RunSummaryDoc& summary() { return summary_; }

  // Removes the folder of this run unless Finish kept it whole.
  ~Invocation();
  Invocation(const Invocation&) = delete;
  Invocation& operator=(const Invocation&) = delete;

  // Makes the folder of this run.
  // Errors: INVALID_ARGUMENT with the path and the reason.
  absl::Status MakeFolder();

  // Returns the path of `name` in the folder of this run.
  std::string ArtifactPath(absl::string_view name) const;

  // Sets status, findings, times and memory of the summary.  `path` is what
  // findings are said to be in.
  void SetReport(const Scenario& scenario, const std::string& path,
                 const RunReport& report);

  // Lets Finish write the events of the trace in any case; otherwise it does
  // unless the run passed.
  void KeepEvents() { keeps_events_ = true; }

  // Ends the clock, writes the artifacts, adds the run to the log and prints
  // the report.  Returns `exit_code`, or kExitUsage if writing failed.
  int Finish(int exit_code);

 private:
  absl::Status Keep();

  Context& context_;
  RunStore store_;
  uint64_t begin_ns_;
  RunSummaryDoc summary_;
  bool has_folder_ = false;
  bool is_kept_ = false;
  bool keeps_events_ = false;
};

// Returns `finding` with the place of its step in the file.
FindingDoc Locate(const Finding& finding, const Scenario& scenario,
                  const std::string& path);

}  // namespace fozzy

#endif  // FOZZY_CLI_INVOCATION_H_
