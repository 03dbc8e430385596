#include "scenarios/established_trace_compact.h"

#include <string>
#include <string_view>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "sim/base/blake3.h"

namespace fozzy {
namespace {

std::string Compact(absl::string_view json) {
  std::string output;
  AppendCompactJson(json, output);
  return output;
}

std::string HashOf(std::string_view bytes) {
  const Blake3Hash hash = Blake3().Add(bytes).Finish();
  return absl::BytesToHexString(absl::string_view(
      reinterpret_cast<const char*>(hash.bytes), sizeof hash.bytes));
}

// Cuts the member from "«" to "»", which are no part of the text.
std::string ChecksumWithout(std::string json) {
  const std::string open = "«";
  const std::string close = "»";
  const size_t begin = json.find(open);
  json.erase(begin, open.size());
  const size_t end = json.find(close);
  json.erase(end, close.size());
  return EstablishedChecksum(json, {begin, end});
}

TEST(EstablishedTraceCompactTest, WhiteSpaceGoesOutsideOfStringsOnly) {
  EXPECT_EQ(Compact(" { \"a b\" :\t[ 1 ,\r\n2 ] } \n"), "{\"a b\":[1,2]}");
  EXPECT_EQ(Compact("{\"a\":1}"), "{\"a\":1}");
  EXPECT_EQ(Compact(" \n"), "");
}

TEST(EstablishedTraceCompactTest, AnEscapedQuoteDoesNotEndAString) {
  EXPECT_EQ(Compact(R"([ "\" \\" , "\\" , " \\\" " ])"),
            R"(["\" \\","\\"," \\\" "])");
}

TEST(EstablishedTraceCompactTest, TheChecksumOfTheEmptyTextIsThePublishedOne) {
  EXPECT_EQ(EstablishedChecksum("", {}),
            "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
}

TEST(EstablishedTraceCompactTest, OneCommaGoesWithTheMember) {
  const std::string both = HashOf(R"({"a":1,"b":2})");

  EXPECT_EQ(ChecksumWithout(R"({"a":1,"b":2,«"c":3»})"), both);
  EXPECT_EQ(ChecksumWithout(R"({"a":1,«"c":3»,"b":2})"), both);
  EXPECT_EQ(ChecksumWithout(R"({«"c":3»,"a":1,"b":2})"), both);
  EXPECT_EQ(ChecksumWithout("{ «\"c\" : 3»\n,\n\"a\" : 1 , \"b\":2 }\n"), both);
  EXPECT_EQ(ChecksumWithout("{\"a\":1 , \"b\":2\n,\n«\"c\" : 3»\n}"), both);
  EXPECT_EQ(ChecksumWithout(R"({«"c":3»})"), HashOf("{}"));
}

TEST(EstablishedTraceCompactTest, AnEmptySpanCutsNothing) {
  EXPECT_EQ(EstablishedChecksum(R"( {"a":1} )", {}), HashOf(R"({"a":1})"));
}

}  // namespace
}  // namespace fozzy
