#include "backends/host/doctor/disturb.h"

#include <set>
#include <string>
#include <tuple>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

auto Fields(const Disturbance& d) {
  return std::tie(d.index, d.has_fixed_addresses, d.padding, d.time_zone,
                  d.locale, d.has_own_home, d.malloc_perturb, d.umask,
                  d.processor, d.has_own_folder, d.file_order, d.delay_ms);
}

TEST(DisturbTest, TheFirstRunIsAsTheCallersOwn) {
  EXPECT_EQ(Fields(DisturbanceOf(0, {.delay_ms = 5})), Fields(Disturbance()));
}

TEST(DisturbTest, EveryRunIsAFixedFunctionOfItsIndex) {
  for (uint32_t i = 0; i < 100; ++i) {
    EXPECT_EQ(Fields(DisturbanceOf(i, {})), Fields(DisturbanceOf(i, {})));
  }
}

TEST(DisturbTest, TheFirstThreeRunsDifferInEverySource) {
  const Disturbance a = DisturbanceOf(0, {});
  const Disturbance b = DisturbanceOf(1, {});
  const Disturbance c = DisturbanceOf(2, {});
  using Sizes = std::set<size_t>;
  EXPECT_EQ((Sizes{a.padding, b.padding, c.padding}.size()), 3U);
  EXPECT_EQ((Sizes{a.file_order, b.file_order, c.file_order}.size()), 3U);
  EXPECT_EQ((Sizes{a.index, b.index, c.index}.size()), 3U);
  EXPECT_EQ((std::set{a.time_zone, b.time_zone, c.time_zone}.size()), 3U);
  EXPECT_EQ((std::set{a.locale, b.locale, c.locale}.size()), 3U);
  EXPECT_EQ((std::set{a.umask, b.umask, c.umask}.size()), 3U);
  EXPECT_EQ((std::set{a.processor, b.processor, c.processor}.size()), 3U);
  EXPECT_EQ(
      (std::set{a.malloc_perturb, b.malloc_perturb, c.malloc_perturb}.size()),
      3U);
  EXPECT_NE(a.has_fixed_addresses, b.has_fixed_addresses);
  EXPECT_NE(a.has_own_home, b.has_own_home);
}

TEST(DisturbTest, ValuesStayInRangeForEveryIndex) {
  for (uint32_t i = 1; i < 1000; ++i) {
    const Disturbance disturbance = DisturbanceOf(i, {});
    EXPECT_LE(*disturbance.malloc_perturb, 255U);
    EXPECT_GT(*disturbance.malloc_perturb, 0U);
    EXPECT_LE(disturbance.padding, 4096U);
    EXPECT_LE(*disturbance.umask, 0777U);
  }
}

TEST(DisturbTest, RunsAreDelayedOnlyIfAsked) {
  EXPECT_EQ(DisturbanceOf(3, {}).delay_ms, 0U);
  EXPECT_EQ(DisturbanceOf(3, {.delay_ms = 1100}).delay_ms, 1100U);
}

TEST(DisturbTest, HoldingTheirPinsMakesAllRunsEqual) {
  PinSet pins;
  for (const DisturbanceSource& source : DisturbanceSources()) {
    pins.Add(source.pin);
  }
  for (uint32_t i = 1; i < 20; ++i) {
    EXPECT_EQ(Fields(Held(DisturbanceOf(i, {}), pins)),
              Fields(Held(DisturbanceOf(0, {}), pins)));
  }
}

TEST(DisturbTest, EverySourceIsHeldByItsPinAlone) {
  const Disturbance disturbed = DisturbanceOf(1, {});
  for (const DisturbanceSource& source : DisturbanceSources()) {
    Disturbance expected = disturbed;
    for (const DisturbanceSource& other : DisturbanceSources()) {
      if (other.pin == source.pin) other.hold(expected);
    }
    EXPECT_EQ(Fields(Held(disturbed, PinSet(source.pin))), Fields(expected));
  }
}

TEST(DisturbTest, HoldingAddressesHoldsNothingOfTheEnvironment) {
  const Disturbance held =
      Held(DisturbanceOf(2, {}), PinSet(Pin::kAddressLayout));
  EXPECT_TRUE(held.has_fixed_addresses);
  EXPECT_TRUE(held.time_zone.has_value());
  EXPECT_GT(held.padding, 0U);
}

}  // namespace
}  // namespace fozzy
