// What fozzy and a program with tests say to each other, as plain data.
#ifndef FOZZY_SCENARIOS_BODIES_CONTROL_H_
#define FOZZY_SCENARIOS_BODIES_CONTROL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "scenarios/bodies/body_config.h"
#include "scenarios/bodies/body_recording.h"
#include "scenarios/bodies/body_worker.h"
#include "sim/search/shrink_measure.h"

namespace fozzy {

// The environment variable that names the descriptor to listen at.
inline constexpr char kControlVariable[] = "FOZZY_CONTROL_FD";

enum class ControlVerb : uint8_t {
  kList = 0,
  kSearch,
  kRepeat,
  kShrink,
  kExplain,
};

struct ControlRequest {
  ControlVerb verb = ControlVerb::kList;
  std::string test;
  BodyConfig config;
  BodyRange range;                  // kSearch; kShrink: runs at most
  std::vector<Decision> decisions;  // kRepeat, kShrink, kExplain
  // kShrink, kExplain; kRepeat: what is expected; kSearch: what the run
  // `guarded_from` ended its process with.
  std::optional<Finding> finding;
  uint64_t time_ns = 0;         // kShrink: at most; 0: no limit
  bool keeps_schedule = false;  // kShrink: leave it as it is
  bool keeps_faults = false;
  bool keeps_input = false;
  // Each run is done by a process of its own: see BodyWorker::Guard.
  std::optional<uint64_t> guarded_from;
};

struct ShrunkBody {
  BodyRecording recording;
  RunMeasure before;  // its sums are left out
  RunMeasure after;
  uint64_t runs = 0;
  bool is_fixpoint = false;
};

struct ControlAnswer {
  std::string error;  // empty: none
  std::string version;
  std::string program;  // file name
  std::string build_id;
  std::vector<std::string> tests;          // kList
  std::optional<BodyBlock> block;          // kSearch
  std::vector<UnmetProperty> unmet;        // kSearch
  std::optional<BodyRecording> recording;  // kRepeat
  std::string text;  // kRepeat: the schedule; kExplain: the explanation
  std::optional<ShrunkBody> shrunk;  // kShrink
};

std::string EncodeRequest(const ControlRequest& request);
std::string EncodeAnswer(const ControlAnswer& answer);

// Errors: DATA_LOSS if `bytes` are no such message.
absl::StatusOr<ControlRequest> DecodeRequest(absl::string_view bytes);
absl::StatusOr<ControlAnswer> DecodeAnswer(absl::string_view bytes);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_CONTROL_H_
