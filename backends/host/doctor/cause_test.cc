#include "backends/host/doctor/cause.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

// A program in a world of its own: every run takes `run_ms`, and digests are
// made of what it depends on.
struct FakeWorld {
  uint64_t now_ms = 994;  // shortly before a second ends
  uint64_t run_ms = 3;
  uint64_t runs = 0;
  uint32_t longest_delay_ms = 0;

  using Program =
      std::function<std::string(FakeWorld&, const Disturbance&, PinSet)>;

  absl::StatusOr<Cause> CauseFor(const Program& program,
                                 const CauseOptions& options = {}) {
    return CauseOf(
        [&](const Disturbance& disturbance,
            PinSet pins) -> absl::StatusOr<std::string> {
          now_ms += run_ms + disturbance.delay_ms;
          longest_delay_ms = std::max(longest_delay_ms, disturbance.delay_ms);
          ++runs;
          return program(*this, disturbance, pins);
        },
        options);
  }

  std::string NameFor(const Program& program,
                      const CauseOptions& options = {}) {
    const absl::StatusOr<Cause> cause = CauseFor(program, options);
    return cause.ok() ? CauseName(*cause) : cause.status().ToString();
  }

  // Something that differs in every run unless `pin` holds it.
  std::string Source(Pin pin, PinSet pins) const {
    return pins.Contains(pin) ? "held" : absl::StrCat(runs);
  }
};

TEST(CauseTest, RunsThatAgreeHaveNoCauseAndCostNoFurtherRuns) {
  FakeWorld world;
  const absl::StatusOr<Cause> cause = world.CauseFor(
      [](FakeWorld&, const Disturbance&, PinSet) { return "same"; },
      {.runs = 5});
  ASSERT_TRUE(cause.ok());
  EXPECT_EQ(CauseName(*cause), "none");
  EXPECT_EQ(cause->digests, std::vector<std::string>(5, "same"));
  EXPECT_EQ(cause->runs, 5U);
  EXPECT_EQ(world.runs, 5U);
}

TEST(CauseTest, EverySingleSourceIsNamed) {
  for (const PinInfo& info : AllPins()) {
    FakeWorld world;
    EXPECT_EQ(
        world.NameFor([&](FakeWorld& here, const Disturbance&, PinSet pins) {
          return here.Source(info.pin, pins);
        }),
        info.name);
  }
}

TEST(CauseTest, EveryPairOfSourcesIsNamedAsOneCause) {
  for (const PinInfo& a : AllPins()) {
    for (const PinInfo& b : AllPins()) {
      if (a.pin >= b.pin) continue;
      FakeWorld world;
      EXPECT_EQ(
          world.NameFor([&](FakeWorld& here, const Disturbance&, PinSet pins) {
            return here.Source(a.pin, pins) + here.Source(b.pin, pins);
          }),
          absl::StrCat(a.name, " and ", b.name));
    }
  }
}

TEST(CauseTest, SourcesThatOnlyTogetherMakeADifferenceAreAlternatives) {
  FakeWorld world;
  EXPECT_EQ(world.NameFor([](FakeWorld& here, const Disturbance&, PinSet pins) {
    if (pins.Contains(Pin::kPid)) return std::string("held");
    return here.Source(Pin::kRandom, pins);
  }),
            "pid or random");
}

TEST(CauseTest, WhatNoPinHoldsIsUnknown) {
  FakeWorld world;
  const absl::StatusOr<Cause> cause =
      world.CauseFor([](FakeWorld& here, const Disturbance&, PinSet) {
        return absl::StrCat(here.runs);
      });
  ASSERT_TRUE(cause.ok());
  EXPECT_EQ(CauseName(*cause), "unknown");
  EXPECT_TRUE(cause->pins.empty());
  EXPECT_FALSE(cause->is_rare);
  EXPECT_EQ(world.longest_delay_ms, 0U);
}

TEST(CauseTest, DisturbancesAloneAreEnoughToDiffer) {
  FakeWorld world;
  EXPECT_EQ(world.NameFor(
                [](FakeWorld&, const Disturbance& disturbance, PinSet pins) {
                  return Held(disturbance, pins).time_zone.value_or("caller's");
                }),
            "environment");
}

