#include "sim/sync/property_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fozzy {
namespace {

template <int kNumber>
inline void InTemplate() {
  FOZZY_SOMETIMES(kNumber > 0, "in a template");
}

inline int Inline(int number) {
  FOZZY_REACHABLE("in an inline function");
  return number;
}

void NeverCalled(int number) {
  if (number > 1000) FOZZY_UNREACHABLE("in code that is never reached");
  if (FOZZY_BUGGIFY()) NeverCalled(number + 1);
}

struct Shape {
  Shape() { FOZZY_ALWAYS(true, "in a constructor"); }
  virtual ~Shape() = default;
  virtual void Draw() { FOZZY_ALWAYS(true, "in a virtual function"); }
};

TEST(PropertyLogTest, KnowsAllPropertiesOfTheProgramReachedOrNot) {
  void (*volatile never)(int) = &NeverCalled;
  static_cast<void>(never);
  InTemplate<1>();
  InTemplate<2>();
  EXPECT_EQ(Inline(1) + Inline(2), 3);
  Shape().Draw();

  std::vector<std::string> texts;
  for (const Property& property : KnownProperties()) {
    texts.push_back(property.text);
    EXPECT_NE(std::string(property.site.file).find("property_log_test.cc"),
              std::string::npos);
    EXPECT_GT(property.site.line, 0u);
  }

  // By line, each once.
  EXPECT_THAT(
      texts, testing::ElementsAre("in a template", "in an inline function",
                                  "in code that is never reached", "buggify",
                                  "in a constructor", "in a virtual function"));
}

TEST(PropertyLogTest, FindsThePlaceAgainInTheSameRunOnly) {
  PropertyLog log;
  hooks::PropertyCell cell = {PropertyKind::kAlways, "text", {"file.cc", 3}};
  bool is_new = false;

  ++log.Find(cell, 1, is_new).reached;
  EXPECT_TRUE(is_new);
  ++log.Find(cell, 1, is_new).reached;
  EXPECT_FALSE(is_new);
  EXPECT_EQ(log.counts()[0].reached, 2u);
  log.Reset();
  EXPECT_EQ(log.Find(cell, 2, is_new).reached, 0u);
  EXPECT_TRUE(is_new);
}

}  // namespace
}  // namespace fozzy
