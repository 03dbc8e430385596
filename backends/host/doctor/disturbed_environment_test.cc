#include "backends/host/doctor/disturbed_environment.h"

#include <cstddef>
#include <string>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using testing::StartsWith;

DisturbedEnvironment Parts(uint32_t index, PinSet pins) {
  DisturbedEnvironment parts;
  parts.base = {"PATH=/bin", "TZ=Europe/Berlin", "LD_PRELOAD=/lib/own.so"};
  parts.disturbance = Held(DisturbanceOf(index, {.folder = true}), pins);
  parts.pins = pins;
  parts.library = "/lib/pin.so";
  parts.folders = {"/run/work", "/run/home", "/run/scratch", "/run/state"};
  return parts;
}

size_t BytesOf(const EnvironmentList& list) {
  size_t bytes = 0;
  for (const std::string& variable : list) bytes += variable.size() + 1;
  return bytes;
}

TEST(DisturbedEnvironmentTest, AnUndisturbedRunHasTheCallersVariables) {
  DisturbedEnvironment parts = Parts(0, PinSet());
  parts.disturbance.has_own_folder = false;
  EXPECT_THAT(Assemble(parts), ElementsAre("LD_PRELOAD=/lib/own.so",
                                           "PATH=/bin", "TZ=Europe/Berlin"));
}

TEST(DisturbedEnvironmentTest, ADisturbedRunHasZoneLocaleAndHomeOfItsOwn) {
  const EnvironmentList list = Assemble(Parts(1, PinSet()));
  EXPECT_THAT(list, Contains("TZ=Asia/Kolkata"));
  EXPECT_THAT(list, Contains("LC_ALL=C.UTF-8"));
  EXPECT_THAT(list, Contains("LANG=C.UTF-8"));
  EXPECT_THAT(list, Contains("HOME=/run/home"));
  EXPECT_THAT(list, Contains("TMPDIR=/run/scratch"));
  EXPECT_THAT(list, Contains("PATH=/bin"));
  EXPECT_THAT(list, Not(Contains(StartsWith("FOZZY_PIN"))));
}

TEST(DisturbedEnvironmentTest, OverridesWinOverDisturbances) {
  DisturbedEnvironment parts = Parts(1, PinSet());
  parts.overrides = {"TZ=UTC0"};
  EXPECT_THAT(Assemble(parts), Contains("TZ=UTC0"));
  EXPECT_THAT(Assemble(parts), Not(Contains("TZ=Asia/Kolkata")));
}

TEST(DisturbedEnvironmentTest, PinnedEnvironmentsAreEqual) {
  const PinSet pins(Pin::kEnvironment);
  for (uint32_t i = 1; i < 20; ++i) {
    EXPECT_EQ(Assemble(Parts(i, pins)), Assemble(Parts(0, pins)));
  }
}

TEST(DisturbedEnvironmentTest, TheLibraryComesBeforeOthers) {
  const EnvironmentList list = Assemble(Parts(0, PinSet(Pin::kClock)));
  EXPECT_THAT(list, Contains("LD_PRELOAD=/lib/pin.so:/lib/own.so"));
  EXPECT_THAT(list, Contains("FOZZY_PIN=clock"));
  EXPECT_THAT(list, Contains("FOZZY_PIN_STATE=/run/state"));
}

TEST(DisturbedEnvironmentTest, WithPinnedAddressesAllAreOfOneSize) {
  const PinSet pins(Pin::kAddressLayout);
  const EnvironmentList first = Assemble(Parts(0, pins));
  for (uint32_t i = 1; i < 300; ++i) {
    const EnvironmentList list = Assemble(Parts(i, pins));
    EXPECT_EQ(list.size(), first.size()) << i;
    EXPECT_EQ(BytesOf(list), BytesOf(first)) << i;
  }
  EXPECT_NE(Assemble(Parts(1, pins)), first);
}

TEST(DisturbedEnvironmentTest, EverythingPinnedStillFits) {
  const EnvironmentList first = Assemble(Parts(0, PinSet::All()));
  EXPECT_EQ(Assemble(Parts(7, PinSet::All())), first);
}

}  // namespace
}  // namespace fozzy
