#include "backends/host/doctor/cause.h"

#include <algorithm>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// Runs without pins from which it is judged how often runs agree by chance.
constexpr uint32_t kControlRuns = 6;

// An agreement may be chance once in so many searches.
constexpr uint64_t kChanceInverse = 1000;

// One search, with one delay between runs.
class Search {
 public:
  Search(const RunOnce& run, const CauseOptions& options, Cause& cause)
      : run_(run), options_(options), cause_(cause) {}

  // Returns whether the compared runs agree; their digests are in the cause.
  absl::StatusOr<bool> Compare();

  // Sets the verdict on runs that differ.
  absl::Status Explain();

 private:
  absl::StatusOr<std::string> Digest(uint32_t index, PinSet pins);

  // Decides how many equal runs are enough.
  absl::Status JudgeChance();

  // Returns whether `runs_` runs with `pins` agree; stops at the first that
  // differs.  Pins that cannot be held are noted, and do not agree.
  absl::StatusOr<bool> Agree(PinSet pins);

  absl::StatusOr<PinSet> AloneEnough();
  absl::Status ExplainByMany();
  absl::Status ExplainByAny();

  const RunOnce& run_;
  const CauseOptions& options_;
  Cause& cause_;
  uint32_t runs_ = 0;
};

absl::StatusOr<std::string> Search::Digest(uint32_t index, PinSet pins) {
  ++cause_.runs;
  return run_(DisturbanceOf(index, options_.disturb), pins);
}

absl::StatusOr<bool> Search::Compare() {
  cause_.digests.clear();
  for (uint32_t i = 0; i < options_.runs; ++i) {
    FOZZY_ASSIGN_OR_RETURN(std::string digest, Digest(i, PinSet()));
    cause_.digests.push_back(std::move(digest));
  }
  return std::all_of(
      cause_.digests.begin(), cause_.digests.end(),
      [&](const std::string& digest) { return digest == cause_.digests[0]; });
}

