#include "fozzy/finding.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

TEST(FindingKindTest, NamesAndKindsBelongTogether) {
  for (uint8_t i = 0; i < kFindingKinds; ++i) {
    const FindingKind kind = static_cast<FindingKind>(i);
    EXPECT_EQ(FindingKindOf(FindingKindName(kind)), kind)
        << FindingKindName(kind);
  }
}

TEST(FindingKindTest, HasTheEstablishedNames) {
  EXPECT_EQ(FindingKindName(FindingKind::kAssertion), "assertion");
  EXPECT_EQ(FindingKindName(FindingKind::kPanic), "panic");
  EXPECT_EQ(FindingKindName(FindingKind::kHang), "hang");
  EXPECT_EQ(FindingKindName(FindingKind::kInvariant), "invariant");
  EXPECT_EQ(FindingKindName(FindingKind::kChecker), "checker");
  EXPECT_EQ(FindingKindName(FindingKind::kInputInvalid), "input_invalid");
  EXPECT_EQ(FindingKindName(FindingKind::kTargetBehavior), "target_behavior");
}

TEST(FindingKindTest, OtherNamesAreNone) {
  for (const std::string_view name :
       {"", "Assertion", "assert", "state leak"}) {
    EXPECT_EQ(FindingKindOf(name), std::nullopt) << name;
  }
}

TEST(FindingKindDeathTest, AnInvalidKindIsABug) {
  EXPECT_DEATH(FindingKindName(static_cast<FindingKind>(kFindingKinds)),
               "check failed");
}

TEST(SignatureTest, NamesKindTitleAndStep) {
  EXPECT_EQ(Signature({.kind = FindingKind::kAssertion,
                       .title = "assert_eq_int",
                       .message = "expected 1 == 2",
                       .step = 3,
                       .details = "{}"}),
            "assertion/assert_eq_int@3");
}

TEST(SignatureTest, AFindingAboutTheWholeRunHasNoStep) {
  EXPECT_EQ(Signature({.kind = FindingKind::kChecker,
                       .title = "memory_leak",
                       .message = "",
                       .step = std::nullopt,
                       .details = ""}),
            "checker/memory_leak");
}

TEST(SignatureTest, MessagesAndDetailsDoNotMatter) {
  Finding finding = {.kind = FindingKind::kPanic,
                     .title = "panic",
                     .message = "one",
                     .step = 0,
                     .details = ""};
  const std::string signature = Signature(finding);
  finding.message = "another";
  finding.details = "{\"a\":1}";
  EXPECT_EQ(Signature(finding), signature);
  finding.step = 1;
  EXPECT_NE(Signature(finding), signature);
}

}  // namespace
}  // namespace fozzy
