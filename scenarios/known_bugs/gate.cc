// One part of the known-bugs gate, for one program at a time: ci/known_bugs
// runs each in a process of its own, so that one that hangs harms no other.
//
//   known_bugs_gate list
//   known_bugs_gate bug NAME SEEDS     finds it with every seed, and replays
//   known_bugs_gate shrink NAME SEED   finds it and makes it small
//   known_bugs_gate twin NAME RUNS     finds nothing
//   known_bugs_gate all NAME RUNS      finds nothing in any schedule
//
// Prints one line and ends with 0 if all is as it should be, 3 if a search of
// all schedules did not end, else 1.
#include <algorithm>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/known_bugs/hunt.h"
#include "scenarios/known_bugs/known_bug.h"
#include "sim/search/shrink.h"

namespace fozzy {
namespace {

constexpr uint64_t kSchedulesMax = 20'000;
constexpr uint64_t kReplays = 100;
constexpr int kNotEnded = 3;

uint64_t MedianOf(std::vector<uint64_t> numbers) {
  std::sort(numbers.begin(), numbers.end());
  return numbers[numbers.size() / 2];
}

std::string KindOf(const RunOutcome& outcome) {
  if (!outcome.finding) return "nothing";
  return std::string(FindingKindName(outcome.finding->kind));
}

int Complain(const KnownBug& bug, const RunOutcome& outcome,
             const char* where) {
  std::printf("%.*s: WRONG %s: %s %s\n", static_cast<int>(bug.name.size()),
              bug.name.data(), where, KindOf(outcome).c_str(),
              outcome.finding ? outcome.finding->message.c_str() : "");
  return 1;
}

// How many schedules a plain random walk needs; one more than allowed if it
// does not get there.
uint64_t RandomSchedules(Subject& subject, uint64_t seed) {
  const Hunt hunt = HuntFor(
      subject,
      {.strategy = "random", .seed = seed, .schedules_max = kSchedulesMax});
  return hunt.outcome.finding ? hunt.schedules : kSchedulesMax + 1;
}

int RunBug(const KnownBug& bug, uint64_t seeds) {
  std::vector<uint64_t> portfolio;
  std::vector<uint64_t> random;
  for (uint64_t seed = 1; seed <= seeds; ++seed) {
    BodySubject subject(bug.body, HuntWorld());
    const Hunt hunt =
        HuntFor(subject, {.seed = seed, .schedules_max = kSchedulesMax});
    if (KindOf(hunt.outcome) != bug.finding) {
      return Complain(bug, hunt.outcome, "finding");
    }
    if (CountRepeated(subject, hunt, kReplays) != kReplays) {
      return Complain(bug, hunt.outcome, "replay of");
    }
    portfolio.push_back(hunt.schedules);
    random.push_back(RandomSchedules(subject, seed));
  }
  const uint64_t worst = *std::max_element(portfolio.begin(), portfolio.end());
  std::printf("%-32.*s %-18.*s %8" PRIu64 " %8" PRIu64 " %8" PRIu64 " %8" PRIu64
              "%s\n",
              static_cast<int>(bug.name.size()), bug.name.data(),
              static_cast<int>(bug.finding.size()), bug.finding.data(),
              MedianOf(random), MedianOf(portfolio), worst, bug.budget,
              worst > bug.budget ? " OVER BUDGET" : "");
  return worst > bug.budget ? 1 : 0;
}

int RunShrink(const KnownBug& bug, uint64_t seed) {
  BodySubject subject(bug.body, HuntWorld());
  const Hunt hunt =
      HuntFor(subject, {.seed = seed, .schedules_max = kSchedulesMax});
  if (!hunt.outcome.finding) return Complain(bug, hunt.outcome, "finding");
  const Finding& finding = *hunt.outcome.finding;
  const absl::StatusOr<ShrinkReport> report =
      Shrink(hunt.run, finding, {.try_candidates = TryOneByOne(subject)});
  if (!report.ok()) {
    std::printf("%.*s: WRONG shrink: %s\n", static_cast<int>(bug.name.size()),
                bug.name.data(),
                std::string(report.status().message()).c_str());
    return 1;
  }
  const RunMeasure& before = report->before;
  const RunMeasure& after = report->after;
  const bool is_same =
      report->outcome.finding.has_value() &&
      Signature(*report->outcome.finding) == Signature(finding);
  const bool is_fewer = after.preemptions <= before.preemptions;
  std::printf(
      "%-32.*s %6" PRIu64 " %6" PRIu64 " %6" PRIu64 " %6" PRIu64 " %6" PRIu64
      " %6" PRIu64 " %8" PRIu64 "%s%s%s\n",
      static_cast<int>(bug.name.size()), bug.name.data(), before.preemptions,
      after.preemptions, before.switches, after.switches, before.faults,
      after.faults, report->runs, report->is_fixpoint ? "" : " not-minimal",
      is_same ? "" : " OTHER FINDING", is_fewer ? "" : " MORE PREEMPTIONS");
  return is_same && is_fewer ? 0 : 1;
}

int RunTwin(const KnownBug& bug, uint64_t runs) {
  BodySubject subject(bug.twin, HuntWorld());
  const Hunt hunt = HuntFor(subject, {.seed = 1, .schedules_max = runs});
  if (hunt.outcome.finding) return Complain(bug, hunt.outcome, "twin");
  std::printf("%-32.*s %8" PRIu64 " schedules\n",
              static_cast<int>(bug.name.size()), bug.name.data(),
              hunt.schedules);
  return 0;
}

int RunAllOf(const KnownBug& bug, uint64_t runs) {
  BodySubject subject(bug.twin, HuntWorld());
  const Exhaustion all = RunAll(subject, runs);
  if (all.outcome.finding) return Complain(bug, all.outcome, "twin");
  std::printf("%-32.*s %8" PRIu64 " complete %8" PRIu64 " blocked%s%s\n",
              static_cast<int>(bug.name.size()), bug.name.data(), all.complete,
              all.blocked, all.is_exhaustive ? "" : " NOT ENDED",
              all.has_drifted ? " DRIFTED" : "");
  if (all.has_drifted) return 1;
  return all.is_exhaustive ? 0 : kNotEnded;
}

int List() {
  for (const KnownBug& bug : KnownBugs()) {
    std::printf("%.*s\n", static_cast<int>(bug.name.size()), bug.name.data());
  }
  return 0;
}

int RunPart(std::string_view part, const KnownBug& bug, uint64_t number) {
  if (part == "bug") return RunBug(bug, number);
  if (part == "shrink") return RunShrink(bug, number);
  if (part == "twin") return RunTwin(bug, number);
  if (part == "all") return RunAllOf(bug, number);
  return 2;
}

int Main(int count, char** arguments) {
  const std::string_view part = count > 1 ? arguments[1] : "";
  if (part == "list") return List();
  if (count < 4) return 2;
  const uint64_t number = std::strtoull(arguments[3], nullptr, 10);
  for (const KnownBug& bug : KnownBugs()) {
    if (bug.name == arguments[2]) return RunPart(part, bug, number);
  }
  return 2;
}

}  // namespace
}  // namespace fozzy

int main(int count, char** arguments) { return fozzy::Main(count, arguments); }
