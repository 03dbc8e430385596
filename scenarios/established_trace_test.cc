#include "scenarios/established_trace.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scenarios/json.h"
#include "sim/base/blake3.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// Its checksum is what b3sum 1.2.0, another implementation, says of the text
// without the last member.
constexpr absl::string_view kLiteral =
    R"({"format":"fozzy-trace","version":4,"engine":{"version":"0.1.0"},)"
    R"("mode":"run","scenario_path":"tests/a b.fozzy.json","scenario":)"
    R"({"version":1,"name":"r\u00e9seau \"x\"","steps":[{"type":"rand_u64",)"
    R"("key":null}]},"decisions":[{"kind":"scheduler_pick","task_id":1,)"
    R"("label":"rand_u64"},{"kind":"rand_u64","value":877555679359244567}],)"
    R"("events":[{"time_ms":0,"name":"sched_pick","fields":{"a, b":" : "}}],)"
    R"("summary":{"status":"pass","mode":"run","identity":{"runId":)"
    R"("58f96a8b-4dfa-496f-8632-3b141bf66ae7","seed":7},"startedAt":)"
    R"("2026-11-21T06:26:13.495830229Z","finishedAt":)"
    R"("2026-11-21T06:26:13.495889266Z","durationMs":1,"durationNs":1000000},)"
    R"("checksum":)"
    R"("0a78fc0280b917c19f9106cf0cb358bd4da9c5afe7e5308487ff33e0b7bf89e7"})";

constexpr absl::string_view kBody =
    R"({"format":"fozzy-trace","version":4,"engine":{"version":"0.1.0"},)"
    R"("mode":"run","scenario_path":null,"scenario":null,)"
    R"("decisions":[{"kind":"net_deliver_pick","message_id":1}],)"
    R"("events":[{"time_ms":0,"name":"span_start","fields":{}},)"
    R"({"time_ms":120,"name":"net_send","fields":{"from":"a"}}],)"
    R"("summary":{"status":"fail","mode":"run","identity":{"seed":)"
    R"(18446744073709551615},"findings":[{"kind":"assertion",)"
    R"("title":"net_deliver","message":"no message","location":{"line":3}}]}})";

// Returns `body`, compact JSON, with `from` replaced by `to`, once.
std::string Replaced(absl::string_view body, absl::string_view from,
                     absl::string_view to) {
  std::string text(body);
  const size_t at = text.find(std::string(from));
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), std::string(to));
}

// Returns compact `body` with its checksum as the last member.
std::string WithChecksum(absl::string_view body) {
  const Blake3Hash hash =
      Blake3().Add(std::string_view(body.data(), body.size())).Finish();
  const std::string hex = absl::BytesToHexString(absl::string_view(
      reinterpret_cast<const char*>(hash.bytes), sizeof hash.bytes));
  return absl::StrCat(body.substr(0, body.size() - 1), ",\"checksum\":\"", hex,
                      "\"}");
}

EstablishedReport Strict(absl::string_view bytes) {
  return VerifyEstablished(bytes, /*is_strict=*/true);
}

EstablishedReport Lenient(absl::string_view bytes) {
  return VerifyEstablished(bytes, /*is_strict=*/false);
}

// What is wrong with kBody, with a right checksum, after a replacement.
std::string ProblemAfter(absl::string_view from, absl::string_view to) {
  return Strict(WithChecksum(Replaced(kBody, from, to))).problem;
}

TEST(EstablishedTraceTest, AJsonObjectLooksLikeOne) {
  EXPECT_TRUE(LooksEstablished("{\"format\":"));
  EXPECT_TRUE(LooksEstablished(" \t\r\n{"));
  EXPECT_FALSE(LooksEstablished(""));
  EXPECT_FALSE(LooksEstablished("  "));
  EXPECT_FALSE(LooksEstablished("FOZZY{"));
  EXPECT_FALSE(LooksEstablished("[{"));
}

