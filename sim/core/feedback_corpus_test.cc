#include "sim/core/feedback_corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

using Bytes = std::vector<std::byte>;

constexpr AnswerRun kAnswers[] = {{ChoiceKind::kTask, 3, 2},
                                  {ChoiceKind::kReadsFrom, 1, 2}};

Bytes Saved(const FeedbackCorpus& corpus) {
  Bytes bytes(corpus.Save({}));
  EXPECT_EQ(corpus.Save(bytes), bytes.size());
  return bytes;
}

void Discover(FeedbackCorpus& corpus, uint64_t index,
              std::vector<uint32_t> marks) {
  const AnswerRun answers[] = {{ChoiceKind::kTask, 1, index}, kAnswers[1]};
  corpus.Discover(index, marks, answers);
}

std::vector<uint64_t> Kept(const FeedbackCorpus& corpus) {
  std::vector<uint64_t> kept;
  for (uint32_t i = 0; i < corpus.size(); ++i) {
    kept.push_back(corpus.AnswersOf(i)[0].answer);
  }
  return kept;
}

// A corpus in epoch 1 with two entries and two discoveries.
void Fill(FeedbackCorpus& corpus) {
  Discover(corpus, 3, {1, 2});
  Discover(corpus, 8, {3, 65'000});
  corpus.Advance(1);
  Discover(corpus, 300, {7});
  Discover(corpus, 290, {7, 9});
}

TEST(FeedbackCorpusTest, NothingChangesWithinAnEpoch) {
  Arena arena(TestMemory);
  FeedbackCorpus corpus(arena);
  Discover(corpus, 3, {5});
  EXPECT_FALSE(corpus.IsKnown(5));
  EXPECT_EQ(corpus.size(), 0u);
  corpus.Advance(0);
  EXPECT_EQ(corpus.size(), 0u);
  corpus.Advance(1);
  EXPECT_TRUE(corpus.IsKnown(5));
  EXPECT_EQ(corpus.size(), 1u);
  EXPECT_EQ(corpus.CountOf(0), 2u);
}

TEST(FeedbackCorpusTest, OfEqualDiscoveriesTheOneOfTheLeastIndexIsKept) {
  Arena arena(TestMemory);
  FeedbackCorpus corpus(arena);
  Discover(corpus, 9, {5});
  Discover(corpus, 4, {5});
  Discover(corpus, 7, {5, 6});
  Discover(corpus, 5, {5});
  corpus.Advance(1);
  EXPECT_EQ(Kept(corpus), (std::vector<uint64_t>{4, 7}));
}

TEST(FeedbackCorpusTest, ARunIsKeptOnce) {
  Arena arena(TestMemory);
  FeedbackCorpus corpus(arena);
  Discover(corpus, 4, {5});
  const Bytes once = Saved(corpus);
  Discover(corpus, 4, {5, 6});
  EXPECT_EQ(Saved(corpus), once);
}

TEST(FeedbackCorpusTest, AFullCorpusGivesUpTheLightestThenTheOldest) {
  Arena arena(TestMemory);
  FeedbackCorpus corpus(arena);
  for (uint32_t i = 0; i < FeedbackCorpus::kEntriesMax; ++i) {
    // Number 5 is light: it left a minor mark only.
    Discover(corpus, i, {i == 5 ? FeedbackCorpus::kMinorMark : i});
  }
  corpus.Advance(1);
  Discover(corpus, 256, {1000, 1001});
  corpus.Advance(2);
  Discover(corpus, 512, {2000, 2001});
  corpus.Advance(3);
  EXPECT_EQ(corpus.size(), FeedbackCorpus::kEntriesMax);
  EXPECT_EQ(Kept(corpus)[5], 256u);
  EXPECT_EQ(Kept(corpus)[0], 512u);
  EXPECT_EQ(Kept(corpus)[1], 1u);
}

TEST(FeedbackCorpusTest, HeavierEntriesAreDrawnMoreOften) {
  Arena arena(TestMemory);
  FeedbackCorpus corpus(arena);
  Discover(corpus, 0, {1});
  Discover(corpus, 1, {2, 3, 4});
  corpus.Advance(1);
  FastRng rng(7);
  int heavier = 0;
  for (int i = 0; i < 4000; ++i) heavier += corpus.Draw(rng) == 1;
  EXPECT_NEAR(heavier, 3000, 140);
}

TEST(FeedbackCorpusTest, WhatIsSavedCanBeLoaded) {
  Arena arena(TestMemory);
  FeedbackCorpus corpus(arena);
  Fill(corpus);
  FeedbackCorpus copy(arena);
  EXPECT_TRUE(copy.Load(Saved(corpus)));
  EXPECT_EQ(Saved(copy), Saved(corpus));
  copy.Advance(2);
  corpus.Advance(2);
  EXPECT_EQ(Saved(copy), Saved(corpus));
  EXPECT_EQ(Kept(copy), (std::vector<uint64_t>{3, 8, 290}));
}

TEST(FeedbackCorpusTest, LoadingInAnyOrderAddsTheSame) {
  Arena arena(TestMemory);
  FeedbackCorpus first(arena);
  FeedbackCorpus second(arena);
  Discover(first, 9, {5});
  Discover(first, 2, {6});
  Discover(second, 4, {5});
  const Bytes saved = Saved(first);
  EXPECT_TRUE(first.Load(Saved(second)));
  EXPECT_TRUE(second.Load(saved));
  EXPECT_TRUE(second.Load(saved));
  EXPECT_EQ(Saved(first), Saved(second));
}

TEST(FeedbackCorpusTest, OneThatIsBehindIsIgnored) {
  Arena arena(TestMemory);
  FeedbackCorpus behind(arena);
  Discover(behind, 9, {5});
  FeedbackCorpus corpus(arena);
  Fill(corpus);
  const Bytes before = Saved(corpus);
  EXPECT_TRUE(corpus.Load(Saved(behind)));
  EXPECT_EQ(Saved(corpus), before);
}

TEST(FeedbackCorpusTest, ShortBytesAreRefused) {
  Arena arena(TestMemory);
  FeedbackCorpus corpus(arena);
  Fill(corpus);
  const Bytes bytes = Saved(corpus);
  FeedbackCorpus copy(arena);
  const Bytes before = Saved(copy);
  for (size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_FALSE(copy.Load(std::span(bytes).first(size))) << size;
  }
  Bytes longer = bytes;
  longer.push_back(std::byte{0});
  EXPECT_FALSE(copy.Load(longer));
  EXPECT_EQ(Saved(copy), before);
}

// Some changes give another sound corpus; then it is that one that is saved.
TEST(FeedbackCorpusTest, ChangedBytesAreRefusedOrMeanSomething) {
  Arena arena(TestMemory);
  FeedbackCorpus corpus(arena);
  Fill(corpus);
  Bytes bytes = Saved(corpus);
  int refused = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 64) i = 32 + FeedbackCorpus::kMarks / 8;  // marks are any bits
    for (int bit = 0; bit < 8; ++bit) {
      const std::byte kept = bytes[i];
      bytes[i] ^= std::byte{1} << bit;
      FeedbackCorpus copy(arena);
      if (!copy.Load(bytes)) {
        ++refused;
        EXPECT_EQ(copy.size(), 0u);
      }
      copy.Advance(copy.epoch() + 1);
      bytes[i] = kept;
    }
  }
  EXPECT_GT(refused, 500);
}

TEST(FeedbackCorpusTest, SavingIntoTooLittleRoomSaysHowMuchIsNeeded) {
  Arena arena(TestMemory);
  FeedbackCorpus corpus(arena);
  Fill(corpus);
  const Bytes bytes = Saved(corpus);
  Bytes room(100, std::byte{0xee});
  EXPECT_EQ(corpus.Save(std::span(room).first(90)), bytes.size());
  EXPECT_TRUE(std::equal(room.begin(), room.begin() + 90, bytes.begin()));
  EXPECT_EQ(room[90], std::byte{0xee});
}

}  // namespace
}  // namespace fozzy
