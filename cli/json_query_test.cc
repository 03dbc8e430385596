#include "cli/json_query.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kReport[] =
    R"({"status":"fail","findings":[{"title":"a","n":1},{"title":"b"}],)"
    R"("empty":[],"deep":[[1,2],[3]]})";

// Returns the values at `path` as they are written, or the error.
std::vector<std::string> Query(const std::string& path) {
  const auto document = JsonDocument::Parse(kReport);
  const auto values = QueryJson(*document, path);
  if (!values.ok()) return {std::string(values.status().message())};
  std::vector<std::string> texts;
  for (const JsonNode* value : *values) {
    texts.emplace_back(document->Raw(*value));
  }
  return texts;
}

TEST(JsonQueryTest, FollowsMembersAndItems) {
  EXPECT_THAT(Query(".status"), ElementsAre("\"fail\""));
  EXPECT_THAT(Query(".findings[1].title"), ElementsAre("\"b\""));
  EXPECT_THAT(Query(".findings[].title"), ElementsAre("\"a\"", "\"b\""));
  EXPECT_THAT(Query(".deep[][]"), ElementsAre("1", "2", "3"));
  EXPECT_THAT(Query(".deep[1][0]"), ElementsAre("3"));
  EXPECT_THAT(Query(".deep.[1]"), ElementsAre(HasSubstr("bad path")));
  EXPECT_THAT(Query("."), ElementsAre(std::string(kReport)));
}

TEST(JsonQueryTest, AllOfNothingIsNothing) {
  EXPECT_THAT(Query(".empty[]"), IsEmpty());
  EXPECT_THAT(Query(".memory[].x"), IsEmpty());
  EXPECT_THAT(Query(".findings[].n"), ElementsAre("1"));
}

TEST(JsonQueryTest, WhatIsNotThereIsAnError) {
  for (const std::string path :
       {".memory", ".findings[2]", ".status.x", ".findings.title",
        ".findings[18446744073709551615]"}) {
    EXPECT_THAT(Query(path), ElementsAre(HasSubstr("the report has no")))
        << path;
  }
}

TEST(JsonQueryTest, BadPathsSaySo) {
  for (const std::string path :
       {"", "status", ".a.", "..a", ".a[", ".a[x]", ".a[-1]", ".a]", ".a[1",
        ".a[]b", ".a[99999999999999999999]"}) {
    EXPECT_THAT(Query(path), ElementsAre(HasSubstr("bad path"))) << path;
  }
}

TEST(JsonQueryTest, ListsEachPathOnce) {
  EXPECT_THAT(ListJsonPaths(*JsonDocument::Parse(kReport)),
              ElementsAre(".status", ".findings[].title", ".findings[].n",
                          ".deep[][]"));
}

TEST(JsonDocumentTest, StaysValidWhenMoved) {
  auto document = JsonDocument::Parse(R"({"a":"b"})");  // short: in place
  ASSERT_TRUE(document.ok());
  const JsonDocument moved = *std::move(document);

  EXPECT_EQ(TextMember(moved.root(), "a"), "b");
  EXPECT_EQ(UintMember(moved.root(), moved, "a"), 0u);
}

TEST(JsonDocumentTest, DamageSaysWhere) {
  EXPECT_THAT(std::string(JsonDocument::Parse("{\"a\":}").status().message()),
              HasSubstr("byte 5"));
  EXPECT_FALSE(JsonDocument::Parse("").ok());
}

}  // namespace
}  // namespace fozzy