TEST(EstablishedTraceTest, AChecksumByAnotherImplementationIsValid) {
  const EstablishedReport report = Strict(kLiteral);

  EXPECT_EQ(report.problem, "");
  EXPECT_TRUE(report.ok);
  EXPECT_TRUE(report.is_checksum_present);
  EXPECT_TRUE(report.is_checksum_valid);
  EXPECT_THAT(report.warnings, IsEmpty());
  EXPECT_EQ(report.scenario_path, "tests/a b.fozzy.json");
  EXPECT_EQ(report.seed, 7U);
  EXPECT_EQ(report.decisions, 2U);
  EXPECT_EQ(report.events, 1U);
  EXPECT_THAT(report.findings, IsEmpty());
}

TEST(EstablishedTraceTest, TellsWhatTheTraceSays) {
  const EstablishedReport report = Strict(WithChecksum(kBody));

  ASSERT_EQ(report.problem, "");
  EXPECT_EQ(report.version, 4U);
  EXPECT_EQ(report.mode, "run");
  EXPECT_EQ(report.status, "fail");
  EXPECT_EQ(report.scenario_path, "");
  EXPECT_EQ(report.seed, 18446744073709551615U);
  EXPECT_EQ(report.decisions, 1U);
  EXPECT_EQ(report.events, 2U);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].kind, "assertion");
  EXPECT_EQ(report.findings[0].title, "net_deliver");
  EXPECT_EQ(report.findings[0].message, "no message");
}

TEST(EstablishedTraceTest, EveryFlippedBitIsFound) {
  const std::string whole(kLiteral);
  for (size_t at = 0; at < whole.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string flipped = whole;
      flipped[at] =
          static_cast<char>(static_cast<uint8_t>(flipped[at]) ^ (1U << bit));
      const EstablishedReport report = Strict(flipped);
      EXPECT_FALSE(report.ok) << "bit " << bit << " of byte " << at;
      EXPECT_FALSE(report.is_checksum_valid) << "byte " << at;
    }
  }
}

TEST(EstablishedTraceTest, EveryTruncationIsAProblemWithItsPlace) {
  for (size_t size = 0; size < kLiteral.size(); ++size) {
    const EstablishedReport report = Lenient(kLiteral.substr(0, size));
    EXPECT_FALSE(report.ok) << size;
    EXPECT_THAT(report.problem, StartsWith("1:")) << size;
  }
  EXPECT_EQ(Lenient(kLiteral.substr(0, 11)).problem,
            "1:12: found the end of the file, expected '\"' at the end of the "
            "string");
  EXPECT_THAT(Lenient(absl::StrCat(kLiteral, "{")).problem,
              HasSubstr("nothing after the document"));
}

TEST(EstablishedTraceTest, AWrongChecksumIsShownBesideTheRightOne) {
  const std::string right(kLiteral.substr(kLiteral.size() - 66, 64));
  std::string wrong = right;
  wrong[63] = '0';

  const EstablishedReport report = Lenient(Replaced(kLiteral, right, wrong));

  EXPECT_TRUE(report.is_checksum_present);
  EXPECT_FALSE(report.is_checksum_valid);
  EXPECT_EQ(report.problem, absl::StrCat("1:", kLiteral.size() - 66,
                                         ": field \"checksum\": found \"",
                                         wrong, "\", expected \"", right,
                                         "\", the checksum of what is there"));
  EXPECT_THAT(Lenient(Replaced(kLiteral, right, "abc")).problem,
              HasSubstr("found \"abc\", expected"));
  EXPECT_FALSE(Lenient(Replaced(kLiteral, right,
                                absl::StrReplaceAll(right, {{"f", "F"}})))
                   .ok);
}

TEST(EstablishedTraceTest, AMissingChecksumIsAProblemOnlyIfStrict) {
  const std::string message =
      "1:1: field \"checksum\": found no such field, expected a checksum, "
      "which tells whether the trace was changed";

  const EstablishedReport strict = Strict(kBody);
  const EstablishedReport lenient = Lenient(kBody);

  EXPECT_FALSE(strict.ok);
  EXPECT_EQ(strict.problem, message);
  EXPECT_FALSE(strict.is_checksum_present);
  EXPECT_TRUE(lenient.ok);
  EXPECT_THAT(lenient.warnings, ElementsAre(message));
  EXPECT_FALSE(lenient.is_checksum_valid);
}

