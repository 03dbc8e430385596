// What a reactive program can be found to do wrong.
#ifndef FOZZY_KERNELS_REACTIVE_REACTIVE_FINDING_H_
#define FOZZY_KERNELS_REACTIVE_REACTIVE_FINDING_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fozzy::reactive {

// What a statement can get wrong.  TryEmit and TryJoin return it, so that the
// process goes on; Emit and Join end the run with a finding.
enum class Error : uint8_t {
  kNone = 0,
  kDoubleEmission,  // an event was emitted before in this instant
  kAfterAbsence,    // a body of abort or suspend has relied on its absence
  kSelfJoin,        // a thread joins itself
  kUnknownThread,   // there never was a thread of that id
};

// Returns "double emission", say.
std::string_view ErrorName(Error error);

enum class FindingKind : uint8_t {
  kError = 0,  // an Error that nobody took
  kLivelock,   // an instant took more steps than it may
  kException,  // a process let an exception escape
};

// A process as findings name it.
struct ProcessName {
  uint32_t id = 0;   // dense, in order of creation; the first process is 1
  std::string name;  // as given by Named, or ""

  friend bool operator==(const ProcessName&, const ProcessName&) = default;
};

// Why a run ended before its time.
struct Finding {
  FindingKind kind = FindingKind::kError;
  Error error = Error::kNone;  // of kError
  uint64_t instant = 0;        // from 0
  ProcessName process;         // that was running
  std::string signal;          // its name, or "" if it has none
  // Of kLivelock: the processes that keep the instant alive, in the order in
  // which they take turns.
  std::vector<ProcessName> ring = {};

  // Returns one line for people, without a full stop.
  std::string Message() const;
};

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_REACTIVE_FINDING_H_
