// What a run was found to do wrong.
#ifndef FOZZY_FINDING_H_
#define FOZZY_FINDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fozzy {

enum class FindingKind : uint8_t {
  kAssertion = 0,
  kPanic,
  kHang,
  kInvariant,
  kChecker,
  kInputInvalid,
  kTargetBehavior,
  kCrash,
  kNondeterminism,
  kStateLeak,
  kDeadlock,
  kLostWakeup,  // a deadlock of a task that was notified before it waited
  kLivelock,    // tasks run, and nothing ever changes
  kStepBound,   // more schedule points than allowed
  kDataRace,
  kUseAfterFree,
  kDoubleFree,
  kLeak,
  kUninitialisedRead,
  kRealThread,    // a thread of the host touched a simulated object
  kNeverReached,  // by any run of a search
  kLiveness,      // it did not get there in time
};
inline constexpr uint8_t kFindingKinds = 22;

// Returns the name used in reports, "assertion" say.
std::string_view FindingKindName(FindingKind kind);

// Returns the kind of that name, or nothing.
std::optional<FindingKind> FindingKindOf(std::string_view name);

// A finding is a value: it is collected in the report of its run.
struct Finding {
  FindingKind kind = FindingKind::kAssertion;
  std::string title;    // what failed, a word of the format: "assert_eq_int"
  std::string message;  // one line for people
  // The step it happened in, counted as in Event; nothing for findings about a
  // whole run, a leak say.
  std::optional<uint64_t> step;
  // A JSON object with what would help to mend it, or empty.
  std::string details;

  friend bool operator==(const Finding&, const Finding&) = default;
};

// Returns what stays the same when the same thing goes wrong in another run,
// "assertion/assert_eq_int@3" say.  Messages and details are left out: they
// name values, which differ from run to run.
std::string Signature(const Finding& finding);

}  // namespace fozzy

#endif  // FOZZY_FINDING_H_
