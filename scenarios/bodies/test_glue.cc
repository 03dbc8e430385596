// What FOZZY_TEST stands on.
#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "backends/host/this_program.h"
#include "fozzy/property.h"
#include "scenarios/bodies/body_registry.h"
#include "scenarios/bodies/server_guard.h"
#include "scenarios/bodies/test_flags.h"
#include "scenarios/bodies/test_internal.h"
#include "scenarios/bodies/test_run.h"
#include "scenarios/bodies/unmet_properties.h"
#include "scenarios/bodies/version.h"
#include "sim/simulation.h"

namespace fozzy {
namespace {

const absl::StatusOr<TestFlags>& Flags() {
  static const auto* const flags = new absl::StatusOr<TestFlags>(
      ReadTestFlags(ProgramArguments(), EnvironmentVariable));
  return *flags;
}

// What searches of this program that found nothing come to together.
struct PassedTests {
  uint64_t runs = 0;
  UnmetProperties unmet;
  std::set<std::string> tests;
};

PassedTests& Passed() {
  static auto* const passed = new PassedTests;
  return *passed;
}

// Drops what the program prints, if fozzy started it to ask; else null.
MutedOutput* Muted() {
  static auto* const muted = EnvironmentVariable(kControlVariable) == nullptr
                                 ? nullptr
                                 : new MutedOutput;
  return muted;
}

}  // namespace

void InitTests(int* argc, char** argv) {
  int kept = 0;
  for (int i = 0; i < *argc; ++i) {
    if (i > 0 && absl::StartsWith(argv[i], "--fozzy_")) continue;
    argv[kept++] = argv[i];
  }
  argv[kept] = nullptr;
  *argc = kept;
}

namespace test_internal {

bool Register(const char* name, void (*body)()) {
  // Before main prints anything.
  Muted();
  RegisterBody(name, body);
  return true;
}

std::string Run(const char* name) {
  const absl::StatusOr<TestFlags>& flags = Flags();
  if (!flags.ok()) return std::string(flags.status().message());
  TestResult result = RunTest(*FindBody(name), *flags);
  if (!result.note.empty()) {
    WriteOutput(absl::StrCat("[  fozzy   ] ", result.note, "\n"));
  }
  if (result.runs > 0) {
    Passed().runs += result.runs;
    Passed().unmet.Add(result.unmet);
    Passed().tests.insert(name);
  }
  return std::move(result.failure);
}

std::string ReportUnmet() {
  const PassedTests passed = std::exchange(Passed(), {});
  const bool are_all = passed.tests.size() == RegisteredBodies().size();
  std::string text;
  std::string failure;
  for (const UnmetProperty& property : passed.unmet.Owed(are_all)) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", TextOf(property));
    const Finding finding = NeverReached(property, passed.runs);
    absl::StrAppend(&failure, Signature(finding), ": ", finding.message, "\n");
  }
  if (text.empty()) return "";
  WriteOutput(absl::StrCat("[  fozzy   ] never reached: ", text, "\n"));
  return Flags().ok() && Flags()->fails_if_unreached ? failure : "";
}

void ServeIfAsked() {
  const char* text = EnvironmentVariable(kControlVariable);
  int descriptor = -1;
  if (text == nullptr || !absl::SimpleAtoi(text, &descriptor)) return;
  EndWithParent();
  ServerGuard guard(kVersion, Muted());
  ServeBodies(guard, descriptor);
  EndProcess(0);
}

void NoteFailure(const char* file, int line, const char* message) {
  Simulation* simulation = Simulation::current();
  if (simulation == nullptr) return;
  const std::string place =
      PlaceOf({file, static_cast<uint32_t>(line < 0 ? 0 : line)});
  simulation->Note(
      FindingKind::kAssertion, place,
      absl::StrCat(place, ": ", absl::StrReplaceAll(message, {{"\n", "; "}})));
}

}  // namespace test_internal
}  // namespace fozzy
