// Repeating the run of a trace of C++ code.
#ifndef FOZZY_CLI_PROGRAM_REPLAY_H_
#define FOZZY_CLI_PROGRAM_REPLAY_H_

#include <string>

#include "absl/status/statusor.h"
#include "cli/context.h"
#include "scenarios/bodies/body_trace.h"
#include "scenarios/bodies/control.h"

namespace fozzy {

// A trace, and the program that has its test.
struct BodyReplayInput {
  std::string path;
  BodyTrace trace;
  std::string program;  // for ProgramWorker
  std::string warning;  // about the program, or empty
};

// Reads the trace at `path` and finds its program: the one of --program, a
// built-in body, or a program below the working directory that has the name and
// the build id of the trace.  No path is taken from the trace.
// Errors: those of ReadBodyTrace; NOT_FOUND with what to pass if there is no
// such program.
absl::StatusOr<BodyReplayInput> FindBodyReplay(const Context& context,
                                               const std::string& path);

// Returns the request `verb` about the trace.
ControlRequest RequestOf(const BodyTrace& trace, ControlVerb verb);

// What a replay came to.
struct BodyReplay {
  BodyRecording recording;
  std::string schedule;
  std::string difference;  // the first; empty: the same run
};

// Replays in a process of its own; what the body prints goes to stderr.
// Errors: those of ProgramWorker.
absl::StatusOr<BodyReplay> ReplayBody(const BodyReplayInput& input);

// `fozzy replay` of a trace of C++ code.  Returns the exit code.
int CmdReplayBody(Context& context, const std::string& path);

}  // namespace fozzy

#endif  // FOZZY_CLI_PROGRAM_REPLAY_H_
