// Traces of C++ bodies: a .fozzy file whose header names a program, its build
// and a test in place of a scenario.
#ifndef FOZZY_SCENARIOS_BODIES_BODY_TRACE_H_
#define FOZZY_SCENARIOS_BODIES_BODY_TRACE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "fozzy/trace.h"
#include "scenarios/bodies/body_config.h"
#include "scenarios/bodies/body_recording.h"
#include "trace/writer.h"

namespace fozzy {

struct BodyTrace {
  BodyIdentity body;
  BodyConfig config;
  std::string tool_version;
  BodyRecording recording;
};

// Whether a trace is one of a body.
bool IsBodyTrace(const TraceHeader& header);

// Whether the file at `path` is; false if it cannot be read.
bool IsBodyTraceFile(const std::string& path);

// Writes `trace` to where `target` says, of which header and scenario are set
// here.  The same trace gives the same bytes.  Returns the path.
// Errors: those of TraceWriter.
absl::StatusOr<std::string> WriteBodyTrace(TraceWriter::Options target,
                                           const BodyTrace& trace);

// Reads the trace at `path`, all of it.
// Errors: those of TraceReader and ReadBodySettings; FAILED_PRECONDITION for a
// trace of something else or with observations of the host; DATA_LOSS for one
// without its end.
absl::StatusOr<BodyTrace> ReadBodyTrace(const std::string& path);

// The same for the bytes of a file.
absl::StatusOr<BodyTrace> ReadBodyTraceBytes(absl::string_view bytes);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_BODY_TRACE_H_