absl::Status Search::JudgeChance() {
  absl::btree_map<std::string, uint64_t> counts;
  for (const std::string& digest : cause_.digests) ++counts[digest];
  uint64_t total = cause_.digests.size();
  for (; total < kControlRuns; ++total) {
    FOZZY_ASSIGN_OR_RETURN(const std::string digest,
                           Digest(static_cast<uint32_t>(total), PinSet()));
    ++counts[digest];
  }
  uint64_t most = 0;
  for (const auto& [digest, count] : counts) most = std::max(most, count);
  // The first run agrees with itself; each further one agrees by chance as
  // often as `most` says.
  constexpr uint64_t kScale = uint64_t{1} << 32;
  uint64_t chance = kScale;
  for (runs_ = 1; runs_ < options_.pinned_runs_max; ++runs_) {
    const bool is_small = chance <= kScale / kChanceInverse;
    if (is_small && runs_ >= options_.pinned_runs_min) break;
    chance = chance * most / total;
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Search::Agree(PinSet pins) {
  std::string first;
  for (uint32_t i = 0; i < runs_; ++i) {
    absl::StatusOr<std::string> digest = Digest(i, pins);
    if (absl::IsFailedPrecondition(digest.status()) && pins.size() == 1) {
      for (const PinInfo& info : AllPins()) {
        if (pins.Contains(info.pin)) cause_.untested.Add(info.pin);
      }
      return false;
    }
    FOZZY_RETURN_IF_ERROR(digest.status());
    if (i == 0) first = *std::move(digest);
    if (i > 0 && *digest != first) return false;
  }
  return true;
}

absl::StatusOr<PinSet> Search::AloneEnough() {
  PinSet enough;
  for (const PinInfo& info : AllPins()) {
    FOZZY_ASSIGN_OR_RETURN(const bool agrees, Agree(PinSet(info.pin)));
    if (agrees) enough.Add(info.pin);
  }
  // Fixed addresses need an environment of fixed size, and so cure what counts
  // its bytes; if the environment alone is enough, addresses do not matter.
  if (enough.Contains(Pin::kEnvironment)) enough.Remove(Pin::kAddressLayout);
  return enough;
}

// Starts from everything that can be held and drops what is not needed.
absl::Status Search::ExplainByMany() {
  cause_.verdict = Cause::Verdict::kUnknown;
  PinSet needed = PinSet::All();
  for (const PinInfo& info : AllPins()) {
    if (cause_.untested.Contains(info.pin)) needed.Remove(info.pin);
  }
  if (needed.empty()) return absl::OkStatus();
  FOZZY_ASSIGN_OR_RETURN(const bool is_curable, Agree(needed));
  if (!is_curable) return absl::OkStatus();
  for (const PinInfo& info : AllPins()) {
    PinSet fewer = needed;
    fewer.Remove(info.pin);
    if (fewer.empty() || fewer == needed) continue;
    FOZZY_ASSIGN_OR_RETURN(const bool agrees, Agree(fewer));
    if (agrees) needed = fewer;
  }
  cause_.verdict = Cause::Verdict::kAll;
  cause_.pins = needed;
  return absl::OkStatus();
}

absl::Status Search::Explain() {
  cause_.pins = PinSet();
  cause_.untested = PinSet();
  FOZZY_RETURN_IF_ERROR(JudgeChance());
  FOZZY_ASSIGN_OR_RETURN(const PinSet alone, AloneEnough());
  if (alone.empty()) return ExplainByMany();
  cause_.verdict = Cause::Verdict::kAll;
  cause_.pins = alone;
  if (alone.size() == 1) return absl::OkStatus();
  return ExplainByAny();
}

// Several cures: either each is one, or the runs have stopped differing, or
// they differ in bursts and some cures were lucky.
absl::Status Search::ExplainByAny() {
  FOZZY_ASSIGN_OR_RETURN(cause_.is_rare, Agree(PinSet()));
  if (cause_.is_rare) {
    cause_.verdict = Cause::Verdict::kUnknown;
    cause_.pins = PinSet();
    return absl::OkStatus();
  }
  runs_ = options_.pinned_runs_max;
  for (const PinInfo& info : AllPins()) {
    if (!cause_.pins.Contains(info.pin)) continue;
    FOZZY_ASSIGN_OR_RETURN(const bool agrees, Agree(PinSet(info.pin)));
    if (!agrees) cause_.pins.Remove(info.pin);
  }
  cause_.verdict = cause_.pins.empty()       ? Cause::Verdict::kUnknown
                   : cause_.pins.size() == 1 ? Cause::Verdict::kAll
                                             : Cause::Verdict::kAny;
  return absl::OkStatus();
}

absl::Status CheckOptions(const CauseOptions& options) {
  if (options.runs < 2) {
    return absl::InvalidArgumentError(
        absl::StrCat("runs is ", options.runs, ", expected at least 2"));
  }
  if (options.pinned_runs_min < 3 ||
      options.pinned_runs_max < options.pinned_runs_min) {
    return absl::InvalidArgumentError(
        absl::StrCat("runs per intervention are ", options.pinned_runs_min,
                     " to ", options.pinned_runs_max, ", expected at least 3"));
  }
  return absl::OkStatus();
}

}  // namespace

std::string CauseName(const Cause& cause) {
  switch (cause.verdict) {
    case Cause::Verdict::kDeterministic:
      return "none";
    case Cause::Verdict::kAll:
      return PinNames(cause.pins, " and ");
    case Cause::Verdict::kAny:
      return PinNames(cause.pins, " or ");
    case Cause::Verdict::kUnknown:
      break;
  }
  return "unknown";
}

absl::StatusOr<Cause> CauseOf(const RunOnce& run, const CauseOptions& options) {
  FOZZY_RETURN_IF_ERROR(CheckOptions(options));
  Cause cause;
  Search search(run, options, cause);
  FOZZY_ASSIGN_OR_RETURN(const bool agrees, search.Compare());
  if (agrees) return cause;
  FOZZY_RETURN_IF_ERROR(search.Explain());
  if (!cause.is_rare || options.retry_delay_ms <= options.disturb.delay_ms) {
    return cause;
  }
  CauseOptions slower = options;
  slower.disturb.delay_ms = options.retry_delay_ms;
  Cause slow;
  Search again(run, slower, slow);
  slow.runs = cause.runs;
  FOZZY_ASSIGN_OR_RETURN(const bool agrees_again, again.Compare());
  cause.runs = slow.runs;
  if (agrees_again) return cause;
  FOZZY_RETURN_IF_ERROR(again.Explain());
  slow.digests = std::move(cause.digests);
  return slow;
}

}  // namespace fozzy
