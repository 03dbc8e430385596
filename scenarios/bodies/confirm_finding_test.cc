#include "scenarios/bodies/confirm_finding.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

BodyRecording Failing(const std::string& digest) {
  BodyRecording recording;
  recording.finding =
      Finding{FindingKind::kAssertion, "a.cc:1", "", std::nullopt, ""};
  recording.ops_digest = digest;
  return recording;
}

BodyBlock Block() {
  BodyBlock block;
  block.found = Failing("abc");
  block.found_digest = "abc";
  return block;
}

// Confirms where fresh processes answer with `runs`, one after the other.
ConfirmedFinding ConfirmWith(const std::vector<BodyRecording>& runs) {
  size_t next = 0;
  const auto confirmed = ConfirmFinding(
      "A.B", {}, Block(),
      [&](const ControlRequest& request) -> absl::StatusOr<ControlAnswer> {
        EXPECT_EQ(request.test, "A.B");
        ControlAnswer answer;
        answer.recording = runs[next++];
        return answer;
      });
  EXPECT_TRUE(confirmed.ok()) << confirmed.status();
  return *confirmed;
}

TEST(ConfirmFindingTest, WhatComesBackIsReported) {
  const ConfirmedFinding confirmed = ConfirmWith({Failing("abc")});

  EXPECT_TRUE(confirmed.is_confirmed);
  EXPECT_EQ(confirmed.finding.kind, FindingKind::kAssertion);
}

TEST(ConfirmFindingTest, WhatFreshProcessesAgreeIsNotSoIsAStateLeak) {
  const ConfirmedFinding confirmed =
      ConfirmWith({BodyRecording{}, BodyRecording{}});

  EXPECT_FALSE(confirmed.is_confirmed);
  EXPECT_EQ(confirmed.finding.kind, FindingKind::kStateLeak);
}

TEST(ConfirmFindingTest, WhatDiffersInEveryProcessIsNondeterminism) {
  const ConfirmedFinding confirmed =
      ConfirmWith({Failing("abd"), Failing("abe")});

  EXPECT_FALSE(confirmed.is_confirmed);
  EXPECT_EQ(confirmed.finding.kind, FindingKind::kNondeterminism);
}

}  // namespace
}  // namespace fozzy
