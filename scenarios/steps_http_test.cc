#include "scenarios/steps_http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "backends/testing/fake_host.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"
#include "scenarios/testing/scenario_run.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

std::string When(absl::string_view fields) {
  return absl::StrCat(R"({"type":"http_when","method":"GET",)", fields, "}");
}

std::string Ask(absl::string_view fields) {
  return absl::StrCat(R"({"type":"http_request","method":"GET",)", fields, "}");
}

// Returns what GET /x comes to with a rule for it.
std::string Outcome(absl::string_view rule, absl::string_view request) {
  return OutcomeOf(
      RunSteps(absl::StrCat(When(absl::StrCat(R"("path":"/x",)", rule)), ",",
                            Ask(absl::StrCat(R"("path":"/x",)", request)))));
}

TEST(HttpRuleTest, TheFirstThatFitsAndIsNotUsedUpAnswers) {
  EXPECT_EQ(OutcomeOf(RunSteps(
                absl::StrCat(When(R"("path":"/x","status":418,"times":0)"), ",",
                             When(R"("path":"/x","status":503,"times":2)"), ",",
                             When(R"("path":"/x","status":200)"), ",",
                             Ask(R"("path":"/x","expect_status":503)"), ",",
                             Ask(R"("path":"/x","expect_status":503)"), ",",
                             Ask(R"("path":"/x","expect_status":200)"), ",",
                             Ask(R"("path":"/x","expect_status":200)")))),
            "pass");
}

TEST(HttpRuleTest, MethodAndPathAreComparedByteForByte) {
  const std::string rule = When(R"("path":"/x?a=1","status":200)");
  EXPECT_EQ(OutcomeOf(RunSteps(rule + "," + Ask(R"("path":"/x?a=1")"))),
            "pass");
  EXPECT_EQ(OutcomeOf(RunSteps(rule + "," + Ask(R"("path":"/x")"))),
            "fail assertion/http_unmatched@1: no http mock matched GET /x");
  EXPECT_EQ(OutcomeOf(RunSteps(
                absl::StrCat(rule, R"(,{"type":"http_request","method":"get",)",
                             R"("path":"/x?a=1"})"))),
            "fail assertion/http_unmatched@1: no http mock matched get /x?a=1");
}

TEST(HttpRequestTest, SentHeadersAndBodiesAreNotMatched) {
  EXPECT_EQ(
      Outcome(R"("status":200)", R"("headers":{"a":"1"},"body":"anything")"),
      "pass");
}

TEST(HttpRequestTest, LooksAtStatusBodyJsonAndHeadersInThisOrder) {
  const char* rule = R"("status":200,"body":"[1]","headers":{"A":"1"})";
  EXPECT_EQ(Outcome(rule, R"("expect_status":201,"expect_body":"b")"),
            "fail assertion/http_status@1: expected status 201, got 200");
  EXPECT_EQ(Outcome(rule, R"("expect_body":"b","expect_headers":{"a":"2"})"),
            "fail assertion/http_body@1: http response body mismatch: "
            R"(expected "b", got "[1]")");
  EXPECT_EQ(Outcome(rule, R"("expect_json":[2],"expect_headers":{"a":"2"})"),
            "fail assertion/http_json@1: http response json mismatch: "
            "expected [2], got [1]");
  EXPECT_EQ(Outcome(rule, R"("expect_json":[1],"expect_headers":{"a":"2"})"),
            "fail assertion/http_headers@1: http response header mismatch for "
            R"("a": expected "2", got Some("1"))");
  EXPECT_EQ(Outcome(rule, R"("expect_json":[1],"expect_headers":{" A":"1"})"),
            "pass");
}

TEST(HttpRequestTest, AHeaderThatIsMissingIsToldApartFromAnotherValue) {
  EXPECT_EQ(Outcome(R"("status":200)", R"("expect_headers":{"B":"1"})"),
            "fail assertion/http_headers@1: http response header mismatch for "
            R"("b": expected "1", got None)");
}

