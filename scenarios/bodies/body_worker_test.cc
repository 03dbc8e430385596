#include "scenarios/bodies/body_worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/bodies/testing/bodies.h"
#include "sim/core/list_strategy.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

bool Never() { return false; }

// Runs 0 to `count` - 1 in blocks of `block` runs.
std::vector<BodyBlock> SearchInBlocks(BodyWorker& worker, uint64_t count,
                                      uint64_t block) {
  EXPECT_TRUE(worker.Prepare().ok());
  std::vector<BodyBlock> blocks;
  for (uint64_t first = 0; first < count; first += block) {
    blocks.push_back(worker.Search({first, block}, Never));
    if (blocks.back().found || blocks.back().is_exhausted) break;
  }
  return blocks;
}

TEST(BodyWorkerTest, RunsDependOnTheirIndexAloneWhateverTheBlocks) {
  BodyConfig config;
  config.seed = 11;
  std::vector<uint64_t> digests[2];
  for (const uint64_t block : {1u, 64u}) {
    BodyWorker worker(LoseNoUpdate, config);
    for (const BodyBlock& done : SearchInBlocks(worker, 64, block)) {
      auto& all = digests[block == 1 ? 0 : 1];
      all.insert(all.end(), done.digests.begin(), done.digests.end());
    }
  }

  EXPECT_EQ(digests[0].size(), 64u);
  EXPECT_EQ(digests[0], digests[1]);
}

TEST(BodyWorkerTest, AFindingIsRecordedAndItsAnswersLeadToItAgain) {
  BodyConfig config;
  BodyWorker worker(LoseAnUpdate, config);
  const std::vector<BodyBlock> blocks = SearchInBlocks(worker, 1000, 1000);

  ASSERT_TRUE(blocks[0].found.has_value());
  const BodyRecording& found = *blocks[0].found;
  EXPECT_EQ(found.ops_digest, blocks[0].found_digest);
  BodyWorker other(LoseAnUpdate, config);
  for (int i = 0; i < 100; ++i) {
    const BodyRecording again = other.Repeat(found.decisions);
    ASSERT_EQ(DifferenceOf(found, again), "") << i;
    ASSERT_EQ(again.log.size(), 1u) << i;
  }
}

TEST(BodyWorkerTest, DfsEndsAndSaysThatItSawAll) {
  BodyConfig config;
  config.strategy = "dfs";
  BodyWorker worker(LoseNoUpdate, config);
  const std::vector<BodyBlock> blocks = SearchInBlocks(worker, 10'000, 1'000);

  EXPECT_FALSE(blocks.back().found);
  EXPECT_TRUE(blocks.back().is_exhausted);
  EXPECT_TRUE(blocks.back().is_exhaustive);
  EXPECT_TRUE(NeedsOneWorker("dfs"));
  EXPECT_FALSE(NeedsOneWorker("pct"));
}

TEST(BodyWorkerTest, PropertiesThatNoRunHeldAreTold) {
  BodyWorker worker(LoseNoUpdate, {});
  SearchInBlocks(worker, 10, 10);
  bool is_told = false;
  for (const UnmetProperty& property : worker.TakeUnmet()) {
    is_told = is_told || property.text == "one too many";
    EXPECT_NE(property.text, "every update counts");
  }
  EXPECT_TRUE(is_told);
}

TEST(BodyWorkerTest, AnUnknownStrategyIsAnErrorThatNamesTheOthers) {
  BodyConfig config;
  config.strategy = "luck";
  BodyWorker worker(LoseNoUpdate, config);
  const absl::Status status = worker.Prepare();

  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("portfolio"));
  EXPECT_TRUE(CheckStrategy("pct:4").ok());
  EXPECT_FALSE(CheckStrategy("pct:x").ok());
}

TEST(BodyWorkerTest, AWorldIsMadeAnewAfterManyFindings) {
  RenewedSubject subject([] { FOZZY_UNREACHABLE("always"); }, {});
  CalmStrategy calm;
  for (int i = 0; i < 100; ++i) {
    const RunOutcome outcome = subject.Run(calm, nullptr);
    ASSERT_TRUE(outcome.finding.has_value()) << i;
    ASSERT_EQ(outcome.finding->title, "always") << i;
  }
}

}  // namespace
}  // namespace fozzy
