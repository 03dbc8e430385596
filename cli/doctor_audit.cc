#include "cli/doctor_audit.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "backends/host/doctor/run_root.h"
#include "backends/host/doctor/spawn_disturbed.h"
#include "cli/doctor_folder.h"
#include "cli/file.h"
#include "sim/base/digest.h"
#include "sim/base/status_macros.h"
#include "trace/reader.h"

namespace fozzy {
namespace {

void Mix(const TraceFinding& finding, Digest& digest) {
  digest.Mix(finding.kind);
  digest.Mix(finding.title);
  digest.Mix(finding.message);
  digest.Mix(finding.step ? *finding.step + 1 : 0);
  digest.Mix(finding.details);
}

// Returns the digest of the run recorded at `path` and of how it ended: of
// what DiffTraces compares.
absl::StatusOr<std::string> SignatureOf(const std::string& path) {
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<TraceReader> reader,
                         TraceReader::Open(path));
  TraceRecord record;
  bool is_there = true;
  while (is_there) {
    FOZZY_ASSIGN_OR_RETURN(is_there, reader->Next(record));
  }
  if (!reader->is_complete()) {
    return absl::UnavailableError("a run did not finish its trace");
  }
  const TraceFooter& footer = reader->footer();
  Digest digest;
  digest.Mix(footer.run_digest.low);
  digest.Mix(footer.run_digest.high);
  digest.Mix(footer.status);
  digest.Mix(footer.findings.size());
  for (const TraceFinding& finding : footer.findings) Mix(finding, digest);
  return digest.Hex();
}

// Does the runs, and keeps the traces of the first and of the first that
// differs from it.
class Prober {
 public:
  // `keep` is a folder that no run touches.
  Prober(const AuditPlan& plan, const RunRoot& root, const RunRoot& keep);

  absl::StatusOr<std::string> Run(const Disturbance& disturbance, PinSet pins);

  // Sets the difference, if there is one.
  absl::Status Describe(Audit& audit) const;

  AuditFolder folder() const { return folder_; }

 private:
  std::string Kept(absl::string_view name) const {
    return absl::StrCat(keep_.path(), "/", name, ".fozzy");
  }
  void Say(PinSet pins);
  absl::Status KeepTrace(uint32_t index, const std::string& signature);

  const AuditPlan& plan_;
  const RunRoot& root_;
  const RunRoot& keep_;
  DisturbedProgram program_;
  AuditFolder folder_ = AuditFolder::kEmpty;
  uint32_t runs_ = 0;
  std::string first_;  // signature
  std::optional<uint32_t> differing_run_;
};

Prober::Prober(const AuditPlan& plan, const RunRoot& root, const RunRoot& keep)
    : plan_(plan), root_(root), keep_(keep) {
  program_.environment = HostEnvironment();
  program_.argv = {"/proc/self/exe",
                   "probe",
                   plan.scenario,
                   "--seed",
                   absl::StrCat(plan.seed),
                   "--record",
                   Kept("trace"),
                   "--proc-backend",
                   plan.backends.has_host_proc ? "host" : "scripted",
                   "--fs-backend",
                   plan.backends.has_host_fs ? "host" : "virtual",
                   "--http-backend",
                   plan.backends.has_host_http ? "host" : "scripted"};
  if (!plan.config.empty()) {
    program_.argv.insert(program_.argv.end(), {"--config", plan.config});
  }
  if (!plan.backends.has_host_proc && !plan.backends.has_host_fs) return;
  std::error_code error;
  const std::string here = std::filesystem::current_path(error).string();
  // A folder that holds the copies of itself would never end.
  const bool holds_copies =
      absl::StartsWith(root.path(), absl::StrCat(here, "/"));
  if (error || holds_copies || here == "/" || !IsCopyable(here)) {
    folder_ = AuditFolder::kShared;
  } else {
    folder_ = AuditFolder::kCopied;
    program_.model = here;
  }
}

absl::StatusOr<std::string> Prober::Run(const Disturbance& disturbance,
                                        PinSet pins) {
  Say(pins);
  FOZZY_ASSIGN_OR_RETURN(
      const ProcessOutcome outcome,
      SpawnDisturbed(program_, disturbance, {pins, PinLibraryPath()}, root_));
  if (outcome.exit != 0) {
    return absl::UnavailableError(
        absl::StrCat("run ", disturbance.index, " ended with ", outcome.exit,
                     ": ", absl::StripAsciiWhitespace(outcome.err)));
  }
  FOZZY_ASSIGN_OR_RETURN(std::string signature, SignatureOf(Kept("trace")));
  if (pins.empty()) {
    FOZZY_RETURN_IF_ERROR(KeepTrace(disturbance.index, signature));
  }
  return signature;
}

void Prober::Say(PinSet pins) {
  ++runs_;
  if (plan_.progress == nullptr) return;
  plan_.progress(absl::StrCat(
      "run ", runs_,
      pins.empty() ? "" : absl::StrCat(", fixed: ", PinNames(pins, ", "))));
}

absl::Status Prober::KeepTrace(uint32_t index, const std::string& signature) {
  std::string target;
  if (first_.empty()) {
    first_ = signature;
    target = Kept("left");
  } else if (!differing_run_ && signature != first_) {
    differing_run_ = index;
    target = Kept("right");
  } else {
    return absl::OkStatus();
  }
  const bool is_kept = std::rename(Kept("trace").c_str(), target.c_str()) == 0;
  return is_kept ? absl::OkStatus() : FileError("keep", target, errno);
}

absl::Status Prober::Describe(Audit& audit) const {
  if (!differing_run_) return absl::OkStatus();
  audit.differing_run = *differing_run_;
  FOZZY_ASSIGN_OR_RETURN(audit.difference,
                         DiffTraces(Kept("left"), Kept("right")));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Audit> AuditScenario(const AuditPlan& plan) {
  FOZZY_ASSIGN_OR_RETURN(const RunRoot root, RunRoot::Make());
  FOZZY_ASSIGN_OR_RETURN(const RunRoot keep, RunRoot::Make());
  Prober prober(plan, root, keep);
  CauseOptions options;
  options.runs = plan.runs;
  options.disturb.folder = prober.folder() != AuditFolder::kShared;
  Audit audit;
  audit.folder = prober.folder();
  FOZZY_ASSIGN_OR_RETURN(
      audit.cause,
      CauseOf([&](const Disturbance& disturbance,
                  PinSet pins) { return prober.Run(disturbance, pins); },
              options));
  FOZZY_RETURN_IF_ERROR(prober.Describe(audit));
  return audit;
}

}  // namespace fozzy
