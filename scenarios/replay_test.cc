#include "scenarios/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "absl/strings/str_cat.h"
#include "backends/testing/fake_host.h"
#include "scenarios/testing/recorded_run.h"
#include "scenarios/testing/scenario_run.h"
#include "sim/testing/scripted_strategy.h"
#include "trace/testing/craft.h"
#include "trace/testing/edit.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

std::string PathOf(const std::string& name) {
  return testing::TempDir() + "replay_test_" + name + ".fozzy";
}

// Something of everything a scripted run can have.
constexpr char kSteps[] =
    R"({"type":"net_set_drop_rate","rate":0.5},
       {"type":"net_send","from":"a","to":"b","payload":"p"},
       {"type":"net_deliver_one"},
       {"type":"memory_alloc","bytes":8},
       {"type":"assert_throws","steps":[{"type":"fail","message":"inner"}]},
       {"type":"trace_event","name":"mine"},
       {"type":"sleep","duration":"3ms"},
       {"type":"fail","message":"outer"})";

// Records a run of kSteps, lets `change` forge the recording, and returns
// where the replay parts from it.
std::string DriftAfter(const std::string& name,
                       const std::function<void(EditableTrace&)>& change) {
  const std::string path = PathOf(name);
  RecordRun(ParseOrDie(FileOfSteps(kSteps)), {}, path);
  auto trace = LoadTrace(path);
  EXPECT_TRUE(trace.ok());
  change(*trace);
  EXPECT_TRUE(SaveTrace(*trace, path).ok());
  return DriftOf(path);
}

EditableRecord& FirstOf(EditableTrace& trace, EventKind kind) {
  for (EditableRecord& record : trace.records) {
    if (record.kind == TraceRecordKind::kEvent && record.event == kind) {
      return record;
    }
  }
  ADD_FAILURE() << "no such event";
  return trace.records.front();
}

TEST(ReplayTest, ARecordingThatWasNotTouchedHasNoDrift) {
  EXPECT_EQ(DriftAfter("same", [](EditableTrace&) {}), "");
}

TEST(ReplayTest, GivesBackTheRunAsItWasRecorded) {
  const std::string path = PathOf("report");
  const Scenario scenario = ParseOrDie(FileOfSteps(kSteps));
  const RunReport recorded = RecordRun(scenario, {}, path);
  RecordingSink heard;
  const auto replay = ReplayTrace({path, &heard});
  ASSERT_TRUE(replay.ok());
  EXPECT_TRUE(replay->is_complete);
  EXPECT_EQ(OutcomeOf(replay->run), OutcomeOf(recorded));
  EXPECT_EQ(replay->run.digest, recorded.digest);
  EXPECT_EQ(replay->config, DetConfig());
  EXPECT_EQ(replay->scenario->source(), scenario.source());
  EXPECT_EQ(heard.events, RunParsed(scenario).heard.events);
}

// D12: decisions, events, findings, status and figures are all compared.
TEST(ReplayDriftTest, AnEventThatDiffersIsNamedWithItsRecordAndStep) {
  EXPECT_EQ(DriftAfter("event",
                       [](EditableTrace& trace) {
                         FirstOf(trace, EventKind::kUser).texts[0] = "yours";
                       }),
            "record 13 (step 6): recorded @0ms user step=6 name=yours, "
            "replayed @0ms user step=6 name=mine");
}

TEST(ReplayDriftTest, EveryPartOfAnEventIsCompared) {
  EXPECT_THAT(DriftAfter("time",
                         [](EditableTrace& trace) {
                           ++FirstOf(trace, EventKind::kUser).time;
                         }),
              HasSubstr("record 13 "));
  EXPECT_THAT(DriftAfter("number",
                         [](EditableTrace& trace) {
                           ++FirstOf(trace, EventKind::kUser).numbers[0];
                         }),
              HasSubstr("record 13 "));
  EXPECT_THAT(DriftAfter("kind",
                         [](EditableTrace& trace) {
                           FirstOf(trace, EventKind::kUser).event =
                               EventKind::kStep;
                         }),
              HasSubstr("record 13 "));
}

