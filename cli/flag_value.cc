#include "cli/flag_value.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/did_you_mean.h"
#include "scenarios/duration.h"

namespace fozzy {
namespace {

absl::Status BadValue(const FlagSpec& flag, absl::string_view text,
                      absl::string_view expected) {
  return absl::InvalidArgumentError(
      absl::StrCat(flag.name, ": found \"", text, "\", expected ", expected));
}

// Reads digits and nothing else: SimpleAtoi also takes signs and spaces.
bool ReadDigits(absl::string_view text, uint64_t& number) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), absl::ascii_isdigit) &&
         absl::SimpleAtoi(text, &number);
}

absl::StatusOr<uint64_t> ReadDuration(const FlagSpec& flag,
                                      absl::string_view text) {
  const absl::StatusOr<Millis> duration = ParseDuration(text);
  if (!duration.ok()) return BadValue(flag, text, kDurationExpected);
  return *duration;
}

absl::Status CheckChoice(const FlagSpec& flag, absl::string_view text) {
  const std::vector<absl::string_view> choices =
      absl::StrSplit(flag.value, '|');
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) {
    return absl::OkStatus();
  }
  return BadValue(flag, text,
                  absl::StrCat("one of ", absl::StrJoin(choices, ", "),
                               DidYouMean(text, choices)));
}

}  // namespace

absl::StatusOr<uint64_t> CheckFlagValue(const FlagSpec& flag,
                                        absl::string_view text) {
  uint64_t number = 0;
  switch (flag.type) {
    case FlagType::kSwitch:
    case FlagType::kText:
      return number;
    case FlagType::kU64:
      if (ReadDigits(text, number)) return number;
      return BadValue(flag, text, "a number from 0 to 2^64-1");
    case FlagType::kDuration:
      return ReadDuration(flag, text);
    case FlagType::kChoice:
      if (absl::Status bad = CheckChoice(flag, text); !bad.ok()) return bad;
      return number;
    case FlagType::kNotOffered:
      break;
  }
  return absl::UnimplementedError(
      absl::StrCat(flag.name, " is not offered by this version"));
}

}  // namespace fozzy
