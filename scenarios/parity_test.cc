// The same scenarios with virtual and with host backends come to the same.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "backends/host/host_clock.h"
#include "backends/host/host_fs.h"
#include "backends/host/host_http.h"
#include "backends/host/host_proc.h"
#include "backends/host/testing/http_server.h"
#include "backends/host/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scenarios/compare.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"
#include "scenarios/schedule.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

Scenario MakeScenario(const std::string& steps) {
  ParseOutcome outcome = ParseScenario(
      "parity.fozzy.json",
      absl::StrCat(R"({"version":1,"name":"parity","steps":[)", steps, "]}"),
      ScenarioTables());
  EXPECT_TRUE(outcome.scenario) << outcome.problems[0].Message();
  return *std::move(outcome.scenario);
}

// Both worlds, each fresh.
struct Worlds {
  Worlds() : fs(*HostFs::Open({.root = folder.path()})) {
    for (RunConfig* config : {&scripted, &live}) config->is_det = true;
    live.has_host_proc = live.has_host_fs = live.has_host_http = true;
    host.wall = &clock;
    host.proc = &proc;
    host.http = &http;
    host.fs = fs.get();
  }

  TempFolder folder;
  HostClock clock;
  HostProc proc;
  HostHttp http;
  std::unique_ptr<HostFs> fs;
  Host host;
  RunConfig scripted;
  RunConfig live;
};

Comparison Compare(const std::string& steps) {
  Worlds worlds;
  const absl::StatusOr<Comparison> comparison = CompareRuns(
      MakeScenario(steps), {&worlds.scripted, {}}, {&worlds.live, worlds.host});
  EXPECT_TRUE(comparison.ok()) << comparison.status();
  return *comparison;
}

// Returns "" if the runs are the same, or what they came to, "X | Y".
std::string DifferenceOf(const std::string& steps) {
  const Comparison comparison = Compare(steps);
  if (!comparison.difference) return "";
  return absl::StrCat(comparison.difference->left, " | ",
                      comparison.difference->right);
}

// Returns the title of the finding with virtual backends, or "".
std::string VirtualTitle(const std::string& steps) {
  const Scenario scenario = MakeScenario(steps);
  RunConfig config;
  config.is_det = true;
  ScheduleStrategy schedule(scenario.variant(), config);
  RunInputs inputs;
  inputs.scenario = &scenario;
  inputs.config = &config;
  inputs.strategy = &schedule.strategy();
  const absl::StatusOr<RunReport> report = RunScenario(inputs);
  return report->findings.empty() ? "" : report->findings[0].title;
}

// A scenario and the title of the finding it comes to, on both.
struct Case {
  std::string title;
  std::string steps;
};

void ExpectAlike(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(VirtualTitle(c.steps), c.title) << c.steps;
    EXPECT_THAT(DifferenceOf(c.steps), IsEmpty()) << c.steps;
  }
}

std::string Write(const std::string& path, const std::string& data) {
  return absl::StrCat(R"({"type":"fs_write","path":")", path, R"(","data":")",
                      data, R"("})");
}

std::string Read(const std::string& path, const std::string& data) {
  return absl::StrCat(R"({"type":"fs_read_assert","path":")", path,
                      R"(","equals":")", data, R"("})");
}

std::string Snapshot(const std::string& name) {
  return absl::StrCat(R"({"type":"fs_snapshot","name":")", name, R"("})");
}

std::string Restore(const std::string& name) {
  return absl::StrCat(R"({"type":"fs_restore","name":")", name, R"("})");
}

std::string Steps(const std::vector<std::string>& steps) {
  std::string joined;
  for (const std::string& step : steps) {
    absl::StrAppend(&joined, joined.empty() ? "" : ",", step);
  }
  return joined;
}

TEST(ParityTest, FilesAreWrittenReadAndOverwritten) {
  ExpectAlike({
      {"", Steps({Write("f", "x"), Read("f", "x"), Write("f", ""),
                  Read("f", ""), Write("f", "longer"), Read("f", "longer")})},
      {"", Steps({Write("d/e/f", "größe\\n\\u0000"),
                  Read("d/e/f", "größe\\n\\u0000")})},
      {"", Steps({Write("d/./e/../f", "x"), Read("d//f", "x"),
                  Read("./d/f", "x")})},
      {"fs_read_assert", Steps({Write("f", "x"), Read("f", "y")})},
      {"fs_read_assert", Steps({Read("none", "x")})},
      {"fs_read_assert", Steps({Write("d/f", "x"), Read("d/none/f", "x")})},
  });
}

