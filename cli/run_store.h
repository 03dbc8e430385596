// Where runs are kept: BASE/runs/ID/, and BASE/runs.jsonl, the log of them.
#ifndef FOZZY_CLI_RUN_STORE_H_
#define FOZZY_CLI_RUN_STORE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/run_index.h"
#include "cli/summary.h"

namespace fozzy {

// What a user named: a run, or a trace that belongs to no known run.
struct RunRef {
  std::string run_id;      // empty for a trace
  std::string folder;      // empty for a trace
  std::string trace_path;  // empty if the run has none
};

class RunStore {
 public:
  explicit RunStore(std::string base_dir) : base_dir_(std::move(base_dir)) {}

  std::string FolderOf(absl::string_view run_id) const;
  std::string ReportPathOf(absl::string_view run_id) const;

  // Makes the folder of a run.  The base folder, if it is new, gets a file
  // .gitignore that keeps all of it out of git.
  // Errors: INVALID_ARGUMENT with the path and the reason.
  absl::Status Create(absl::string_view run_id) const;

  // Writes report.json and manifest.json into the folder of the run, which is
  // made if need be, and then adds it to the log.
  // Errors: as for Create.
  absl::Status Keep(const RunSummaryDoc& summary) const;

  // Finds a run by `selector`: a run id or the beginning of one, `latest`,
  // `last-pass`, `last-fail` (anything but a pass), or a trace by its path.
  // Errors: NOT_FOUND; INVALID_ARGUMENT if several ids begin so.
  absl::StatusOr<RunRef> Find(const std::string& selector) const;

  // Returns the path of the trace that `selector` names, as for Find.
  // Errors: those of Find; NOT_FOUND if the run has no trace.
  absl::StatusOr<std::string> FindTrace(const std::string& selector) const;

  struct PruneOptions {
    std::optional<uint64_t> keep;  // so many, the latest
    std::optional<uint64_t> older_than_ms;
    int64_t now_unix_ns = 0;
  };
  struct Pruned {
    uint64_t deleted = 0;
    uint64_t kept = 0;
  };
  // Deletes the runs that are none of the latest and older than that; an
  // absent limit stops nothing.
  // Errors: INVALID_ARGUMENT if the log or a folder cannot be changed.
  absl::StatusOr<Pruned> Prune(const PruneOptions& options) const;

 private:
  std::string IndexPath() const;
  bool IsKept(const RunEntry& entry) const;
  RunRef Refer(absl::string_view run_id) const;
  absl::StatusOr<RunRef> FindByPrefix(absl::string_view prefix) const;

  std::string base_dir_;
};

}  // namespace fozzy

#endif  // FOZZY_CLI_RUN_STORE_H_
