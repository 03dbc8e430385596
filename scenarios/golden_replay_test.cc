// Traces recorded when version 1 of the format was new.  They replay for ever:
// if one of them drifts, the meaning of a recorded run has changed, and the
// version goes up instead.

#include <cstdint>
#include <string>

#include "fozzy/trace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scenarios/replay.h"
#include "scenarios/scenario_file.h"
#include "trace/verify.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

constexpr const char* kTraces[] = {
    "golden/v1/cluster.fozzy",
    "golden/v1/host.fozzy",
    "golden/v1/mixed.fozzy",
};

// Numbers that look random and are the same everywhere.
// Source: Steele, Lea, Flood: SplitMix, OOPSLA 2014.
uint64_t NextNumber(uint64_t& state) {
  state += 0x9e3779b97f4a7c15;
  uint64_t mixed = state;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

std::string ReadTrace(const char* path) {
  const absl::StatusOr<std::string> bytes = ReadScenarioFile(path);
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  return bytes.ok() ? *bytes : "";
}

// Whether damage was found, and said where.
void ExpectFound(const std::string& bytes, const std::string& what) {
  const absl::StatusOr<TraceReport> report = VerifyTraceBytes(bytes);
  if (!report.ok()) {
    EXPECT_THAT(std::string(report.status().message()), HasSubstr("byte"))
        << what;
    return;
  }
  ASSERT_FALSE(report->ok) << what;
  if (report->is_partial && report->problem.empty()) return;
  EXPECT_THAT(report->problem, HasSubstr("chunk")) << what;
  EXPECT_THAT(report->problem, HasSubstr("byte")) << what;
}

TEST(GoldenReplayTest, TracesOfVersion1ReplayWithoutDrift) {
  for (const char* path : kTraces) {
    const absl::StatusOr<ReplayReport> replay = ReplayTrace({path});

    ASSERT_TRUE(replay.ok()) << path << ": " << replay.status();
    EXPECT_TRUE(replay->is_complete) << path;
    EXPECT_FALSE(replay->drift.has_value())
        << path << ": " << replay->drift->Text();
  }
}

TEST(GoldenReplayTest, ACutAtAnyByteIsFound) {
  for (const char* path : kTraces) {
    const std::string whole = ReadTrace(path);
    ASSERT_LT(whole.size(), 20'000u);
    for (size_t size = 0; size < whole.size(); ++size) {
      ExpectFound(whole.substr(0, size),
                  std::string(path) + " cut at " + std::to_string(size));
    }
  }
}

TEST(GoldenReplayTest, TwoThousandFlippedBitsAreFound) {
  uint64_t state = 7;
  for (size_t round = 0; round < 2000; ++round) {
    const char* path = kTraces[round % std::size(kTraces)];
    std::string damaged = ReadTrace(path);
    const uint64_t bit = NextNumber(state) % (damaged.size() * 8);
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    ExpectFound(damaged, std::string(path) + " bit " + std::to_string(bit));
  }
}

}  // namespace
}  // namespace fozzy