TEST(ParityTest, PathsThatNameNoFileAreRefused) {
  const std::string file = Write("d/f", "x");
  for (const std::string path : {"", ".", "..", "../f", "d/../../f", "d", "d/",
                                 "d/.", "d/f/", "d/f/..", "f\\u0000g"}) {
    ExpectAlike({{"fs_path", Steps({file, Write(path, "y")})},
                 {"fs_path", Steps({file, Read(path, "y")})}});
  }
  // What went before is there still.
  ExpectAlike({{"", Steps({file,
                           R"({"type":"assert_throws","steps":[)" +
                               Write("../f", "y") + "]}",
                           Read("d/f", "x")})}});
}

TEST(ParityTest, AFileIsNoFolder) {
  ExpectAlike({{"fs_write", Steps({Write("f", "x"), Write("f/g", "y")})},
               {"fs_write", Steps({Write("f", "x"), Write("f/g/h", "y")})},
               {"fs_read_assert", Steps({Write("f", "x"), Read("f/g", "y")})}});
}

TEST(ParityTest, SnapshotsAreRestored) {
  ExpectAlike({
      {"", Steps({Write("a", "1"), Snapshot("s"), Write("a", "2"),
                  Write("d/b", "3"), Restore("s"), Read("a", "1"),
                  Write("a", "4"), Restore("s"), Read("a", "1")})},
      {"fs_read_assert", Steps({Snapshot("s"), Write("d/b", "3"), Restore("s"),
                                Read("d/b", "3")})},
      {"",
       Steps({Write("a", "1"), Snapshot("s"), Write("a", "2"), Snapshot("s"),
              Write("a", "3"), Restore("s"), Read("a", "2")})},
      {"fs_restore_missing_snapshot", Steps({Write("a", "1"), Restore("s")})},
      // A file becomes a folder, and back.
      {"", Steps({Snapshot("none"), Write("a", "1"), Snapshot("file"),
                  Restore("none"), Write("a/b", "2"), Snapshot("folder"),
                  Restore("file"), Read("a", "1"), Restore("folder"),
                  Read("a/b", "2")})},
  });
}

TEST(ParityTest, FilesDifferByDesignInTheseWaysOnly) {
  // The virtual root is the root of all there is; on the host "/f" lies
  // outside of the folder that a run is confined to.
  EXPECT_THAT(DifferenceOf(Write("/f", "x")),
              AllOf(StartsWith("ok"), HasSubstr("| checker/host_fs_path")));
  // Disks bound the length of names, memory does not.
  EXPECT_THAT(DifferenceOf(Write(std::string(256, 'n'), "x")),
              AllOf(StartsWith("ok"), HasSubstr("ENAMETOOLONG")));
  // assert_throws takes back what its steps did, but not on the host.
  EXPECT_THAT(DifferenceOf(Steps({Write("f", "1"),
                                  R"({"type":"assert_throws","steps":[)" +
                                      Write("f", "2") +
                                      R"(,{"type":"fail","message":"no"}]})",
                                  Read("f", "1")})),
              AllOf(StartsWith("ok"), HasSubstr("| assertion/fs_read_assert")));
}

// A rule and a spawn that runs `script` in a shell, with further members.
std::string Shell(const std::string& script, const std::string& rule,
                  const std::string& spawn) {
  const std::string command =
      absl::StrCat(R"("cmd":"/bin/sh","args":["-c",")", script, R"("])");
  return absl::StrCat(R"({"type":"proc_when",)", command, ",", rule,
                      R"(},{"type":"proc_spawn",)", command,
                      spawn.empty() ? "" : ",", spawn, "}");
}

TEST(ParityTest, ProcessesAnswerAsTheirRulesSay) {
  const std::string get = R"(,{"type":"get_kv_assert","key":"k","equals":")";
  ExpectAlike({
      {"", Shell("exit 3", R"("exit_code":3)", R"("expect_exit":3)")},
      {"proc_exit", Shell("exit 3", R"("exit_code":3)", R"("expect_exit":0)")},
      {"", Shell("printf out; printf err >&2",
                 R"("exit_code":0,"stdout":"out","stderr":"err")",
                 R"("expect_stdout":"out","expect_stderr":"err")")},
      {"proc_stdout", Shell("printf out", R"("exit_code":0,"stdout":"out")",
                            R"("expect_stdout":"other")")},
      {"proc_stderr", Shell("printf err >&2", R"("exit_code":0,"stderr":"err")",
                            R"("expect_stderr":"other")")},
      {"", Shell("printf 'a\\nb'", R"("exit_code":0,"stdout":"a\nb")",
                 R"("save_stdout_as":"k")") +
               get + R"(a\nb"})"},
      {"", Shell("kill -9 $$", R"("exit_code":-1)", R"("expect_exit":-1)")},
      {"", Shell("kill -9 $$", R"("exit_code":-1)", "")},
      {"proc_exit",
       Shell("kill -9 $$", R"("exit_code":-1)", R"("expect_exit":0)")},
  });
}