TEST(EstablishedTraceTest, AChecksumThatIsNullIsMissing) {
  const std::string trace =
      absl::StrCat(kBody.substr(0, kBody.size() - 1), ",\"checksum\":null}");

  EXPECT_FALSE(Strict(trace).ok);
  EXPECT_FALSE(Strict(trace).is_checksum_present);
  EXPECT_TRUE(Lenient(trace).ok);
}

TEST(EstablishedTraceTest, TheChecksumMayStandAnywhere) {
  const std::string trace = WithChecksum(kBody);
  const size_t at = trace.size() - 66 - 13;
  const std::string member = trace.substr(at, trace.size() - at - 1);
  ASSERT_THAT(member, StartsWith(",\"checksum\":\""));

  const std::string rest = std::string(kBody.substr(1));
  EXPECT_TRUE(Strict(absl::StrCat("{", member.substr(1), ",", rest)).ok);
  EXPECT_TRUE(
      Strict(Replaced(kBody, ",\"mode\"", absl::StrCat(member, ",\"mode\"")))
          .ok);
  EXPECT_THAT(
      Strict(absl::StrCat(trace.substr(0, at), member, member, "}")).problem,
      HasSubstr("found a second \"checksum\", expected only one"));
}

TEST(EstablishedTraceTest, LayoutDoesNotMatterButStringsDo) {
  std::string spaced = "\n";
  bool is_text = false;
  char before = 0;
  for (const char c : kLiteral) {
    if (c == '"' && before != '\\') is_text = !is_text;
    spaced += c;
    if (!is_text && absl::StrContains("{}[],:", c)) spaced += " \r\n\t";
    before = c;
  }

  EXPECT_EQ(Strict(spaced).problem, "");
  EXPECT_FALSE(Strict(Replaced(spaced, "a b.fozzy", "a  b.fozzy")).ok);
}

TEST(EstablishedTraceTest, UnknownMembersAreWarnedOfAndBelongToTheChecksum) {
  const std::string body =
      Replaced(kBody, "\"mode\"", "\"notes\":{\"checksum\":1},\"mode\"");

  const EstablishedReport report = Strict(WithChecksum(body));

  EXPECT_TRUE(report.ok);
  EXPECT_THAT(report.warnings,
              ElementsAre("1:66: field \"notes\": found an unknown field, "
                          "expected only fields of the format"));
  EXPECT_FALSE(
      Strict(Replaced(WithChecksum(kBody), "\"mode\"", "\"n\":1,\"mode\"")).ok);
}

TEST(EstablishedTraceTest, VersionsOneToFourAreRead) {
  for (const uint32_t version : {1U, 2U, 3U}) {
    const EstablishedReport report = Strict(WithChecksum(Replaced(
        kBody, "\"version\":4", absl::StrCat("\"version\":", version))));
    EXPECT_TRUE(report.ok) << report.problem;
    EXPECT_EQ(report.version, version);
    EXPECT_THAT(report.warnings, ElementsAre(absl::StrCat(
                                     "1:35: field \"version\": found ", version,
                                     ", an older version, expected 4")));
  }
  for (const absl::string_view version :
       {"0", "5", "4294967300", "18446744073709551615"}) {
    EXPECT_EQ(
        ProblemAfter("\"version\":4", absl::StrCat("\"version\":", version)),
        absl::StrCat("1:35: field \"version\": found ", version,
                     ", a number, expected an integer from 1 to 4"));
  }
  EXPECT_THAT(ProblemAfter("\"version\":4", "\"version\":4.0"),
              HasSubstr("found 4.0, a number, expected an integer"));
}

TEST(EstablishedTraceTest, AnotherFormatIsNamedWithItsPlace) {
  EXPECT_EQ(Strict("{\n  \"format\": \"zip\"}").problem,
            "2:13: field \"format\": found \"zip\", expected \"fozzy-trace\"");
  EXPECT_EQ(Strict(R"({"version":1,"name":"x","steps":[]})").problem,
            "1:1: field \"format\": found no such field, expected a string");
  EXPECT_EQ(Strict(" []").problem,
            "1:2: found [], an array, expected a trace, an object");
}

