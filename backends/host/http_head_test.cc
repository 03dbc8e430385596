#include "backends/host/http_head.h"

#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(HttpHeadTest, TrimsAndLowersNamesAndKeepsTheOrder) {
  HttpHead head;
  head.AddLine("HTTP/1.1 200 OK\r\n");
  head.AddLine("X-Two:  b c \t\r\n");
  head.AddLine("x-one:a\r\n");
  head.AddLine("X-TWO: D:E\r\n");
  head.AddLine("empty:\r\n");
  head.AddLine("\r\n");

  EXPECT_THAT(head.headers(),
              ElementsAre(Pair("x-two", "b c"), Pair("x-one", "a"),
                          Pair("x-two", "D:E"), Pair("empty", "")));
}

TEST(HttpHeadTest, KeepsTheLastOfSeveralHeads) {
  HttpHead head;
  head.AddLine("HTTP/1.1 103 Early Hints\r\n");
  head.AddLine("Link: </a>\r\n");
  head.AddLine("\r\n");
  head.AddLine("HTTP/1.1 200 OK\r\n");
  head.AddLine("a: 1\r\n");

  EXPECT_THAT(head.headers(), ElementsAre(Pair("a", "1")));
}

TEST(HttpHeadTest, LeavesOutTrailers) {
  HttpHead head;
  head.AddLine("HTTP/1.1 200 OK\r\n");
  head.AddLine("a: 1\r\n");
  head.AddLine("\r\n");
  head.AddLine("trailer: 2\r\n");

  EXPECT_THAT(head.headers(), ElementsAre(Pair("a", "1")));
}

TEST(HttpHeadTest, JoinsFoldedLines) {
  HttpHead head;
  head.AddLine("HTTP/1.1 200 OK\r\n");
  head.AddLine("a: 1\r\n");
  head.AddLine(" \t 2\r\n");

  EXPECT_THAT(head.headers(), ElementsAre(Pair("a", "1 2")));
}

TEST(HttpHeadTest, SkipsLinesThatAreNoHeaders) {
  HttpHead head;
  head.AddLine("HTTP/1.1 200 OK\r\n");
  head.AddLine("no colon\r\n");

  EXPECT_THAT(head.headers(), IsEmpty());
}

TEST(HttpWordsTest, KnowsTokens) {
  for (const std::string_view token : {"GET", "x-1", "M-SEARCH", "a!#$%&'*+.^"})
    EXPECT_TRUE(IsHttpToken(token)) << token;
  for (const std::string_view other :
       {"", " ", "GET ", "a b", "a:b", "a\r\nb", "a/b", "\xc3\xa4", "(a)"}) {
    EXPECT_FALSE(IsHttpToken(other)) << other;
  }
}

TEST(HttpWordsTest, KnowsFieldValues) {
  EXPECT_TRUE(IsHttpFieldValue(""));
  EXPECT_TRUE(IsHttpFieldValue("a, b; c=\"\xc3\xa4\"\t"));
  for (const char c : {'\r', '\n', '\0'}) {
    EXPECT_FALSE(IsHttpFieldValue(std::string("a") + c)) << int{c};
  }
}

TEST(HttpWordsTest, KnowsUrls) {
  for (const std::string_view url : {"http://a", "https://a/b?c", "HTTP://A",
                                     "hTTps://a:1/", "http://[::1]/"})
    EXPECT_TRUE(IsHttpUrl(url)) << url;
  for (const std::string_view url :
       {"", "a", "/a", "ftp://a", "file:///etc/passwd", "httpx://a", "http:/a",
        "http//a", " http://a", "http://a b", "http://a\r\nX: y", "http://a\n",
        "http://a\x7f"}) {
    EXPECT_FALSE(IsHttpUrl(url)) << url;
  }
  EXPECT_FALSE(IsHttpUrl(std::string_view("http://a\0b", 10)));
}

TEST(HttpWordsTest, TellsTheServerOfAUrl) {
  EXPECT_EQ(HttpOrigin("http://A:80/b"), "http://a:80");
  EXPECT_EQ(HttpOrigin("HTTPS://a?b=://c"), "https://a");
  EXPECT_EQ(HttpOrigin("http://user:word@a/x@y"), "http://a");
  EXPECT_EQ(HttpOrigin("http://a#b@c"), "http://a");
  EXPECT_NE(HttpOrigin("http://a"), HttpOrigin("https://a"));
  EXPECT_NE(HttpOrigin("http://a:1"), HttpOrigin("http://a:2"));
}

}  // namespace
}  // namespace fozzy