TEST(ReplayDriftTest, ADecisionOfAnotherKindOrMissingOrInExcessIsNamed) {
  const auto decision = [](EditableTrace& trace) {
    auto record = trace.records.begin();
    while (record->kind != TraceRecordKind::kDecision) ++record;
    return record;
  };
  EXPECT_THAT(DriftAfter("other",
                         [&](EditableTrace& trace) {
                           decision(trace)->decision.kind = ChoiceKind::kFault;
                         }),
              HasSubstr("record 4 (step 2): recorded "));
  EXPECT_THAT(DriftAfter("missing",
                         [&](EditableTrace& trace) {
                           trace.records.erase(decision(trace));
                         }),
              HasSubstr("record 4 (step 2): recorded "));
  EXPECT_THAT(DriftAfter("excess",
                         [&](EditableTrace& trace) {
                           trace.records.insert(decision(trace),
                                                *decision(trace));
                         }),
              HasSubstr("record 5 (step 2): recorded "));
  EXPECT_THAT(DriftAfter("impossible",
                         [&](EditableTrace& trace) {
                           decision(trace)->decision.answer = 2;
                         }),
              HasSubstr("record 4 (step 2): recorded "));
}

// Another answer is another run: it is obeyed, and what follows differs.
TEST(ReplayDriftTest, AnotherAnswerShowsInWhatItCauses) {
  EXPECT_THAT(DriftAfter("answer",
                         [](EditableTrace& trace) {
                           for (EditableRecord& record : trace.records) {
                             record.decision.answer ^= 1;
                           }
                         }),
              HasSubstr("record 5 (step 2): recorded "));
}

TEST(ReplayDriftTest, ARecordingThatEndsTooEarlyOrTooLateIsNamed) {
  EXPECT_THAT(
      DriftAfter("early",
                 [](EditableTrace& trace) { trace.records.pop_back(); }),
      HasSubstr("recorded the end, replayed more"));
  EXPECT_THAT(DriftAfter("late",
                         [](EditableTrace& trace) {
                           trace.records.push_back(trace.records.back());
                         }),
              HasSubstr("replayed the end"));
}

TEST(ReplayDriftTest, TheEndOfTheRunIsComparedToo) {
  EXPECT_THAT(
      DriftAfter("status",
                 [](EditableTrace& trace) { trace.footer.status = "pass"; }),
      HasSubstr("recorded status pass, replayed status fail"));
  EXPECT_THAT(DriftAfter("findings",
                         [](EditableTrace& trace) {
                           trace.footer.findings[0].message = "another";
                         }),
              HasSubstr("recorded findings [assertion/fail: another], replayed "
                        "findings [assertion/fail: outer]"));
  EXPECT_THAT(
      DriftAfter("no_finding",
                 [](EditableTrace& trace) { trace.footer.findings.clear(); }),
      HasSubstr("recorded findings [], replayed "));
  EXPECT_THAT(
      DriftAfter("virtual_time",
                 [](EditableTrace& trace) { trace.footer.virtual_time = 4; }),
      HasSubstr("recorded virtual time 4, replayed virtual time 3"));
  EXPECT_THAT(
      DriftAfter("steps", [](EditableTrace& trace) { ++trace.footer.steps; }),
      HasSubstr("recorded 10 steps, replayed 9 steps"));
  EXPECT_THAT(DriftAfter("figures",
                         [](EditableTrace& trace) {
                           trace.footer.results[0].second = "9";
                         }),
              HasSubstr("recorded figures [memory.alloc_count=9"));
}

// D11: whatever the outcome, it replays; the time-out is an observation.
TEST(ReplayTest, ARunInRealTimeThatTimedOutReplaysWithoutAClock) {
  FakeWall wall;
  ScenarioRunOptions options;
  options.config.is_det = false;
  options.config.timeout = 100;
  options.host.wall = &wall;
  const std::string path = PathOf("timeout");
  const RunReport report =
      RecordRun(ParseOrDie(FileOfSteps(R"({"type":"sleep","duration":"1s"})")),
                options, path);
  ASSERT_EQ(report.status, RunStatus::kTimeout);
  EXPECT_EQ(DriftOf(path), "");
}

