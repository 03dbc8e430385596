// Traces of the established tool, from any bytes.
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "scenarios/established_trace.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

void CheckReport(const EstablishedReport& report) {
  FOZZY_CHECK(report.ok == report.problem.empty());
  if (report.is_checksum_valid) FOZZY_CHECK(report.is_checksum_present);
  if (!report.ok) return;
  FOZZY_CHECK(report.version >= 1 && report.version <= 4);
  FOZZY_CHECK(report.is_checksum_present == report.is_checksum_valid);
  FOZZY_CHECK(report.is_checksum_present || !report.warnings.empty());
}

void CheckTrace(absl::string_view bytes) {
  const EstablishedReport lenient = VerifyEstablished(bytes, false);
  const EstablishedReport strict = VerifyEstablished(bytes, true);
  CheckReport(lenient);
  CheckReport(strict);
  FOZZY_CHECK(strict.ok == (lenient.ok && lenient.is_checksum_valid));
  if (lenient.ok) FOZZY_CHECK(LooksEstablished(bytes));

  uint64_t lines = 0;
  const EstablishedReport shown =
      ShowEstablished(bytes, [&lines](absl::string_view line) {
        ++lines;
        FOZZY_CHECK(absl::StartsWith(line, "decision ") ||
                    absl::StartsWith(line, "@"));
        FOZZY_CHECK(!absl::StrContains(line, '\n'));
      });
  FOZZY_CHECK(lines == shown.decisions + shown.events);
  FOZZY_CHECK(shown.problem == lenient.problem);

  // White space around it changes nothing.
  const std::string spaced = std::string(" \n") + std::string(bytes) + "\t\r";
  FOZZY_CHECK(VerifyEstablished(spaced, true).ok == strict.ok);
}

}  // namespace
}  // namespace fozzy

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  fozzy::CheckTrace({reinterpret_cast<const char*>(data), size});
  return 0;
}
