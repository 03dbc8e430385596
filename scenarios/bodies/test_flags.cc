#include "scenarios/bodies/test_flags.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "scenarios/bodies/body_worker.h"
#include "scenarios/duration.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr uint64_t kNsPerMs = 1'000'000;

absl::Status ReadNumber(absl::string_view text, uint64_t& number) {
  if (absl::SimpleAtoi(text, &number)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("found \"", text, "\", expected a number"));
}

absl::Status ReadReplay(absl::string_view text, TestFlags& flags) {
  flags.replay = std::string(text);
  return absl::OkStatus();
}

absl::Status ReadSeed(absl::string_view text, TestFlags& flags) {
  return ReadNumber(text, flags.config.seed);
}

absl::Status ReadRuns(absl::string_view text, TestFlags& flags) {
  return ReadNumber(text, flags.runs);
}

absl::Status ReadTime(absl::string_view text, TestFlags& flags) {
  FOZZY_ASSIGN_OR_RETURN(const Millis time, ParseDuration(text));
  flags.time_ns =
      time > ~uint64_t{0} / kNsPerMs ? ~uint64_t{0} : time * kNsPerMs;
  return absl::OkStatus();
}

absl::Status ReadStrategy(absl::string_view text, TestFlags& flags) {
  flags.config.strategy = std::string(text);
  return CheckStrategy(flags.config.strategy);
}

absl::Status ReadModel(absl::string_view text, TestFlags& flags) {
  const auto kind = MemoryModelOf(text);
  if (kind) flags.config.simulation.memory_model = *kind;
  return kind ? absl::OkStatus()
              : absl::InvalidArgumentError(
                    absl::StrCat("found \"", text, "\", expected cpp20 or sc"));
}

absl::Status ReadBreakAt(absl::string_view text, TestFlags& flags) {
  return ReadNumber(text, flags.break_at);
}

absl::Status ReadStack(absl::string_view text, TestFlags& flags) {
  uint64_t kib = 0;
  FOZZY_RETURN_IF_ERROR(ReadNumber(text, kib));
  return SetStack(kib, flags.config);
}

absl::Status ReadUnreached(absl::string_view text, TestFlags& flags) {
  flags.fails_if_unreached = text == "fail";
  if (text == "note" || text == "fail") return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("found \"", text, "\", expected note or fail"));
}

struct Flag {
  absl::string_view name;  // after --fozzy_, or in capitals after FOZZY_
  absl::Status (*read)(absl::string_view text, TestFlags& flags);
};

constexpr Flag kFlags[] = {
    {"break_at", ReadBreakAt},    {"memory_model", ReadModel},
    {"replay", ReadReplay},       {"runs", ReadRuns},
    {"seed", ReadSeed},           {"stack_kib", ReadStack},
    {"strategy", ReadStrategy},   {"time", ReadTime},
    {"unreached", ReadUnreached},
};

absl::Status Read(const Flag& flag, absl::string_view shown,
                  absl::string_view text, TestFlags& flags) {
  const absl::Status status = flag.read(text, flags);
  if (status.ok()) return status;
  return absl::InvalidArgumentError(
      absl::StrCat(shown, ": ", status.message()));
}

const Flag* Find(absl::string_view name) {
  for (const Flag& flag : kFlags) {
    if (flag.name == name) return &flag;
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<TestFlags> ReadTestFlags(const std::vector<std::string>& words,
                                        const LookUp& environment) {
  TestFlags flags;
  bool has_runs = false;
  bool has_time = false;
  const auto note = [&](const Flag& flag) {
    has_runs = has_runs || flag.name == "runs";
    has_time = has_time || flag.name == "time";
  };
  for (const Flag& flag : kFlags) {
    const std::string variable =
        absl::StrCat("FOZZY_", absl::AsciiStrToUpper(flag.name));
    const char* text = environment(variable.c_str());
    if (text == nullptr || *text == '\0') continue;
    FOZZY_RETURN_IF_ERROR(Read(flag, variable, text, flags));
    note(flag);
  }
  for (const std::string& word : words) {
    absl::string_view rest = word;
    if (!absl::ConsumePrefix(&rest, "--fozzy_")) continue;
    const size_t equals = rest.find('=');
    const Flag* flag = Find(rest.substr(0, equals));
    if (flag == nullptr || equals == absl::string_view::npos) {
      return absl::InvalidArgumentError(absl::StrCat(
          "found ", word,
          ", expected --fozzy_NAME=VALUE with the name replay, "
          "runs, seed, time, strategy, memory_model, stack_kib, unreached "
          "or break_at"));
    }
    FOZZY_RETURN_IF_ERROR(Read(*flag, absl::StrCat("--fozzy_", flag->name),
                               rest.substr(equals + 1), flags));
    note(*flag);
  }
  if (has_runs && !has_time) flags.time_ns = ~uint64_t{0};
  if (has_time && !has_runs) flags.runs = ~uint64_t{0};
  return flags;
}

}  // namespace fozzy