TEST(EstablishedTraceTest, EveryRequiredMemberIsMissed) {
  for (const absl::string_view name : {"format", "version", "engine", "mode",
                                       "decisions", "events", "summary"}) {
    EXPECT_THAT(ProblemAfter(absl::StrCat("\"", name, "\":"), "\"x\":"),
                StartsWith(absl::StrCat("1:1: field \"", name,
                                        "\": found no such field, expected ")));
  }
  EXPECT_EQ(ProblemAfter("\"status\"", "\"x\""),
            absl::StrCat("1:", kBody.find("{\"status\"") + 1,
                         ": summary, field \"status\": found no such field, "
                         "expected a string"));
  EXPECT_THAT(ProblemAfter("\"seed\"", "\"x\""),
              HasSubstr("summary.identity, field \"seed\": found no such"));
  EXPECT_THAT(ProblemAfter("\"title\"", "\"x\""),
              HasSubstr("summary.findings[0], field \"title\": found no such"));
}

TEST(EstablishedTraceTest, NoMemberMayBeOfAnotherType) {
  EXPECT_THAT(ProblemAfter("\"scenario\":null", "\"scenario\":[]"),
              HasSubstr("field \"scenario\": found [], an array, expected an "
                        "object"));
  EXPECT_THAT(ProblemAfter("\"decisions\":[{\"kind\"", "\"decisions\":[{\"x\""),
              HasSubstr("decisions[0], field \"kind\": found no such field"));
  EXPECT_THAT(ProblemAfter("\"time_ms\":120", "\"time_ms\":-1"),
              HasSubstr("events[1], field \"time_ms\": found -1, a number"));
  EXPECT_THAT(ProblemAfter("{\"from\":\"a\"}", "7"),
              HasSubstr("events[1], field \"fields\": found 7, a number"));
  EXPECT_THAT(ProblemAfter("\"events\":[", "\"events\":[1,"),
              HasSubstr("events[0]: found 1, a number, expected an object"));
}

TEST(EstablishedTraceTest, TooManyBytesAreRefusedUnread) {
  const absl::string_view huge(kBody.data(), kJsonBytesMax + 1);

  EXPECT_EQ(Strict(huge).problem,
            "1:1: found 1073741825 bytes, expected at most 1073741824");
}

TEST(EstablishedTraceTest, DeepNestingIsRefused) {
  const std::string deep =
      absl::StrCat("{\"x\":", std::string(1000000, '['), "");

  EXPECT_THAT(Lenient(deep).problem, HasSubstr("at most 128 deep"));
}

TEST(EstablishedTraceTest, ShowsDecisionsAndEventsLineByLine) {
  std::vector<std::string> lines;
  const auto keep = [&lines](absl::string_view line) {
    lines.emplace_back(line);
  };

  const EstablishedReport report = ShowEstablished(WithChecksum(kBody), keep);

  EXPECT_TRUE(report.ok);
  EXPECT_THAT(lines, ElementsAre("decision net_deliver_pick message_id=1",
                                 "@0ms span_start",
                                 "@120ms net_send {\"from\":\"a\"}"));
}

TEST(EstablishedTraceTest, ShowsWhatStandsBeforeAProblem) {
  std::vector<std::string> lines;
  const auto keep = [&lines](absl::string_view line) {
    lines.emplace_back(line);
  };
  const std::string damaged = Replaced(kBody, "\"time_ms\":120", "\"x\":120");

  const EstablishedReport report = ShowEstablished(damaged, keep);

  EXPECT_FALSE(report.ok);
  EXPECT_THAT(report.problem, HasSubstr("events[1], field \"time_ms\""));
  EXPECT_THAT(lines, ElementsAre("decision net_deliver_pick message_id=1",
                                 "@0ms span_start"));
}

}  // namespace
}  // namespace fozzy