TEST(ReplayTest, WhatTheHostSaidComesFromTheTrace) {
  FakeWall wall;
  FakeProc proc;
  proc.answer.out = "hello";
  proc.answer.exit_code = 3;
  ScenarioRunOptions options;
  options.config.has_host_proc = true;
  options.host.wall = &wall;
  options.host.proc = &proc;
  const std::string path = PathOf("host");
  RecordRun(ParseOrDie(FileOfSteps(
                R"({"type":"proc_spawn","cmd":"c","save_stdout_as":"k"},
                   {"type":"get_kv_assert","key":"k","equals":"bye"})")),
            options, path);
  EXPECT_EQ(DriftOf(path), "");
  EXPECT_EQ(proc.asked.size(), 1u);

  auto trace = LoadTrace(path);
  ASSERT_TRUE(trace.ok());
  for (EditableRecord& record : trace->records) {
    if (record.kind == TraceRecordKind::kObservation) {
      record.observation.texts[0] = "bye";
    }
  }
  ASSERT_TRUE(SaveTrace(*trace, path).ok());
  EXPECT_THAT(DriftOf(path), HasSubstr(R"(got Some(\"hello\"))"));
}

TEST(ReplayTest, AnObservationOfAnotherKindOrFormIsADrift) {
  FakeWall wall;
  FakeProc proc;
  ScenarioRunOptions options;
  options.config.has_host_proc = true;
  options.host.wall = &wall;
  options.host.proc = &proc;
  const std::string path = PathOf("observation");
  for (const bool is_malformed : {false, true}) {
    RecordRun(ParseOrDie(FileOfSteps(R"({"type":"proc_spawn","cmd":"c"})")),
              options, path);
    auto trace = LoadTrace(path);
    ASSERT_TRUE(trace.ok());
    for (EditableRecord& record : trace->records) {
      if (record.kind != TraceRecordKind::kObservation) continue;
      record.observation.kind =
          is_malformed ? ObservationKind::kProcess : ObservationKind::kHttp;
      if (is_malformed) record.observation.numbers.clear();
    }
    ASSERT_TRUE(SaveTrace(*trace, path).ok());
    EXPECT_THAT(DriftOf(path), HasSubstr("(step 0): recorded "));
  }
}

TEST(ReplayTest, ADistributedRunReplaysAnswerByAnswer) {
  ScriptedStrategy strategy({1, 0, 1});
  ScenarioRunOptions options;
  options.strategy = &strategy;
  const std::string path = PathOf("cluster");
  RecordRun(ParseOrDie(FileOfCluster(
                R"("node_count":3,"steps":[
                    {"type":"client_put","node":"n0","key":"k","value":"a"},
                    {"type":"partition","a":"n0","b":"n2"},
                    {"type":"client_put","node":"n1","key":"k","value":"b"}],
                   "invariants":[{"type":"kv_all_equal","key":"k"}])")),
            options, path);
  EXPECT_EQ(DriftOf(path), "");
}

// What a killed run leaves is replayed as far as it goes.
TEST(ReplayTest, APartialTraceReplaysAsFarAsItGoes) {
  std::string steps;
  for (int i = 0; i < 30'000; ++i) {
    absl::StrAppend(&steps, i == 0 ? "" : ",", R"({"type":"rand_u64"})");
  }
  const std::string path = PathOf("partial");
  RecordRun(ParseOrDie(FileOfSteps(steps)), {}, path);
  const std::string bytes = ReadFileOrDie(path);
  const auto whole = LoadTrace(path);
  ASSERT_TRUE(whole.ok());
  uint64_t longest = 0;
  for (size_t percent = 75; percent < 100; percent += 3) {
    WriteFileOrDie(
        path, absl::string_view(bytes).substr(0, bytes.size() * percent / 100));
    const auto cut = LoadTrace(path);
    if (!cut.ok()) continue;  // within the scenario
    RecordingSink heard;
    const auto replay = ReplayTrace({path, &heard});
    ASSERT_TRUE(replay.ok());
    EXPECT_FALSE(replay->is_complete);
    EXPECT_FALSE(replay->drift.has_value()) << replay->drift->Text();
    longest = std::max<uint64_t>(longest, cut->records.size());
    // The run itself goes on to its end.
    EXPECT_EQ(heard.events.size(), 30'000u);
  }
  EXPECT_GT(longest, 30'000u);
  EXPECT_LT(longest, whole->records.size());
}

TEST(ReplayTest, APartialTraceWithAnotherEventDrifts) {
  const std::string path = PathOf("partial_drift");
  EXPECT_NE(DriftAfter("partial_drift",
                       [](EditableTrace& trace) {
                         FirstOf(trace, EventKind::kUser).texts[0] = "yours";
                       }),
            "");
  const std::string bytes = ReadFileOrDie(path);
  WriteFileOrDie(path, absl::string_view(bytes).substr(0, bytes.size() - 1));
  const auto replay = ReplayTrace({path});
  ASSERT_TRUE(replay.ok());
  EXPECT_FALSE(replay->is_complete);
  EXPECT_TRUE(replay->drift.has_value());
}

TEST(ReplayTest, WhatCannotBeReplayedSaysWhy) {
  EXPECT_EQ(ReplayTrace({PathOf("never_written")}).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_THAT(DriftAfter("newer",
                         [](EditableTrace& trace) {
                           trace.header.settings.push_back({"gravity", "on"});
                         }),
              HasSubstr("FAILED_PRECONDITION"));
  EXPECT_THAT(DriftAfter("scenario",
                         [](EditableTrace& trace) { trace.scenario = "{}"; }),
              HasSubstr("DATA_LOSS"));
}

}  // namespace
}  // namespace fozzy
