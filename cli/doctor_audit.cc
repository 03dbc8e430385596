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
// what DiffTraces compares.  Sets `end` to how it ended, for people.
absl::StatusOr<std::string> SignatureOf(const std::string& path,
                                        std::string& end) {
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
  end = footer.status;
  if (!footer.findings.empty()) {
    const TraceFinding& first = footer.findings[0];
    absl::StrAppend(&end, ": ", first.kind, "/", first.title, ": ",
                    first.message);
  }
  return digest.Hex();
}

// A run that takes longer hangs.
constexpr uint32_t kRunLimitMs = 10 * 60 * 1000;

// So much later starts the last of the compared runs if those before it agree
// and programs can see the time: a clock that shows seconds moves on.
constexpr uint32_t kLateMs = 1100;

// Runs in which a part of the environment is changed, each in another way.
constexpr uint32_t kPartRuns = 2;

// Does the runs, and keeps the traces of the first and of the first that
// differs from it.
class Prober {
 public:
  // `keep` is a folder that no run touches.
  Prober(const AuditPlan& plan, const RunRoot& root, const RunRoot& keep);

  absl::StatusOr<std::string> Run(const Disturbance& disturbance, PinSet pins);

  // How the last run ended.
  const std::string& end() const { return end_; }

  // Sets the difference, if there is one.
  absl::Status Describe(Audit& audit) const;

  // Appends the parts of the environment whose change, alone, makes a run
  // differ from an undisturbed one.
  absl::Status FindParts(std::vector<std::string>& parts);

  AuditFolder folder() const { return folder_; }
  DisturbOptions disturb() const {
    return {.folder = folder_ != AuditFolder::kShared};
  }

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
  std::string end_;    // how the last run ended
  std::optional<uint32_t> differing_run_;
};

Prober::Prober(const AuditPlan& plan, const RunRoot& root, const RunRoot& keep)
    : plan_(plan), root_(root), keep_(keep) {
  program_.environment = HostEnvironment();
  program_.limit_ms = kRunLimitMs;
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
  Disturbance late = disturbance;
  const bool is_clock_seen =
      plan_.backends.has_host_proc || plan_.backends.has_host_http;
  if (is_clock_seen && runs_ == plan_.runs && !differing_run_) {
    late.delay_ms = kLateMs;
  }
  FOZZY_ASSIGN_OR_RETURN(
      const ProcessOutcome outcome,
      SpawnDisturbed(program_, late, {pins, PinLibraryPath()}, root_));
  if (outcome.exit != 0) {
    return absl::UnavailableError(
        absl::StrCat("run ", disturbance.index, " ended with ", outcome.exit,
                     ": ", absl::StripAsciiWhitespace(outcome.err)));
  }
  FOZZY_ASSIGN_OR_RETURN(std::string signature,
                         SignatureOf(Kept("trace"), end_));
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

absl::Status Prober::FindParts(std::vector<std::string>& parts) {
  for (const DisturbanceSource& source : DisturbanceSources()) {
    if (source.pin != Pin::kEnvironment) continue;
    bool is_same = true;
    for (uint32_t i = 1; i <= kPartRuns && is_same; ++i) {
      Disturbance disturbance = DisturbanceOf(0, disturb());
      source.disturb(i, disturbance);
      FOZZY_ASSIGN_OR_RETURN(const std::string signature,
                             Run(disturbance, PinSet()));
      is_same = signature == first_;
    }
    if (!is_same) parts.emplace_back(source.name);
  }
  return absl::OkStatus();
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
  options.disturb = prober.disturb();
  Audit audit;
  audit.folder = prober.folder();
  FOZZY_ASSIGN_OR_RETURN(
      audit.cause,
      CauseOf([&](const Disturbance& disturbance,
                  PinSet pins) { return prober.Run(disturbance, pins); },
              options));
  if (audit.cause.verdict == Cause::Verdict::kAll &&
      audit.cause.pins == PinSet(Pin::kEnvironment)) {
    FOZZY_RETURN_IF_ERROR(prober.FindParts(audit.parts));
  }
  audit.end = prober.end();
  FOZZY_RETURN_IF_ERROR(prober.Describe(audit));
  return audit;
}

}  // namespace fozzy
