#include "fozzy/explore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <stdexcept>

#include "fozzy/sync.h"
#include "fozzy/property.h"
#include "fozzy/var.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

void LoseAnUpdate() {
  atomic<int> counter = 0;
  const auto add = [&] { counter = counter + 1; };
  thread a(add);
  thread b(add);
  a.join();
  b.join();
  FOZZY_ALWAYS(counter == 2, "no update is lost");
}

TEST(ExploreTest, FindsALostUpdateAndShowsTheSchedule) {
  const ExploreReport report = Explore({.name = "counter"}, LoseAnUpdate);

  ASSERT_TRUE(report.finding) << report.ToText();
  EXPECT_EQ(Signature(*report.finding), "assertion/no update is lost");
  EXPECT_TRUE(report.is_confirmed) << report.ToText();
  EXPECT_THAT(report.schedule, HasSubstr("load"));
  puts(report.ToText().c_str());
}

}  // namespace
}  // namespace fozzy
