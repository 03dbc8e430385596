// The vocabulary of runs: what was decided, what happened, what the real world
// said.  A trace is a list of these; code that reads, writes or compares traces
// needs nothing else of the simulation.
#ifndef FOZZY_DECISION_H_
#define FOZZY_DECISION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fozzy {

// A task of a simulation: dense, in order of creation, never an address.
// Scenario steps run in task 0.
struct TaskId {
  uint32_t value = 0;

  friend bool operator==(TaskId, TaskId) = default;
};

// What kind of question was asked.  The numbers are stored in traces: new
// kinds are added at the end, none is ever reused.
enum class ChoiceKind : uint8_t {
  kTask = 0,       // which task runs next
  kRandom = 1,     // a 64-bit number for the code under test
  kDeliver = 2,    // which of the deliverable messages is delivered
  kDrop = 3,       // whether a delivery is lost
  kFault = 4,      // whether an operation fails
  kProgress = 5,   // go on with the script (0), or deliver a message
  kReadsFrom = 6,  // which store a load reads, the newest (0) or an older one
  kPlace = 7,  // where in modification order a store lands, last (0) or before
  kSpurious = 8,  // whether something happens for no reason: a weak
                  // compare-exchange fails, a wait ends
  kWake = 9,  // which of those that wait is told, the first (0) or a later one
  kDeadline = 10,  // which of the deadlines of one moment passes first, the one
                   // that was set first (0) or a later one
};
inline constexpr uint8_t kChoiceKinds = 11;

// Returns the name shown to users, "fault" say.  Requires a valid kind.
std::string_view ChoiceKindName(ChoiceKind kind);

// A question with its answer.  `answer` is 0 for the dullest one.
struct Decision {
  ChoiceKind kind = ChoiceKind::kTask;
  TaskId task = {};  // the task that asked; for kTask, that ran until now
  uint64_t answer = 0;

  friend bool operator==(const Decision&, const Decision&) = default;
};

// What a host backend was told.  Numbers are stored in traces, as above.
enum class ObservationKind : uint8_t {
  kTimeout = 0,  // a wall-clock limit was reached
  kProcess = 1,  // how a process ended and what it printed
  kHttp = 2,     // a response, or why there was none
  kFsRead = 3,
  kFsWrite = 4,
  kFsSnapshot = 5,
  kFsRestore = 6,
};
inline constexpr uint8_t kObservationKinds = 7;

// Returns the name shown to users, "process" say.  Requires a valid kind.
std::string_view ObservationKindName(ObservationKind kind);

// Something the real world said, recorded at its place among the decisions and
// served from the trace on replay.  What the fields mean is up to the backend
// that made it.
struct Observation {
  ObservationKind kind = ObservationKind::kTimeout;
  std::vector<uint64_t> numbers = {};
  std::vector<std::string> texts = {};  // any bytes

  friend bool operator==(const Observation&, const Observation&) = default;
};

// What happened.  Numbers are stored in traces, as above.  kEventInfos names
// the fields of each.
enum class EventKind : uint8_t {
  kStep = 0,
  kUser = 1,
  kFinding = 2,
  kFault = 3,
  kRollback = 4,
  kHttpRequest = 5,
  kProcSpawn = 6,
  kNetSend = 7,
  kNetDeliver = 8,
  kNetDrop = 9,
  kMemoryAlloc = 10,
  kMemoryAllocFailed = 11,
  kMemoryFree = 12,
  kMemoryCheckpoint = 13,
  kFsWrite = 14,
  kFsRead = 15,
  kFsSnapshot = 16,
  kFsRestore = 17,
  kClientPut = 18,
  kClientGet = 19,
  kPartition = 20,
  kHeal = 21,
  kCrash = 22,
  kRestart = 23,
  kReplicate = 24,
  kStarvation = 25,
  kLog = 26,
};

// The shape of one kind of event: its name and, comma-separated, the names of
// its numbers and of its texts.
struct EventInfo {
  EventKind kind;
  std::string_view name;
  std::string_view numbers;
  std::string_view texts;
};

// One entry per kind, in the order of their numbers.
inline constexpr EventInfo kEventInfos[] = {
    {EventKind::kStep, "step", "step", "type"},
    {EventKind::kUser, "user", "step", "name"},
    {EventKind::kFinding, "finding", "step", "kind,title,message"},
    {EventKind::kFault, "fault", "", "site"},
    {EventKind::kRollback, "rollback", "step", ""},
    {EventKind::kHttpRequest, "http_request", "status,delay_ms", "method,path"},
    {EventKind::kProcSpawn, "proc_spawn", "exit", "cmd"},
    {EventKind::kNetSend, "net_send", "message", "from,to"},
    {EventKind::kNetDeliver, "net_deliver", "message", "from,to"},
    {EventKind::kNetDrop, "net_drop", "message", "from,to"},
    {EventKind::kMemoryAlloc, "memory_alloc", "id,bytes,effective_bytes", ""},
    {EventKind::kMemoryAllocFailed, "memory_alloc_failed", "bytes", "reason"},
    {EventKind::kMemoryFree, "memory_free", "id", ""},
    {EventKind::kMemoryCheckpoint, "memory_checkpoint", "", "name"},
    {EventKind::kFsWrite, "fs_write", "bytes", "path"},
    {EventKind::kFsRead, "fs_read", "bytes", "path"},
    {EventKind::kFsSnapshot, "fs_snapshot", "files", "name"},
    {EventKind::kFsRestore, "fs_restore", "files", "name"},
    {EventKind::kClientPut, "client_put", "version", "node,key,value"},
    {EventKind::kClientGet, "client_get", "found", "node,key,value"},
    {EventKind::kPartition, "partition", "", "a,b"},
    {EventKind::kHeal, "heal", "", "a,b"},
    {EventKind::kCrash, "crash", "", "node"},
    {EventKind::kRestart, "restart", "", "node"},
    {EventKind::kReplicate, "replicate", "message,version", "from,to,key"},
    {EventKind::kStarvation, "starvation", "messages", ""},
    {EventKind::kLog, "log", "task", "text"},
};
inline constexpr uint8_t kEventKinds =
    static_cast<uint8_t>(std::size(kEventInfos));

// Returns the shape of `kind`.  Requires a valid kind.
inline const EventInfo& InfoOf(EventKind kind) {
  return kEventInfos[static_cast<size_t>(kind)];
}

// Whether numbers of that name are signed, kept as two's complement: exit codes
// are -1 for what did not exit.
inline bool IsSignedNumber(std::string_view name) { return name == "exit"; }

// Something that happened at virtual time `time`, in the unit of the run
// (milliseconds for scenarios, nanoseconds for C++ bodies).  The spans are
// valid during the call that is handed the event only.  Step numbers count all
// steps of a scenario, nested ones too, in the order of the file, from 0.
struct Event {
  EventKind kind = EventKind::kStep;
  uint64_t time = 0;
  std::span<const uint64_t> numbers = {};
  std::span<const std::string_view> texts = {};
};

}  // namespace fozzy

#endif  // FOZZY_DECISION_H_
