#include "scenarios/bodies/body_config.h"

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace fozzy {
namespace {

constexpr char kMemoryModel[] = "memory_model";
constexpr char kPointsMax[] = "points_max";
constexpr char kTimerRaces[] = "timer_races";
constexpr char kStackBytes[] = "stack_bytes";

// A stack that a damaged trace may ask for, at most.
constexpr uint64_t kStackBytesMax = uint64_t{1} << 30;
// One that a task can do something on.
constexpr uint64_t kStackKibMin = 16;

absl::Status ReadNumber(const std::string& name, const std::string& text,
                        uint64_t most, uint64_t& number) {
  if (absl::SimpleAtoi(text, &number) && number <= most) {
    return absl::OkStatus();
  }
  return absl::DataLossError(absl::StrCat(
      "found ", name, " \"", text, "\", expected a number from 0 to ", most));
}

absl::Status ReadSetting(const std::string& name, const std::string& text,
                         Simulation::Options& options) {
  if (absl::StartsWith(name, "body.")) return absl::OkStatus();
  if (name == kMemoryModel) {
    const auto kind = MemoryModelOf(text);
    if (kind) options.memory_model = *kind;
    return kind ? absl::OkStatus()
                : absl::DataLossError(absl::StrCat("found the memory model \"",
                                                   text,
                                                   "\", expected cpp20 or sc"));
  }
  if (name == kPointsMax) {
    return ReadNumber(name, text, ~uint64_t{0}, options.points_max);
  }
  uint64_t number = 0;
  absl::Status status;
  if (name == kTimerRaces) {
    status = ReadNumber(name, text, ~uint32_t{0}, number);
    options.timer_races = static_cast<uint32_t>(number);
    return status;
  }
  if (name == kStackBytes) {
    status = ReadNumber(name, text, kStackBytesMax, number);
    options.stack_bytes = number;
    return status;
  }
  return absl::FailedPreconditionError(absl::StrCat(
      "found the setting ", name, ", which this version does not know"));
}

}  // namespace

bool operator==(const BodyConfig& a, const BodyConfig& b) {
  return a.seed == b.seed && a.strategy == b.strategy &&
         WriteBodySettings(a) == WriteBodySettings(b);
}

absl::string_view MemoryModelName(MemoryModelKind kind) {
  return kind == MemoryModelKind::kSc ? "sc" : "cpp20";
}

std::optional<MemoryModelKind> MemoryModelOf(absl::string_view name) {
  if (name == "sc") return MemoryModelKind::kSc;
  if (name == "cpp20") return MemoryModelKind::kCpp20;
  return std::nullopt;
}

absl::Status SetStack(uint64_t kib, BodyConfig& config) {
  if (kib < kStackKibMin || kib > kStackBytesMax >> 10) {
    return absl::InvalidArgumentError(
        absl::StrCat("found a stack of ", kib, " KiB, expected ", kStackKibMin,
                     " to ", kStackBytesMax >> 10));
  }
  config.simulation.stack_bytes = kib << 10;
  return absl::OkStatus();
}

TraceSettings WriteBodySettings(const BodyConfig& config) {
  const Simulation::Options& options = config.simulation;
  return {{kMemoryModel, std::string(MemoryModelName(options.memory_model))},
          {kPointsMax, absl::StrCat(options.points_max)},
          {kTimerRaces, absl::StrCat(options.timer_races)},
          {kStackBytes, absl::StrCat(options.stack_bytes)}};
}

absl::StatusOr<BodyConfig> ReadBodySettings(const TraceSettings& settings) {
  BodyConfig config;
  for (const auto& [name, text] : settings) {
    absl::Status status = ReadSetting(name, text, config.simulation);
    if (!status.ok()) return status;
  }
  return config;
}

}  // namespace fozzy
