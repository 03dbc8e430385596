#include "backends/host/doctor/pin.h"

#include <fstream>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(PinTest, EveryPinHasANameOfItsOwn) {
  std::set<absl::string_view> names;
  for (const PinInfo& info : AllPins()) names.insert(info.name);
  EXPECT_EQ(names.size(), AllPins().size());
  EXPECT_EQ(PinSet::All().size(), AllPins().size());
}

TEST(PinTest, ASetHoldsWhatWasAddedAndNotRemoved) {
  PinSet pins(Pin::kRandom);
  pins.Add(Pin::kClock);
  EXPECT_EQ(pins.size(), 2U);
  EXPECT_EQ(PinNames(pins, " + "), "clock + random");
  pins.Remove(Pin::kRandom);
  EXPECT_FALSE(pins.Contains(Pin::kRandom));
  EXPECT_EQ(pins, PinSet(Pin::kClock));
  pins.Remove(Pin::kClock);
  EXPECT_TRUE(pins.empty());
}

TEST(PinTest, OnlyWhatTheLibraryHoldsIsAskedOfIt) {
  EXPECT_EQ(PreloadedPins(PinSet::All()), "clock,pid,random,directory_order");
  EXPECT_EQ(PreloadedPins(PinSet(Pin::kAddressLayout)), "");
}

#ifdef __has_feature
constexpr bool kIsSanitized =
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif

TEST(PinTest, ThisProgramCanBePreloadedIntoUnlessSanitized) {
  EXPECT_EQ(CheckPreloadable("/proc/self/exe").ok(), !kIsSanitized);
}

TEST(PinTest, ASanitizedProgramCannotBePreloadedInto) {
  // In two pieces, so that this program itself does not name it.
  const std::string path = absl::StrCat(testing::TempDir(), "pin_test_program");
  std::ofstream(path) << "\x7f"
                      << "ELF... __asan"
                      << "_init ...";
  const absl::Status status = CheckPreloadable(path);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(status.message().find("built with a sanitizer"),
            absl::string_view::npos);
}

TEST(PinTest, OrdinaryAndEmptyProgramsCanBePreloadedInto) {
  EXPECT_TRUE(CheckPreloadable("/bin/sh").ok());
  EXPECT_TRUE(
      CheckPreloadable(FOZZY_PLANTED_PROGRAMS "planted_deterministic").ok());
  const std::string path = absl::StrCat(testing::TempDir(), "pin_test_empty");
  std::ofstream(path).flush();
  EXPECT_TRUE(CheckPreloadable(path).ok());
}

TEST(PinTest, AMissingProgramIsNotFound) {
  EXPECT_EQ(CheckPreloadable("/nowhere/at/all").code(),
            absl::StatusCode::kNotFound);
}

TEST(PinTest, ALibraryThatIsNotThereHasNoPath) {
  // Neither beside this test nor in ../lib/fozzy.
  EXPECT_EQ(PinLibraryPath(), "");
}

}  // namespace
}  // namespace fozzy
