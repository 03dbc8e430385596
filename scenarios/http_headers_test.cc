#include "scenarios/http_headers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "scenarios/steps_http.h"
#include "scenarios/testing/scenario_run.h"

namespace fozzy {
namespace {

using testing::ElementsAre;
using testing::Pair;

absl::StatusOr<HttpHeaders> Read(absl::string_view map) {
  const Scenario scenario = ParseOrDie(FileOfSteps(
      absl::StrCat(R"({"type":"http_request","method":"GET","path":"/",)",
                   R"("headers":)", map, "}")));
  return ReadHeaders(scenario.steps()[0], HttpRequestStep::kHeaders);
}

TEST(ReadHeadersTest, NamesAreTrimmedAndLowerCasedValuesAreKept) {
  const auto headers = Read(R"({" Content-Type ":" Text/HTML ","X-A":""})");
  ASSERT_TRUE(headers.ok());
  EXPECT_THAT(*headers, ElementsAre(Pair("content-type", " Text/HTML "),
                                    Pair("x-a", "")));
}

TEST(ReadHeadersTest, NoHeadersAreNone) {
  EXPECT_THAT(*Read("{}"), ElementsAre());
  EXPECT_THAT(*Read("null"), ElementsAre());
}

TEST(ReadHeadersTest, AnEmptyNameIsRefused) {
  for (const char* map : {R"({"":"1"})", R"({" \t":"1"})"}) {
    EXPECT_EQ(Read(map).status().message(), "http header name cannot be empty");
  }
}

TEST(ReadHeadersTest, ALineBreakIsRefusedInNamesAndValues) {
  for (const char* map :
       {R"({"a":"1\r\nEvil: 2"})", R"({"a":"\n"})", R"({"a":"\r"})"}) {
    EXPECT_EQ(Read(map).status().message(),
              R"(http header contains forbidden newline: "a")");
  }
  EXPECT_EQ(Read(R"({"a\nb":"1"})").status().message(),
            R"(http header contains forbidden newline: "a\nb")");
}

TEST(FindHeaderTest, PrefersTheWantedValueThenTheLast) {
  const HttpHeaders headers = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
  EXPECT_EQ(*FindHeader(headers, "a", "1"), "1");
  EXPECT_EQ(*FindHeader(headers, "a", "2"), "3");
  EXPECT_EQ(*FindHeader(headers, "b", "x"), "2");
  EXPECT_EQ(FindHeader(headers, "A", "1"), nullptr);
  EXPECT_EQ(FindHeader({}, "a", "1"), nullptr);
}

}  // namespace
}  // namespace fozzy
