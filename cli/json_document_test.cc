#include "cli/json_document.h"

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

TEST(JsonDocumentTest, MembersAreFoundByName) {
  const auto document = JsonDocument::Parse(
      R"({"a":{"b":[1,"x"]},"c":"y\n","n":18446744073709551615})");
  ASSERT_TRUE(document.ok());
  const JsonNode& root = document->root();

  EXPECT_EQ(TextMember(root, "c"), "y\n");
  EXPECT_EQ(UintMember(root, *document, "n"), ~uint64_t{0});
  EXPECT_EQ(document->Raw(*MemberOf(*MemberOf(root, "a"), "b")), "[1,\"x\"]");
}

TEST(JsonDocumentTest, WhatIsNotThereOrOfAnotherTypeIsNothing) {
  const auto document = JsonDocument::Parse(R"({"a":[],"n":-1,"f":1.5})");
  ASSERT_TRUE(document.ok());
  const JsonNode& root = document->root();

  EXPECT_EQ(MemberOf(root, "b"), nullptr);
  EXPECT_EQ(MemberOf(*MemberOf(root, "a"), "b"), nullptr);
  EXPECT_EQ(TextMember(root, "n"), "");
  EXPECT_EQ(UintMember(root, *document, "n"), 0u);
  EXPECT_EQ(UintMember(root, *document, "f"), 0u);
}

TEST(JsonDocumentTest, StaysValidWhenItIsMoved) {
  auto document = JsonDocument::Parse(R"({"a":"b"})");
  ASSERT_TRUE(document.ok());
  const JsonDocument moved = *std::move(document);

  EXPECT_EQ(TextMember(moved.root(), "a"), "b");
}

TEST(JsonDocumentTest, TwoDocumentsAreNone) {
  for (const std::string text : {"", "{", "{} {}", "{}\n{}\n", "nul"}) {
    const auto document = JsonDocument::Parse(text);
    ASSERT_FALSE(document.ok()) << text;
    EXPECT_THAT(std::string(document.status().message()), HasSubstr("byte "));
  }
}

}  // namespace
}  // namespace fozzy
