// What `doctor` prints.
#ifndef FOZZY_CLI_DOCTOR_REPORT_H_
#define FOZZY_CLI_DOCTOR_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "cli/doctor_audit.h"
#include "cli/doctor_checks.h"
#include "cli/output.h"

namespace fozzy {

struct AuditReport {
  std::string scenario;  // as the user named it
  uint64_t seed = 0;
  Audit audit;
  // Where in the file the first difference is, "FILE:LINE:COLUMN, a proc_spawn
  // step"; or empty.
  std::string place;
};

// Returns the JSON document of `doctor --deep`.
std::string AuditJson(const AuditReport& report);

// Returns a line if the runs agree; else what differs, where, and why.
std::string AuditText(const AuditReport& report, const Output& output);

// The same for `doctor` alone.
std::string ChecksJson(const std::vector<DoctorCheck>& checks);
std::string ChecksText(const std::vector<DoctorCheck>& checks,
                       const Output& output);

}  // namespace fozzy

#endif  // FOZZY_CLI_DOCTOR_REPORT_H_