TEST(HttpRequestTest, JsonOfARuleIsSentWithSortedKeys) {
  EXPECT_EQ(Outcome(R"("status":200,"json":{"b":1,"a":[true, null]})",
                    R"("expect_body":"{\"a\":[true,null],\"b\":1}")"),
            "pass");
}

TEST(HttpRequestTest, JsonIsComparedByValueButOneIsNotOnePointZero) {
  EXPECT_EQ(Outcome(R"("status":200,"body":" {\"b\":2, \"a\":1} ")",
                    R"("expect_json":{"a":1,"b":2})"),
            "pass");
  EXPECT_EQ(Outcome(R"("status":200,"body":"1.0")", R"("expect_json":1)"),
            "fail assertion/http_json@1: http response json mismatch: "
            "expected 1, got 1.0");
  EXPECT_EQ(Outcome(R"("status":200,"body":"{")", R"("expect_json":1)"),
            "fail assertion/http_json_parse@1: http response is not JSON: "
            R"("{")");
}

// D24
TEST(HttpRequestTest, APartOrAPatternOfTheBodyCanBeExpected) {
  const char* rule = R"("status":200,"body":"version 1.20, stable")";
  EXPECT_EQ(Outcome(rule, R"("expect_body_contains":"stable")"), "pass");
  EXPECT_EQ(Outcome(rule, R"("expect_body_regex":"^version [0-9.]+,")"),
            "pass");
  EXPECT_EQ(Outcome(rule, R"("expect_body_contains":"beta")"),
            "fail assertion/http_body@1: http response body mismatch: "
            R"(expected it to contain "beta", got "version 1.20, stable")");
}

TEST(HttpRequestTest, ADelayPassesInVirtualTimeAndIsTold) {
  const ScenarioRun run =
      RunAll({When(R"("path":"/x","status":204,"delay":"30ms")"),
              Ask(R"("path":"/x")")});
  EXPECT_EQ(run.report.virtual_time, 30u);
  EXPECT_THAT(run.EventsOf(EventKind::kHttpRequest),
              ElementsAre(HeardEvent{
                  EventKind::kHttpRequest, 30, {204, 30}, {"GET", "/x"}}));
}

TEST(HttpRequestTest, TheBodyIsSavedOnlyIfAllExpectationsHold) {
  EXPECT_EQ(OutcomeOf(RunSteps(absl::StrCat(
                When(R"("path":"/x","status":200,"body":"b")"), ",",
                Ask(R"("path":"/x","save_body_as":"k")"), ",",
                R"({"type":"get_kv_assert","key":"k","equals":"b"})"))),
            "pass");
  EXPECT_EQ(Outcome(R"("status":200,"body":"b")",
                    R"("expect_status":500,"save_body_as":"k")"),
            "fail assertion/http_status@1: expected status 500, got 200");
}

TEST(HttpStepTest, WhatContradictsItselfIsAFindingWhenItRuns) {
  EXPECT_EQ(Outcome(R"("status":200,"body":"","json":1)", R"("body":"")"),
            "fail checker/http_when_invalid@0: HttpWhen: cannot set both body "
            "and json");
  EXPECT_EQ(Outcome(R"("status":200)", R"("expect_body":"","expect_json":1)"),
            "fail checker/http_request_invalid@1: HttpRequest: cannot set both "
            "expect_body and expect_json");
  EXPECT_EQ(Outcome(R"("status":200,"headers":{"":"1"})", R"("body":"")"),
            "fail checker/http_header_invalid@0: http header name cannot be "
            "empty");
  EXPECT_EQ(Outcome(R"("status":200)", R"("headers":{"a":"\n"})"),
            "fail checker/http_header_invalid@1: http header contains "
            R"(forbidden newline: "a")");
  EXPECT_THAT(Outcome(R"("status":200,"delay":"soon")", R"("body":"")"),
              testing::StartsWith("fail checker/invalid_duration@0: "));
}

// D3: all of these can be known without running.
TEST(HttpStepTest, WhatContradictsItselfIsFoundBeforeTheRun) {
  const ParseOutcome outcome = ParseScenario(
      "t.fozzy.json",
      FileOfSteps(When(R"("path":"/","status":200,"body":"","json":1)") + "," +
                  When(R"("path":"/","status":200,"delay":"soon")") + "," +
                  Ask(R"("path":"/","expect_body":"","expect_json":1)") + "," +
                  Ask(R"("path":"/","headers":{"":""})")),
      ScenarioTables());
  ASSERT_TRUE(outcome.scenario.has_value());
  std::vector<std::string> fields;
  for (const Problem& problem : outcome.problems) {
    EXPECT_EQ(problem.severity, Problem::Severity::kMistake);
    fields.push_back(problem.field);
  }
  EXPECT_THAT(fields, ElementsAre("json", "delay", "expect_json", "headers"));
}

// Runs `steps` against a live server that answers `answer`.
std::string Live(absl::string_view steps, const HttpResponse& answer,
                 size_t requests = 1) {
  FakeHttp http;
  http.answer = answer;
  FakeWall wall;
  ScenarioRunOptions options;
  options.config.has_host_http = true;
  options.host.http = &http;
  options.host.wall = &wall;
  const ScenarioRun run = RunSteps(steps, options);
  EXPECT_EQ(http.asked.size(), requests);
  EXPECT_EQ(run.heard.observations.size(), requests);
  return OutcomeOf(run);
}

HttpResponse Answer(uint16_t status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

TEST(LiveHttpTest, NeedsAnAbsoluteUrl) {
  EXPECT_EQ(Live(Ask(R"("path":"/x")"), {}, 0),
            "fail checker/http_host_url@0: expected an absolute http or https "
            R"(URL, got "/x")");
}

TEST(LiveHttpTest, RulesBecomeWhatTheAnswerMustBe) {
  const std::string ask = Ask(R"("path":"http://h:1/x?q=1")");
  for (const char* path : {"http://h:1/x?q=1", "/x?q=1"}) {
    const std::string rule =
        When(absl::StrCat(R"("path":")", path, R"(","status":200,"body":"b")"));
    EXPECT_EQ(Live(rule + "," + ask, Answer(200, "b")), "pass") << path;
    EXPECT_EQ(Live(rule + "," + ask, Answer(500, "b")),
              "fail assertion/http_status@1: expected status 200, got 500");
  }
  EXPECT_EQ(
      Live(When(R"("path":"/y","status":200)") + "," + ask, Answer(200, "b")),
      "fail assertion/http_when_host_unmatched@1: no http_when matches "
      "GET http://h:1/x?q=1");
  EXPECT_EQ(Live(ask, Answer(200, "b")), "pass");
}

TEST(LiveHttpTest, ARequestWithoutAnAnswerIsAFinding) {
  HttpResponse none;
  const std::string ask = Ask(R"("path":"http://h/")");
  none.end = HttpResponse::End::kTimedOut;
  EXPECT_EQ(Live(ask, none),
            "fail assertion/http_timeout@0: no answer to GET http://h/: timed "
            "out");
  none.end = HttpResponse::End::kReset;
  EXPECT_EQ(Live(ask, none),
            "fail assertion/http_reset@0: no answer to GET http://h/: "
            "connection reset");
  none.end = HttpResponse::End::kFailed;
  none.reason = "no such host";
  EXPECT_EQ(Live(ask, none),
            "fail assertion/http_failed@0: no answer to GET http://h/: no such "
            "host");
}

}  // namespace
}  // namespace fozzy
