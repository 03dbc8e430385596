#include "backends/observed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <utility>

#include "backends/testing/fake_host.h"
#include "sim/testing/recording_sink.h"
#include "sim/testing/scripted_strategy.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

// A recording that holds one observation, or none.
class OneObservation final : public ObservationSource {
 public:
  explicit OneObservation(std::optional<Observation> next)
      : next_(std::move(next)) {}

  std::optional<Observation> Next(ObservationKind kind) override {
    if (!IsNext(kind)) return std::nullopt;
    return std::exchange(next_, std::nullopt);
  }
  bool IsNext(ObservationKind kind) override {
    return next_ && next_->kind == kind;
  }

 private:
  std::optional<Observation> next_;
};

// Calls `use` with a run that asks the host, and returns what it observed.
template <typename Use>
Observation Observed(Use use) {
  ScriptedStrategy strategy;
  RecordingSink sink;
  Run run({&strategy, &sink, nullptr});
  use(run);
  EXPECT_EQ(sink.observations.size(), 1u);
  return sink.observations.at(0);
}

// Returns what `use` returns in a replay that says `observation`.
template <typename Use>
auto Replayed(std::optional<Observation> observation, Use use) {
  ScriptedStrategy strategy;
  OneObservation recorded(std::move(observation));
  Run run({&strategy, nullptr, &recorded});
  return use(run);
}

ProcResult ReplayProc(std::optional<Observation> observation) {
  return Replayed(std::move(observation), [](Run& run) {
    return ObservedProc(run, nullptr).Spawn({});
  });
}

HttpResponse ReplayHttp(std::optional<Observation> observation) {
  return Replayed(std::move(observation), [](Run& run) {
    return ObservedHttp(run, nullptr).Request({});
  });
}

FsResult ReplayRead(std::optional<Observation> observation) {
  return Replayed(std::move(observation),
                  [](Run& run) { return ObservedFs(run, nullptr).Read("a"); });
}

TEST(ObservedProcTest, TheHostIsAskedWhatTheStepAsks) {
  FakeProc host;
  Observed([&](class Run& run) {
    ObservedProc(run, &host).Spawn({"ls", {"-l"}, 30});
  });
  ASSERT_EQ(host.asked.size(), 1u);
  EXPECT_EQ(host.asked[0].cmd, "ls");
  EXPECT_THAT(host.asked[0].args, ElementsAre("-l"));
  EXPECT_EQ(host.asked[0].limit, 30u);
}

TEST(ObservedProcTest, EveryEndComesBackFromItsObservation) {
  using End = ProcResult::End;
  for (const End end :
       {End::kExited, End::kSignaled, End::kNotStarted, End::kTimedOut}) {
    FakeProc host;
    host.answer = {end,   -2147483647 - 1, 31,    std::string("o\0\xff", 3),
                   "e\n", /*is_cut=*/true, "why", 77};
    const ProcResult back = ReplayProc(
        Observed([&](class Run& run) { ObservedProc(run, &host).Spawn({}); }));
    EXPECT_EQ(back.end, end);
    EXPECT_EQ(back.exit_code, host.answer.exit_code);
    EXPECT_EQ(back.signal, 31);
    EXPECT_EQ(back.out, host.answer.out);
    EXPECT_EQ(back.err, "e\n");
    EXPECT_TRUE(back.is_cut);
    EXPECT_EQ(back.reason, "why");
  }
}

TEST(ObservedProcTest, HowLongItTookIsNotPartOfTheRun) {
  FakeProc host;
  const auto spawn = [&](class Run& run) {
    ObservedProc(run, &host).Spawn({});
  };
  host.answer.duration = 5;
  const Observation fast = Observed(spawn);
  host.answer.duration = 500;
  EXPECT_EQ(Observed(spawn), fast);
}

