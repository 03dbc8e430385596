#include "trace/scenario_digest.h"

#include <set>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "trace/limits.h"

namespace fozzy {
namespace {

std::pair<uint64_t, uint64_t> DigestOf(absl::string_view text) {
  const TraceDigest digest = ScenarioDigest(text);
  return {digest.low, digest.high};
}

TEST(ScenarioDigestTest, EveryByteAndTheLengthCount) {
  std::string text(100, 'x');
  std::set<std::pair<uint64_t, uint64_t>> seen = {DigestOf(text)};
  for (size_t i = 0; i < text.size(); ++i) {
    text[i] = 'y';
    EXPECT_TRUE(seen.insert(DigestOf(text)).second) << i;
    text[i] = 'x';
  }
  for (size_t size = 0; size < text.size(); ++size) {
    EXPECT_TRUE(seen.insert(DigestOf({text.data(), size})).second) << size;
  }
}

TEST(ScenarioDigestTest, WordsThatChangePlacesCount) {
  std::set<std::pair<uint64_t, uint64_t>> seen;
  std::string text;
  for (char c = 'a'; c < 'a' + 24; ++c) text += std::string(8, c);
  seen.insert(DigestOf(text));
  for (size_t i = 0; i < 24; ++i) {
    for (size_t j = i + 1; j < 24; ++j) {
      std::string other = text;
      other.replace(8 * i, 8, text, 8 * j, 8);
      other.replace(8 * j, 8, text, 8 * i, 8);
      EXPECT_TRUE(seen.insert(DigestOf(other)).second) << i << " " << j;
    }
  }
}

TEST(ScenarioDigestTest, PartByPartIsTheSame) {
  const std::string text(2 * kScenarioPartSize + 77, 'x');
  ScenarioDigester digester;
  digester.Add({text.data(), kScenarioPartSize});
  digester.Add({text.data(), kScenarioPartSize});
  digester.Add({text.data(), 77});

  EXPECT_EQ(digester.digest(), ScenarioDigest(text));
}

}  // namespace
}  // namespace fozzy