// Half of the runs agree by chance, so that four equal ones say little: all
// starts are tried.
TEST(CauseTest, AgreementByChanceIsNotTakenForACure) {
  for (uint64_t start = 0; start < 500; ++start) {
    FakeWorld world;
    world.runs = start * 1000;
    const std::string name =
        world.NameFor([](FakeWorld& here, const Disturbance&, PinSet pins) {
          if (pins.Contains(Pin::kPid)) return std::string("0");
          // A hash, so that the bits are independent of each other.
          const uint64_t word = here.runs * 0x9E3779B97F4A7C15;
          return absl::StrCat((word ^ word >> 29) * 0xBF58476D1CE4E5B9 >> 63);
        });
    // Three equal bits: the difference was not even seen.
    if (name == "none") continue;
    EXPECT_EQ(name, "pid") << "start " << start;
  }
}

// As when the clock of seconds stands still for as long as a pin is tried.
TEST(CauseTest, ACureThatWasOnlyLuckyIsDropped) {
  FakeWorld world;
  uint32_t lucky_runs = 0;
  EXPECT_EQ(
      world.NameFor([&](FakeWorld& here, const Disturbance&, PinSet pins) {
        if (pins == PinSet(Pin::kPid) && ++lucky_runs <= 8) {
          return std::string("lucky");
        }
        return here.Source(Pin::kClock, pins);
      }),
      "clock");
  EXPECT_GT(lucky_runs, 8U);
}

TEST(CauseTest, AClockOfSecondsIsFoundWithDelays) {
  FakeWorld world;
  EXPECT_EQ(world.NameFor([](FakeWorld& here, const Disturbance&, PinSet pins) {
    return pins.Contains(Pin::kClock) ? "held"
                                      : absl::StrCat(here.now_ms / 1000);
  }),
            "clock");
  EXPECT_EQ(world.longest_delay_ms, 1100U);
}

TEST(CauseTest, WithoutDelaysAClockOfSecondsDiffersTooSeldom) {
  FakeWorld world;
  const absl::StatusOr<Cause> cause = world.CauseFor(
      [](FakeWorld& here, const Disturbance&, PinSet pins) {
        return pins.Contains(Pin::kClock) ? "held"
                                          : absl::StrCat(here.now_ms / 1000);
      },
      {.retry_delay_ms = 0});
  ASSERT_TRUE(cause.ok());
  EXPECT_EQ(CauseName(*cause), "unknown");
  EXPECT_TRUE(cause->is_rare);
}

TEST(CauseTest, PinsThatCannotBeHeldAreToldAndTheOthersTried) {
  FakeWorld world;
  const absl::StatusOr<Cause> cause = CauseOf(
      [&](const Disturbance&, PinSet pins) -> absl::StatusOr<std::string> {
        ++world.runs;
        if (pins.Contains(Pin::kClock) || pins.Contains(Pin::kPid)) {
          return absl::FailedPreconditionError("sanitized");
        }
        return world.Source(Pin::kRandom, pins) +
               world.Source(Pin::kEnvironment, pins);
      },
      {});
  ASSERT_TRUE(cause.ok()) << cause.status();
  EXPECT_EQ(CauseName(*cause), "random and environment");
  EXPECT_EQ(PinNames(cause->untested, " "), "clock pid");
}

TEST(CauseTest, AnErrorOfAnyRunEndsTheSearch) {
  uint64_t total = 0;
  const auto run_failing_at = [&total](uint64_t bad) {
    total = 0;
    return CauseOf(
        [&total, bad](const Disturbance&,
                      PinSet pins) -> absl::StatusOr<std::string> {
          if (total++ == bad) return absl::UnavailableError("no memory");
          return pins.Contains(Pin::kAddressLayout) ? "held"
                                                    : absl::StrCat(total);
        },
        {});
  };
  const absl::StatusOr<Cause> whole = run_failing_at(~uint64_t{0});
  ASSERT_TRUE(whole.ok());
  const uint64_t runs = total;
  EXPECT_EQ(whole->runs, runs);
  for (uint64_t bad = 0; bad < runs; ++bad) {
    EXPECT_EQ(run_failing_at(bad).status().message(), "no memory") << bad;
    EXPECT_EQ(total, bad + 1);
  }
}

TEST(CauseTest, OptionsOutOfRangeAreRefused) {
  const RunOnce run = [](const Disturbance&, PinSet) { return "same"; };
  EXPECT_EQ(CauseOf(run, {.runs = 1}).status().message(),
            "runs is 1, expected at least 2");
  EXPECT_EQ(CauseOf(run, {.pinned_runs_min = 2}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(CauseOf(run, {.pinned_runs_min = 9, .pinned_runs_max = 8})
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace fozzy