TEST(ObservedHttpTest, EveryEndComesBackFromItsObservation) {
  using End = HttpResponse::End;
  for (const End end :
       {End::kAnswered, End::kTimedOut, End::kReset, End::kFailed}) {
    FakeHttp host;
    host.answer = {end,   65'535, {{"a", "1"}, {"a", ""}, {"b", "2"}},
                   "x\0", true,   "why",
                   0};
    const HttpResponse back = ReplayHttp(Observed([&](class Run& run) {
      ObservedHttp(run, &host).Request({"GET", "http://h/", {}, {}, 0});
    }));
    ASSERT_EQ(host.asked.size(), 1u);
    EXPECT_EQ(host.asked[0].url, "http://h/");
    EXPECT_EQ(back.end, end);
    EXPECT_EQ(back.status, 65'535);
    EXPECT_EQ(back.headers, host.answer.headers);
    EXPECT_EQ(back.body, host.answer.body);
    EXPECT_TRUE(back.is_cut);
    EXPECT_EQ(back.reason, "why");
  }
}

TEST(ObservedFsTest, EveryOperationIsAnObservationOfItsKind) {
  FakeFs host;
  const auto kind = [&](auto operation) {
    return Observed([&](class Run& run) {
             ObservedFs fs(run, &host);
             operation(fs);
           })
        .kind;
  };
  EXPECT_EQ(kind([](Fs& fs) { fs.Write("a", "1"); }),
            ObservationKind::kFsWrite);
  EXPECT_EQ(kind([](Fs& fs) { fs.Read("a"); }), ObservationKind::kFsRead);
  EXPECT_EQ(kind([](Fs& fs) { fs.Snapshot("s"); }),
            ObservationKind::kFsSnapshot);
  EXPECT_EQ(kind([](Fs& fs) { fs.Restore("s"); }), ObservationKind::kFsRestore);
  EXPECT_THAT(host.asked,
              ElementsAre("write a=1", "read a", "snapshot s", "restore s"));
}

TEST(ObservedFsTest, EveryEndComesBackFromItsObservation) {
  using End = FsResult::End;
  for (const End end :
       {End::kDone, End::kMissing, End::kRefused, End::kFailed}) {
    FakeFs host;
    host.answer = {end, "data\0", "EIO", ~uint64_t{0}};
    const FsResult back = ReplayRead(
        Observed([&](class Run& run) { ObservedFs(run, &host).Read("a"); }));
    EXPECT_EQ(back.end, end);
    EXPECT_EQ(back.data, host.answer.data);
    EXPECT_EQ(back.reason, "EIO");
    EXPECT_EQ(back.files, ~uint64_t{0});
  }
}

constexpr char kDrifted[] = "the recording holds no answer";

TEST(ObservedTest, WithoutAnAnswerInTheRecordingTheStepFails) {
  EXPECT_EQ(ReplayProc(std::nullopt).end, ProcResult::End::kNotStarted);
  EXPECT_EQ(ReplayProc(std::nullopt).reason, kDrifted);
  EXPECT_EQ(ReplayHttp(std::nullopt).end, HttpResponse::End::kFailed);
  EXPECT_EQ(ReplayHttp(std::nullopt).reason, kDrifted);
  EXPECT_EQ(ReplayRead(std::nullopt).end, FsResult::End::kFailed);
  EXPECT_EQ(ReplayRead(std::nullopt).reason, kDrifted);
}

TEST(ObservedTest, AnAnswerToAnotherQuestionIsNone) {
  const Observation read = {ObservationKind::kFsRead, {0, 0}, {"", ""}};
  EXPECT_EQ(ReplayProc(read).reason, kDrifted);
  EXPECT_EQ(ReplayHttp(read).reason, kDrifted);
  EXPECT_EQ(ReplayRead(read).reason, "");
}

// Traces come from elsewhere: whatever they say must not crash a replay.
TEST(ObservedTest, MalformedObservationsAreNoAnswers) {
  const uint64_t huge = ~uint64_t{0};
  for (size_t numbers = 0; numbers < 7; ++numbers) {
    for (size_t texts = 0; texts < 7; ++texts) {
      const std::vector<uint64_t> all(numbers, huge);
      const std::vector<std::string> some(texts, "x");
      EXPECT_EQ(
          ReplayProc(Observation{ObservationKind::kProcess, all, some}).reason,
          kDrifted);
      EXPECT_EQ(
          ReplayHttp(Observation{ObservationKind::kHttp, all, some}).reason,
          kDrifted);
      EXPECT_EQ(
          ReplayRead(Observation{ObservationKind::kFsRead, all, some}).reason,
          kDrifted);
    }
  }
}

TEST(ObservedTest, AnEndThatDoesNotExistIsNoAnswer) {
  EXPECT_EQ(
      ReplayProc(
          Observation{ObservationKind::kProcess, {4, 0, 0, 0}, {"", "", ""}})
          .reason,
      kDrifted);
  EXPECT_EQ(
      ReplayHttp(Observation{ObservationKind::kHttp, {4, 200, 0}, {"", ""}})
          .reason,
      kDrifted);
  EXPECT_EQ(ReplayRead(Observation{ObservationKind::kFsRead, {4, 0}, {"", ""}})
                .reason,
            kDrifted);
}

TEST(ObservedTest, AHeaderWithoutAValueIsNoAnswer) {
  EXPECT_EQ(
      ReplayHttp(Observation{
                     ObservationKind::kHttp, {0, 200, 0}, {"body", "", "name"}})
          .reason,
      kDrifted);
}

}  // namespace
}  // namespace fozzy
