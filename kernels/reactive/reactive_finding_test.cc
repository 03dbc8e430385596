#include "kernels/reactive/reactive_finding.h"

#include <gtest/gtest.h>

namespace fozzy::reactive {
namespace {

TEST(FindingTest, MessagesNameProcessInstantAndSignal) {
  const Finding finding = {.error = Error::kAfterAbsence,
                           .instant = 4,
                           .process = {2, "driver"},
                           .signal = "stop"};
  EXPECT_EQ(finding.Message(),
            "emission after its absence was relied on of signal stop in "
            "instant 4 by process 2 (driver)");
}

TEST(FindingTest, NamesThatWereNotGivenAreLeftOut) {
  const Finding finding = {.error = Error::kSelfJoin,
                           .instant = 0,
                           .process = {1, ""},
                           .signal = ""};
  EXPECT_EQ(finding.Message(), "join of itself in instant 0 by process 1");
}

TEST(FindingTest, LivelocksNameTheirRing) {
  const Finding finding = {.kind = FindingKind::kLivelock,
                           .instant = 7,
                           .process = {1, ""},
                           .signal = "",
                           .ring = {{1, ""}, {3, "pong"}}};
  EXPECT_EQ(finding.Message(),
            "instant 7 does not end: process 1, process 3 (pong) keep it "
            "alive");
}

TEST(FindingTest, EveryErrorHasAName) {
  EXPECT_EQ(ErrorName(Error::kNone), "none");
  EXPECT_EQ(ErrorName(Error::kDoubleEmission), "double emission");
  EXPECT_EQ(ErrorName(Error::kUnknownThread), "join of an unknown thread");
}

}  // namespace
}  // namespace fozzy::reactive
