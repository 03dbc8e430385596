// Every way to damage a small trace by one bit or by cutting it is found.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trace/frame.h"
#include "trace/testing/craft.h"
#include "trace/testing/sample.h"
#include "trace/testing/temp_folder.h"
#include "trace/verify.h"
#include "trace/wire.h"

namespace fozzy {
namespace {

using testing::StartsWith;

std::string SampleBytes() {
  const std::string path = TempPath("damage_test.fozzy");
  EXPECT_TRUE(SaveTrace(SampleTrace(), path).ok());
  return ReadFileOrDie(path);
}

TraceReport Verify(absl::string_view bytes) {
  const auto report = VerifyTraceBytes(bytes);
  if (report.ok()) return *report;
  TraceReport refused;
  refused.problem = std::string(report.status().message());
  return refused;
}

// Offsets of the sections of a sound trace, and of its tail.
std::vector<size_t> SectionsOf(const std::string& bytes) {
  std::vector<size_t> offsets = {kPreambleSize};
  while (offsets.back() < bytes.size() - kTailSize) {
    const uint32_t size = LoadLittle32(bytes.data() + offsets.back() + 4);
    offsets.push_back(offsets.back() + kSectionHeadSize + size);
  }
  return offsets;
}

TEST(DamageTest, TheSampleIsSoundSmallAndHasEveryKindOfSection) {
  const std::string bytes = SampleBytes();

  const TraceReport report = Verify(bytes);

  EXPECT_TRUE(report.ok) << report.problem;
  EXPECT_LT(bytes.size(), 4096u);
  EXPECT_EQ(SectionsOf(bytes).size(), 6u);
}

TEST(DamageTest, ATraceCutAnywhereDoesNotPass) {
  const std::string bytes = SampleBytes();
  for (size_t size = 0; size < bytes.size(); ++size) {
    const TraceReport report = Verify({bytes.data(), size});

    EXPECT_FALSE(report.ok) << size;
    EXPECT_TRUE(report.is_partial || !report.problem.empty()) << size;
  }
}

TEST(DamageTest, ATraceCutAtASectionIsPartialOnceItHasItsHeader) {
  const std::string bytes = SampleBytes();
  const std::vector<size_t> sections = SectionsOf(bytes);
  for (size_t i = 1; i < sections.size(); ++i) {
    const TraceReport report = Verify({bytes.data(), sections[i]});

    EXPECT_TRUE(report.is_partial) << i;
    EXPECT_EQ(report.problem, "") << i;
    EXPECT_FALSE(report.warnings.empty()) << i;
  }
}

TEST(DamageTest, EveryFlippedBitIsFound) {
  std::string bytes = SampleBytes();
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    const char mask = static_cast<char>(1 << (bit % 8));
    bytes[bit / 8] ^= mask;
    const TraceReport report = Verify(bytes);
    bytes[bit / 8] ^= mask;

    EXPECT_FALSE(report.ok) << bit;
    EXPECT_TRUE(report.is_partial || !report.problem.empty()) << bit;
  }
}

// But for flips in a length, behind which all seems to be cut off or wrong.
TEST(DamageTest, TheSectionOfAFlippedBitIsNamed) {
  std::string bytes = SampleBytes();
  const std::vector<size_t> sections = SectionsOf(bytes);
  for (size_t i = 0; i + 1 < sections.size(); ++i) {
    const std::string place = "chunk " + std::to_string(i) + " (";
    const std::string offset = " at byte " + std::to_string(sections[i]) + ": ";
    for (size_t at = sections[i]; at < sections[i + 1]; ++at) {
      const size_t into = at - sections[i];
      if (into >= 4 && into < 8) continue;
      bytes[at] ^= 16;
      const TraceReport report = Verify(bytes);
      bytes[at] ^= 16;

      EXPECT_THAT(report.problem, StartsWith(place)) << at;
      EXPECT_NE(report.problem.find(offset), std::string::npos) << at;
    }
  }
}

TEST(DamageTest, TwoBytesThatChangePlacesAreFound) {
  std::string bytes = SampleBytes();
  for (size_t i = 0; i + 1 < bytes.size(); ++i) {
    if (bytes[i] == bytes[i + 1]) continue;
    std::swap(bytes[i], bytes[i + 1]);
    EXPECT_FALSE(Verify(bytes).ok) << i;
    std::swap(bytes[i], bytes[i + 1]);
  }
}

}  // namespace
}  // namespace fozzy