TEST(ParityTest, ArgumentsArriveAsTheyAreWritten) {
  const std::string command =
      R"("cmd":"/usr/bin/printf","args":["[%s]","a b","größe","","$HOME *","\""])";
  ExpectAlike(
      {{"", absl::StrCat(
                R"({"type":"proc_when",)", command,
                R"(,"exit_code":0,"stdout":"[a b][größe][][$HOME *][\"]"},)",
                R"({"type":"proc_spawn",)", command,
                R"(,"expect_exit":0,"save_stdout_as":"k"},)",
                R"({"type":"get_kv_assert","key":"k",)",
                R"("equals":"[a b][größe][][$HOME *][\"]"})")}});
}

TEST(ParityTest, ASpawnThatNoRuleFitsFails) {
  const std::string when =
      R"({"type":"proc_when","cmd":"/bin/true","exit_code":0,"times":1},)";
  const std::string spawn = R"({"type":"proc_spawn","cmd":"/bin/true"})";
  ExpectAlike(
      {{"", when + spawn},
       {"proc_unmatched", when + spawn + "," + spawn},
       {"proc_unmatched", when + R"({"type":"proc_spawn","cmd":"/bin/true",)" +
                              R"("args":["x"]})"}});
}

TEST(ParityTest, ProcessesDifferByDesignInTheseWaysOnly) {
  // Without rules the host just runs things.
  EXPECT_THAT(DifferenceOf(R"({"type":"proc_spawn","cmd":"/bin/true"})"),
              AllOf(StartsWith("assertion/proc_unmatched"), HasSubstr("| ok")));
  // What there is not cannot be started, whatever the rules say.
  const std::string none = R"("cmd":"no-such-command")";
  EXPECT_THAT(DifferenceOf(absl::StrCat(
                  R"({"type":"proc_when",)", none,
                  R"(,"exit_code":127},{"type":"proc_spawn",)", none, "}")),
              AllOf(StartsWith("ok, exit code 127"),
                    HasSubstr("| assertion/proc_spawn")));
  // A rule that says nothing of the output prints nothing, and holds for
  // whatever is printed.
  EXPECT_THAT(
      DifferenceOf(
          Shell("printf x", R"("exit_code":0)", R"("save_stdout_as":"k")")),
      AllOf(HasSubstr(R"(key "k" = "" |)"), HasSubstr(R"(key "k" = "x")")));
}

TEST(ParityTest, ARuleThatLiesIsADifference) {
  EXPECT_THAT(DifferenceOf(Shell("exit 3", R"("exit_code":0)", "")),
              AllOf(StartsWith("ok, exit code 0"),
                    HasSubstr("| assertion/proc_exit: expected exit 0, got 3 "
                              "(proc_when)")));
  EXPECT_THAT(
      DifferenceOf(Shell("printf x", R"("exit_code":0,"stdout":"y")",
                         R"("expect_stdout":"z")")),
      AllOf(StartsWith("assertion/proc_stdout"),
            HasSubstr("| assertion/proc_stdout"), HasSubstr("(proc_when)")));
}

HttpServer::Reply Answer(const std::string& request) {
  if (request.starts_with("GET /json ")) {
    return Ok(R"({ "b" : [1, 2], "a" : "x" })");
  }
  if (request.starts_with("GET /headers ")) {
    return {"HTTP/1.1 200 OK\r\nX-Answer:  42 \r\nContent-Length: 0\r\n\r\n"};
  }
  if (request.starts_with("POST /text ")) return Ok("posted");
  if (request.starts_with("GET /text ")) return Ok("größe\n");
  return {"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone"};
}

// A rule and a request of `method` for `path` with further members; "URL" in
// them is the server's.
std::string Exchange(const std::string& target, const std::string& rule,
                     const std::string& request) {
  return absl::StrCat(R"({"type":"http_when",)", target, ",", rule,
                      R"(},{"type":"http_request",)", target,
                      request.empty() ? "" : ",", request, "}");
}

std::string Get(const HttpServer& server, const std::string& path) {
  return absl::StrCat(R"("method":"GET","path":")", server.Url(path), R"(")");
}

TEST(ParityTest, ServersAnswerAsTheirRulesSay) {
  HttpServer server(Answer);
  const std::string text = Get(server, "/text");
  const std::string rule = R"("status":200,"body":"größe\n")";
  ExpectAlike({
      {"", Exchange(text, rule, R"("expect_status":200)")},
      {"http_status", Exchange(text, rule, R"("expect_status":201)")},
      {"", Exchange(text, rule, R"("expect_body":"größe\n")")},
      {"http_body", Exchange(text, rule, R"("expect_body":"other")")},
      {"", Exchange(text, rule, R"("save_body_as":"k")") +
               R"(,{"type":"get_kv_assert","key":"k","equals":"größe\n"})"},
      {"", Exchange(Get(server, "/none"), R"("status":404,"body":"none")",
                    R"("expect_status":404,"expect_body":"none")")},
      {"", Exchange(absl::StrReplaceAll(text, {{"GET", "POST"}}),
                    R"("status":200,"body":"posted")",
                    R"("body":"x","expect_body":"posted")")},
  });
}

TEST(ParityTest, JsonAndHeadersAreComparedAlike) {
  HttpServer server(Answer);
  const std::string json = Get(server, "/json");
  const std::string rule = R"("status":200,"json":{"a":"x","b":[1,2]})";
  const std::string headers = Get(server, "/headers");
  const std::string header_rule = R"("status":200,"headers":{"x-answer":"42"})";
  ExpectAlike({
      {"", Exchange(json, rule, R"("expect_json":{"b":[1,2],"a":"x"})")},
      {"http_json", Exchange(json, rule, R"("expect_json":{"a":"x"})")},
      {"http_json_parse",
       Exchange(Get(server, "/text"), R"("status":200,"body":"größe\n")",
                R"("expect_json":1)")},
      {"",
       Exchange(headers, header_rule, R"("expect_headers":{"X-Answer":"42"})")},
      {"http_headers",
       Exchange(headers, header_rule, R"("expect_headers":{"x-answer":"43"})")},
      {"http_headers",
       Exchange(headers, header_rule, R"("expect_headers":{"x-none":"1"})")},
  });
}

TEST(ParityTest, ARequestThatNoRuleFitsFails) {
  HttpServer server(Answer);
  const std::string text = Get(server, "/text");
  const std::string again =
      absl::StrCat(R"(,{"type":"http_request",)", text, "}");
  const std::string rule = R"("status":200,"times":1)";
  ExpectAlike({{"", Exchange(text, rule, "")},
               {"http_unmatched", Exchange(text, rule, "") + again}});
}

TEST(ParityTest, ServersDifferByDesignInTheseWaysOnly) {
  HttpServer server(Answer);
  const std::string text = Get(server, "/text");
  // Without rules the host just asks.
  EXPECT_THAT(
      DifferenceOf(absl::StrCat(R"({"type":"http_request",)", text, "}")),
      AllOf(StartsWith("assertion/http_unmatched"), HasSubstr("| ok")));
  // The host needs to be told which server.
  EXPECT_THAT(DifferenceOf(Exchange(R"("method":"GET","path":"/text")",
                                    R"("status":200)", "")),
              AllOf(StartsWith("ok"), HasSubstr("| checker/http_host_url")));
  // Rules about JSON answer with it in one layout and hold for all.
  EXPECT_THAT(
      DifferenceOf(Exchange(Get(server, "/json"),
                            R"("status":200,"json":{"a":"x","b":[1,2]})",
                            R"("save_body_as":"k")")),
      HasSubstr(R"(key "k" = "{\"a\":\"x\",\"b\":[1,2]}" | ok)"));
}

TEST(ParityTest, AServerThatAnswersOtherwiseIsADifference) {
  HttpServer server(Answer);
  const std::string text = Get(server, "/text");
  EXPECT_THAT(DifferenceOf(Exchange(text, R"("status":201)", "")),
              AllOf(StartsWith("ok, status 201"),
                    HasSubstr("| assertion/http_status")));
  EXPECT_THAT(DifferenceOf(Exchange(text, R"("status":200,"body":"y")", "")),
              AllOf(StartsWith("ok"), HasSubstr("| assertion/http_body")));
}

}  // namespace
}  // namespace fozzy
