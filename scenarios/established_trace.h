// Traces of the established tool: JSON, versions 1 to 4.  They can be verified
// and shown; replaying one takes recording it anew.
#ifndef FOZZY_SCENARIOS_ESTABLISHED_TRACE_H_
#define FOZZY_SCENARIOS_ESTABLISHED_TRACE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace fozzy {

// Something the recorded run was found to do wrong.
struct EstablishedFinding {
  std::string kind;   // "assertion"
  std::string title;  // "assert_eq_int"
  std::string message;
};

// What such a trace says, and whether it can be believed.  Of a trace with a
// problem the fields hold what could be read.
struct EstablishedReport {
  bool ok = false;  // nothing is wrong with it
  // What is wrong first, and where: `2:7: field "version": found 5, a number,
  // expected an integer from 1 to 4`.  Empty if `ok`.
  std::string problem;
  std::vector<std::string> warnings;  // of the same form, at most 1001
  uint32_t version = 0;               // 0 if it could not be read
  bool is_checksum_present = false;
  bool is_checksum_valid = false;
  std::string mode;           // "run", "test", "explore", "fuzz", "replay"
  std::string status;         // "pass", "fail", "timeout"
  std::string scenario_path;  // empty if the trace names none
  uint64_t seed = 0;
  uint64_t decisions = 0;
  uint64_t events = 0;
  std::vector<EstablishedFinding> findings;
};

// Whether a file that starts with `first_bytes` is to be read by the functions
// below: a JSON object, maybe after white space, and not the container.
bool LooksEstablished(absl::string_view first_bytes);

// Reads all of `bytes`, the content of a file, and checks the form of what is
// used of it and the checksum.  That a checksum is missing is a warning, a
// problem if `is_strict`.  Unknown members and a version before 4 are warnings.
// More than 1 GiB is a problem.
// Takes about as much memory as `bytes` beside it, more for what stands deep
// inside of one member; decisions and events are read one by one.
// Source: the format "fozzy-trace"; see EstablishedChecksum for how exactly
// the checksum is followed.
EstablishedReport VerifyEstablished(absl::string_view bytes, bool is_strict);

// Like VerifyEstablished, not strict, and tells `line` each decision and event
// in the order of the file, one line each, without its end:
//
//   decision rand_u64 value=7
//   @120ms net_send {"from":"a","to":"b"}
//
// What was told before a problem was found stands.
EstablishedReport ShowEstablished(
    absl::string_view bytes, absl::FunctionRef<void(absl::string_view)> line);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_ESTABLISHED_TRACE_H_
