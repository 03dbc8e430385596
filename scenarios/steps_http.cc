#include "scenarios/steps_http.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "scenarios/duration.h"
#include "scenarios/http_headers.h"
#include "scenarios/json_value.h"
#include "scenarios/quote.h"
#include "scenarios/step_runner.h"
#include "scenarios/text_match.h"

namespace fozzy {
namespace {

// How long a fault keeps a server from answering.
constexpr Millis kSlowDelay = 1000;

// What a server answers when a fault takes it down.
constexpr uint16_t kUnavailable = 503;

constexpr MatchFields kBodyFields = {HttpRequestStep::kExpectBody,
                                     HttpRequestStep::kExpectBodyContains,
                                     HttpRequestStep::kExpectBodyRegex};

void FailAssertion(StepRunner& runner, absl::string_view title,
                   std::string message) {
  runner.Fail(FindingKind::kAssertion, title, std::move(message));
}

// Reads the rule that `step` declares, or fails it.
std::optional<HttpRule> ReadRule(StepRunner& runner, const Step& step) {
  HttpRule rule;
  if (step.has(HttpWhen::kBody) && step.has(HttpWhen::kJson)) {
    runner.Fail(FindingKind::kChecker, "http_when_invalid",
                "HttpWhen: cannot set both body and json");
    return std::nullopt;
  }
  absl::StatusOr<HttpHeaders> headers = ReadHeaders(step, HttpWhen::kHeaders);
  if (!headers.ok()) {
    runner.Fail(FindingKind::kChecker, "http_header_invalid",
                std::string(headers.status().message()));
    return std::nullopt;
  }
  if (step.has(HttpWhen::kDelay)) {
    const absl::StatusOr<Millis> delay =
        ParseDuration(step.text(HttpWhen::kDelay));
    if (!delay.ok()) {
      runner.Fail(FindingKind::kChecker, "invalid_duration",
                  std::string(delay.status().message()));
      return std::nullopt;
    }
    rule.delay = *delay;
  }
  rule.method = std::string(step.text(HttpWhen::kMethod));
  rule.path = std::string(step.text(HttpWhen::kPath));
  rule.status = static_cast<uint16_t>(step.u64(HttpWhen::kStatus));
  rule.headers = *std::move(headers);
  rule.has_body = step.has(HttpWhen::kBody) || step.has(HttpWhen::kJson);
  rule.is_json = step.has(HttpWhen::kJson);
  rule.body = rule.is_json ? CanonicalJson(step.text(HttpWhen::kJson))
                           : std::string(step.text(HttpWhen::kBody));
  if (step.has(HttpWhen::kTimes)) rule.times = step.u64(HttpWhen::kTimes);
  return rule;
}

// What a step expects, with the headers read.
struct Expectation {
  std::optional<uint64_t> status;
  TextMatcher body;
  std::optional<absl::string_view> json;
  HttpHeaders headers;
};

struct Exchange {
  HttpRequest request;
  Expectation expected;
};

// Reads what `step` asks and expects, or fails it.
std::optional<Exchange> ReadExchange(StepRunner& runner, const Step& step) {
  using Field = HttpRequestStep::Field;
  if (step.has(Field::kExpectBody) && step.has(Field::kExpectJson)) {
    runner.Fail(FindingKind::kChecker, "http_request_invalid",
                "HttpRequest: cannot set both expect_body and expect_json");
    return std::nullopt;
  }
  absl::StatusOr<HttpHeaders> sent = ReadHeaders(step, Field::kHeaders);
  absl::StatusOr<HttpHeaders> wanted = ReadHeaders(step, Field::kExpectHeaders);
  for (const absl::Status& status : {sent.status(), wanted.status()}) {
    if (status.ok()) continue;
    runner.Fail(FindingKind::kChecker, "http_header_invalid",
                std::string(status.message()));
    return std::nullopt;
  }
  Exchange exchange;
  exchange.request = {std::string(step.text(Field::kMethod)),
                      std::string(step.text(Field::kPath)), *std::move(sent),
                      std::string(step.text(Field::kBody)),
                      runner.RemainingLimit()};
  Expectation& expected = exchange.expected;
  if (step.has(Field::kExpectStatus)) {
    expected.status = step.u64(Field::kExpectStatus);
  }
  expected.body = MatcherOf(step, kBodyFields);
  if (step.has(Field::kExpectJson)) {
    expected.json = step.text(Field::kExpectJson);
  }
  expected.headers = *std::move(wanted);
  return exchange;
}

void StrikeFaults(const Faults& faults, HttpResponse& response) {
  if (faults.Strike(FaultSite::kHttpTimeout)) {
    response.end = HttpResponse::End::kTimedOut;
  } else if (faults.Strike(FaultSite::kHttpReset)) {
    response.end = HttpResponse::End::kReset;
  } else if (faults.Strike(FaultSite::kHttp5xx)) {
    response.status = kUnavailable;
  } else if (faults.Strike(FaultSite::kHttpSlow)) {
    response.delay = SaturatingAdd(response.delay, kSlowDelay);
  }
}

// Answers from the rules, or fails the step.
std::optional<HttpResponse> RequestScripted(StepRunner& runner,
                                            const HttpRequest& request) {
  const HttpRule* rule = runner.world().http_rules().Take(
      [&](const HttpRule& candidate) { return candidate.Fits(request); });
  if (rule == nullptr) {
    FailAssertion(runner, "http_unmatched",
                  absl::StrCat("no http mock matched ", request.method, " ",
                               request.url));
    return std::nullopt;
  }
  HttpResponse response;
  response.status = rule->status;
  response.headers = rule->headers;
  response.body = rule->body;
  response.delay = rule->delay;
  StrikeFaults(runner.world().faults(), response);
  if (response.delay > 0 && !runner.Sleep(response.delay)) return std::nullopt;
  return response;
}

void FailUnlessJsonEqual(StepRunner& runner, absl::string_view expected,
                         absl::string_view body) {
  if (!IsJson(body)) {
    FailAssertion(runner, "http_json_parse",
                  absl::StrCat("http response is not JSON: ", Quote(body)));
  } else if (!JsonEqual(expected, body)) {
    FailAssertion(
        runner, "http_json",
        absl::StrCat("http response json mismatch: expected ",
                     CanonicalJson(expected), ", got ", CanonicalJson(body)));
  }
}

void FailUnlessMet(StepRunner& runner, const Expectation& expected,
                   const HttpResponse& response) {
  if (expected.status && response.status != *expected.status) {
    FailAssertion(runner, "http_status",
                  absl::StrCat("expected status ", *expected.status, ", got ",
                               response.status));
  }
  if (runner.has_failed()) return;
  if (const auto wrong = Mismatch(expected.body, response.body)) {
    FailAssertion(runner, "http_body",
                  absl::StrCat("http response body mismatch: ", *wrong));
  }
  if (runner.has_failed()) return;
  if (expected.json) {
    FailUnlessJsonEqual(runner, *expected.json, response.body);
  }
  for (const auto& [name, value] : expected.headers) {
    if (runner.has_failed()) return;
    const std::string* found = FindHeader(response.headers, name, value);
    if (found != nullptr && *found == value) continue;
    FailAssertion(
        runner, "http_headers",
        absl::StrCat("http response header mismatch for ", Quote(name),
                     ": expected ", Quote(value), ", got ", QuoteFound(found)));
  }
}

// Fails the step unless the server answered.
void FailUnlessAnswered(StepRunner& runner, const HttpRequest& request,
                        const HttpResponse& response) {
  const std::string what =
      absl::StrCat("no answer to ", request.method, " ", request.url, ": ");
  switch (response.end) {
    case HttpResponse::End::kAnswered:
      return;
    case HttpResponse::End::kTimedOut:
      // A live server is given all the time the run has left.
      if (runner.world().http() != nullptr && runner.config().timeout) {
        runner.TimeOut(what + "the time limit was reached");
        return;
      }
      FailAssertion(runner, "http_timeout", what + "timed out");
      return;
    case HttpResponse::End::kReset:
      FailAssertion(runner, "http_reset", what + "connection reset");
      return;
    case HttpResponse::End::kFailed:
      FailAssertion(runner, "http_failed", what + response.reason);
      return;
  }
}

// Whether `rule` speaks of a live request: it names the whole URL, or the
// part of it from the path on.
bool FitsLive(const HttpRule& rule, const HttpRequest& request) {
  if (rule.method != request.method) return false;
  if (rule.path == request.url) return true;
  const size_t host = request.url.find("://");
  const size_t path =
      host == std::string::npos ? host : request.url.find('/', host + 3);
  return path != std::string::npos &&
         absl::string_view(request.url).substr(path) == rule.path;
}

// With rules, a live server must answer as one of them says.
void FailUnlessRuled(StepRunner& runner, const HttpRequest& request,
                     const HttpResponse& response) {
  Rules<HttpRule>& rules = runner.world().http_rules();
  if (rules.empty()) return;
  const HttpRule* rule = rules.Take(
      [&](const HttpRule& candidate) { return FitsLive(candidate, request); });
  if (rule == nullptr) {
    FailAssertion(runner, "http_when_host_unmatched",
                  absl::StrCat("no http_when matches ", request.method, " ",
                               request.url));
    return;
  }
  Expectation expected;
  expected.status = rule->status;
  if (rule->is_json) {
    expected.json = rule->body;
  } else if (rule->has_body) {
    expected.body.equals = rule->body;
  }
  expected.headers = rule->headers;
  FailUnlessMet(runner, expected, response);
}

std::optional<HttpResponse> RequestLive(StepRunner& runner,
                                        const HttpRequest& request) {
  if (!absl::StartsWith(request.url, "http://") &&
      !absl::StartsWith(request.url, "https://")) {
    runner.Fail(FindingKind::kChecker, "http_host_url",
                absl::StrCat("expected an absolute http or https URL, got ",
                             Quote(request.url)));
    return std::nullopt;
  }
  return runner.world().http()->Request(request);
}

}  // namespace

void HttpWhen::Check(const Step& step, CheckReport& report) {
  if (step.has(kBody) && step.has(kJson)) {
    report.Mistake(step, kJson, "both \"body\" and \"json\"", "one of them");
  }
  if (const auto headers = ReadHeaders(step, kHeaders); !headers.ok()) {
    report.Mistake(step, kHeaders, std::string(headers.status().message()),
                   "header names and values without line breaks");
  }
  if (step.has(kDelay) && !ParseDuration(step.text(kDelay)).ok()) {
    report.Mistake(step, kDelay, Quote(step.text(kDelay)),
                   "a duration such as \"10ms\"");
  }
}

void HttpWhen::Run(StepRunner& runner, const Step& step) {
  std::optional<HttpRule> rule = ReadRule(runner, step);
  if (rule) runner.world().http_rules().Add(*std::move(rule));
}

void HttpRequestStep::Check(const Step& step, CheckReport& report) {
  CheckPattern(step, kBodyFields, report);
  if (step.has(kExpectBody) && step.has(kExpectJson)) {
    report.Mistake(step, kExpectJson,
                   "both \"expect_body\" and \"expect_json\"", "one of them");
  }
  for (const size_t field : {kHeaders, kExpectHeaders}) {
    const auto headers = ReadHeaders(step, field);
    if (headers.ok()) continue;
    report.Mistake(step, field, std::string(headers.status().message()),
                   "header names and values without line breaks");
  }
}

void HttpRequestStep::Run(StepRunner& runner, const Step& step) {
  const std::optional<Exchange> exchange = ReadExchange(runner, step);
  if (!exchange) return;
  const HttpRequest& request = exchange->request;
  const bool is_live = runner.world().http() != nullptr;
  const std::optional<HttpResponse> response =
      is_live ? RequestLive(runner, request) : RequestScripted(runner, request);
  if (!response) return;
  runner.Tell(EventKind::kHttpRequest, {response->status, response->delay},
              {request.method, request.url});
  FailUnlessAnswered(runner, request, *response);
  if (is_live && !runner.has_failed()) {
    FailUnlessRuled(runner, request, *response);
  }
  if (!runner.has_failed()) {
    FailUnlessMet(runner, exchange->expected, *response);
  }
  if (runner.has_failed() || !step.has(kSaveBodyAs)) return;
  runner.world().kv().Set(step.text(kSaveBodyAs), response->body);
}

}  // namespace fozzy
