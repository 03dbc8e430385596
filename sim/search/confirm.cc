#include "sim/search/confirm.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace fozzy {
namespace {

// A coin that is tossed once in a run falls alike nine times in 256.
constexpr uint64_t kTimes = 3;
constexpr size_t kProcesses = 3;

bool IsSame(const RunOutcome& a, const RunOutcome& b) {
  return a.digest == b.digest && a.finding == b.finding;
}

bool IsSame(const ReplayAnswer& a, const ReplayAnswer& b) {
  return std::equal(
      a.outcomes.begin(), a.outcomes.end(), b.outcomes.begin(),
      b.outcomes.end(),
      [](const RunOutcome& x, const RunOutcome& y) { return IsSame(x, y); });
}

Finding Make(FindingKind kind, std::string title, std::string message) {
  return {.kind = kind,
          .title = std::move(title),
          .message = std::move(message),
          .step = std::nullopt,
          .details = ""};
}

Finding Crash(const FoundRun& found) {
  return Make(
      FindingKind::kCrash, "replay",
      absl::StrCat("the process ended when run ", found.run,
                   " was repeated, which had found: ", found.finding.message));
}

Finding StateLeak(const FoundRun& found, const ReplayAnswer& answer) {
  const std::string names = answer.changed.empty()
                                ? "memory that is no variable of the program"
                                : absl::StrJoin(answer.changed, ", ");
  std::string message = absl::StrCat(
      "what a run leaves behind changes those after it; after a run this is "
      "different: ",
      names, "; run ", found.run, " had found: ", found.finding.message);
  if (answer.from_first) {
    absl::StrAppend(&message, "; a second run parts from the first: ",
                    answer.from_first->message);
  }
  return Make(FindingKind::kStateLeak, names, std::move(message));
}

Finding Nondeterminism(const FoundRun& found,
                       const std::vector<ReplayAnswer>& answers) {
  std::optional<RunDifference> difference;
  for (const ReplayAnswer& answer : answers) {
    if (!difference) difference = answer.from_other;
  }
  for (const ReplayAnswer& answer : answers) {
    if (!difference) difference = answer.from_first;
  }
  if (!difference && found.finding.kind == FindingKind::kNondeterminism) {
    return found.finding;
  }
  if (!difference) difference = {"the end", "it ended otherwise"};
  return Make(FindingKind::kNondeterminism, difference->place,
              absl::StrCat("the same answers do not bring the same run: ",
                           difference->message));
}

// Judges a run that did not come back.
Finding Judge(const FoundRun& found, const std::vector<ReplayAnswer>& answers) {
  const ReplayAnswer& first = answers.front();
  const bool is_same =
      std::all_of(answers.begin(), answers.end(),
                  [&](const ReplayAnswer& a) { return IsSame(a, first); });
  if (!is_same) return Nondeterminism(found, answers);
  const bool is_steady = std::all_of(
      first.outcomes.begin(), first.outcomes.end(),
      [&](const RunOutcome& a) { return IsSame(a, first.outcomes[0]); });
  // It differed once, and has not since: if nothing is left behind either, it
  // was by chance.
  const bool is_chance = found.finding.kind == FindingKind::kNondeterminism &&
                         is_steady && first.changed.empty();
  return is_chance ? found.finding : StateLeak(found, first);
}

}  // namespace

Confirmation Confirm(BodyService& service, const FoundRun& found) {
  Confirmation confirmation;
  const std::optional<ReplayAnswer> once =
      service.Replay({.decisions = found.decisions, .times = 1, .hashes = {}});
  if (!once) {
    confirmation.finding = Crash(found);
    return confirmation;
  }
  confirmation.schedule = once->schedule;
  const RunOutcome& outcome = once->outcomes.front();
  if (outcome.digest == found.digest && outcome.finding == found.finding) {
    confirmation.finding = found.finding;
    confirmation.is_confirmed = true;
    return confirmation;
  }
  std::vector<ReplayAnswer> answers;
  while (answers.size() < kProcesses) {
    const std::optional<ReplayAnswer> answer =
        service.Replay({.decisions = found.decisions,
                        .times = kTimes,
                        .hashes = answers.empty() ? std::vector<uint64_t>{}
                                                  : answers.front().hashes});
    if (!answer) {
      confirmation.finding = Crash(found);
      return confirmation;
    }
    answers.push_back(*answer);
  }
  confirmation.finding = Judge(found, answers);
  return confirmation;
}

}  // namespace fozzy
