#include "sim/run.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "sim/testing/recording_sink.h"
#include "sim/testing/scripted_strategy.h"

namespace fozzy {
namespace {

constexpr ObservationKind kHttp = ObservationKind::kHttp;
constexpr ObservationKind kTimeout = ObservationKind::kTimeout;

// Observations from a list.
class ListedObservations final : public ObservationSource {
 public:
  explicit ListedObservations(std::vector<Observation> observations)
      : observations_(std::move(observations)) {}

  std::optional<Observation> Next(ObservationKind kind) override {
    if (!IsNext(kind)) {
      has_drifted_ = true;
      return std::nullopt;
    }
    return observations_[read_++];
  }

  bool IsNext(ObservationKind kind) override {
    return read_ < observations_.size() && observations_[read_].kind == kind;
  }

  bool has_drifted() const { return has_drifted_; }

 private:
  std::vector<Observation> observations_;
  size_t read_ = 0;
  bool has_drifted_ = false;
};

Observation MustNotAsk() {
  ADD_FAILURE() << "asked the world";
  return {};
}

// Something that happens in a run.
using Body = std::function<void(Run&)>;

// Returns the digest of a run with these answers in which `body` happens.
Digest DigestOf(const std::vector<uint64_t>& answers, const Body& body) {
  ScriptedStrategy strategy(answers);
  fozzy::Run run({.strategy = &strategy});
  body(run);
  return run.digest();
}

TEST(RunTest, AQuestionIsAnsweredByTheStrategyAndHeard) {
  ScriptedStrategy strategy({5});
  RecordingSink sink;
  fozzy::Run run({.strategy = &strategy, .sink = &sink});
  EXPECT_EQ(run.Choose(ChoiceKind::kDeliver, 9, Weight::Odds(1, 2), 3), 5u);
  EXPECT_EQ(sink.decisions,
            (std::vector<Decision>{{ChoiceKind::kDeliver, {}, 5}}));
  ASSERT_EQ(strategy.questions().size(), 1u);
  const ValueChoice& asked = strategy.questions()[0];
  EXPECT_EQ(asked.kind, ChoiceKind::kDeliver);
  EXPECT_EQ(asked.last, 9u);
  EXPECT_EQ(asked.weight.threshold, uint64_t{1} << 63);
  EXPECT_EQ(asked.draw, 3u);
}

TEST(RunTest, AQuestionWithOneAnswerIsNotAsked) {
  ScriptedStrategy strategy({7});
  RecordingSink sink;
  fozzy::Run run({.strategy = &strategy, .sink = &sink});
  const Digest before = run.digest();
  EXPECT_EQ(run.Choose(ChoiceKind::kDeliver, 0), 0u);
  EXPECT_TRUE(strategy.questions().empty());
  EXPECT_TRUE(sink.decisions.empty());
  EXPECT_EQ(run.digest(), before);
}

TEST(RunTest, EachKindOfQuestionIsNumberedByItself) {
  ScriptedStrategy strategy;
  fozzy::Run run({.strategy = &strategy});
  run.Choose(ChoiceKind::kDrop, 1);
  run.Choose(ChoiceKind::kFault, 1);
  run.Choose(ChoiceKind::kDrop, 0);  // not asked, not numbered
  run.Choose(ChoiceKind::kDrop, 1);
  const ScriptedStrategy::Questions& asked = strategy.questions();
  ASSERT_EQ(asked.size(), 3u);
  EXPECT_EQ(asked[0].key, (ChoiceKey{{}, ChoiceKind::kDrop, 0}));
  EXPECT_EQ(asked[1].key, (ChoiceKey{{}, ChoiceKind::kFault, 0}));
  EXPECT_EQ(asked[2].key, (ChoiceKey{{}, ChoiceKind::kDrop, 1}));
}

TEST(RunDeathTest, AnImpossibleAnswerIsABug) {
  ScriptedStrategy strategy({2});
  fozzy::Run run({.strategy = &strategy});
  EXPECT_DEATH(run.Choose(ChoiceKind::kDrop, 1), "check failed");
}

TEST(RunTest, EventsAreHeardWithAllTheirFields) {
  ScriptedStrategy strategy;
  RecordingSink sink;
  fozzy::Run run({.strategy = &strategy, .sink = &sink});
  run.Tell(EventKind::kNetSend, 12, {4}, {"a", "b"});
  run.Tell(EventKind::kRollback, 13, {5});
  EXPECT_EQ(sink.events,
            (std::vector<HeardEvent>{{EventKind::kNetSend, 12, {4}, {"a", "b"}},
                                     {EventKind::kRollback, 13, {5}, {}}}));
}

TEST(RunTest, OneRunHasOneDigest) {
  const auto body = [](fozzy::Run& run) {
    run.Choose(ChoiceKind::kDrop, 1);
    run.Tell(EventKind::kNetSend, 12, {4}, {"a", "b"});
    run.Observe(kHttp, [] { return Observation{kHttp, {200}, {"ok"}}; });
  };
  EXPECT_EQ(DigestOf({1}, body), DigestOf({1}, body));
}

TEST(RunTest, EverythingThatHappensMattersToTheDigest) {
  const Body bodies[] = {
      [](fozzy::Run&) {},
      [](fozzy::Run& run) { run.Choose(ChoiceKind::kDrop, 1); },
      [](fozzy::Run& run) { run.Choose(ChoiceKind::kFault, 1); },
      [](fozzy::Run& run) {
        run.Tell(EventKind::kNetSend, 1, {2}, {"a", "b"});
      },
      [](fozzy::Run& run) {
        run.Tell(EventKind::kNetDrop, 1, {2}, {"a", "b"});
      },
      [](fozzy::Run& run) {
        run.Tell(EventKind::kNetSend, 3, {2}, {"a", "b"});
      },
      [](fozzy::Run& run) {
        run.Tell(EventKind::kNetSend, 1, {3}, {"a", "b"});
      },
      [](fozzy::Run& run) {
        run.Tell(EventKind::kNetSend, 1, {2}, {"ab", ""});
      },
      [](fozzy::Run& run) { run.HasCome(kTimeout, [] { return true; }); },
      [](fozzy::Run& run) {
        run.Observe(kHttp, [] { return Observation{kHttp}; });
      },
      [](fozzy::Run& run) {
        run.Observe(kHttp, [] { return Observation{kHttp, {1}}; });
      },
      [](fozzy::Run& run) {
        run.Observe(kHttp, [] { return Observation{kHttp, {}, {"x"}}; });
      },
  };
  std::vector<std::string> digests = {DigestOf({1}, bodies[1]).Hex()};
  for (const auto& body : bodies) digests.push_back(DigestOf({}, body).Hex());
  for (size_t i = 0; i < digests.size(); ++i) {
    for (size_t j = 0; j < i; ++j) EXPECT_NE(digests[i], digests[j]) << i << j;
  }
}

TEST(RunTest, ASinkDoesNotChangeTheDigest) {
  ScriptedStrategy strategy;
  RecordingSink sink;
  fozzy::Run run({.strategy = &strategy, .sink = &sink});
  run.Choose(ChoiceKind::kDrop, 1);
  EXPECT_EQ(run.digest(), DigestOf({}, [](fozzy::Run& other) {
              other.Choose(ChoiceKind::kDrop, 1);
            }));
}

TEST(RunTest, WithoutARecordingTheWorldIsAskedAndHeard) {
  ScriptedStrategy strategy;
  RecordingSink sink;
  fozzy::Run run({.strategy = &strategy, .sink = &sink});
  EXPECT_FALSE(run.is_replay());
  const Observation said = {kHttp, {200, 5}, {"body"}};
  EXPECT_EQ(run.Observe(kHttp, [&] { return said; }), said);
  EXPECT_EQ(sink.observations, std::vector<Observation>{said});
}

TEST(RunTest, OnReplayTheRecordingIsReadAndHeard) {
  const Observation said = {kHttp, {200}, {"body"}};
  ListedObservations recorded({said});
  ScriptedStrategy strategy;
  RecordingSink sink;
  fozzy::Run run({.strategy = &strategy, .sink = &sink, .recorded = &recorded});
  EXPECT_TRUE(run.is_replay());
  EXPECT_EQ(run.Observe(kHttp, MustNotAsk), said);
  EXPECT_EQ(sink.observations, std::vector<Observation>{said});
  // The recording has come to its end.
  EXPECT_EQ(run.Observe(kHttp, MustNotAsk), std::nullopt);
  EXPECT_EQ(sink.observations.size(), 1u);
}

TEST(RunTest, AReplayHasTheDigestOfTheRecordedRun) {
  const Observation said = {kHttp, {200}, {"body"}};
  const auto body = [&](fozzy::Run& run) {
    run.Observe(kHttp, [&] { return said; });
    run.HasCome(kTimeout, [] { return true; });
  };
  ListedObservations recorded({said, {kTimeout, {}, {}}});
  ScriptedStrategy strategy;
  fozzy::Run replay({.strategy = &strategy, .recorded = &recorded});
  body(replay);
  EXPECT_EQ(replay.digest(), DigestOf({}, body));
}

TEST(RunTest, OnlyAMomentThatHasComeIsHeard) {
  ScriptedStrategy strategy;
  RecordingSink sink;
  fozzy::Run run({.strategy = &strategy, .sink = &sink});
  const Digest before = run.digest();
  EXPECT_FALSE(run.HasCome(kTimeout, [] { return false; }));
  EXPECT_TRUE(sink.observations.empty());
  EXPECT_EQ(run.digest(), before);
  EXPECT_TRUE(run.HasCome(kTimeout, [] { return true; }));
  EXPECT_EQ(sink.observations, std::vector<Observation>{{kTimeout}});
}

TEST(RunTest, OnReplayAMomentComesWhereItCame) {
  ListedObservations recorded({{kHttp, {1}, {}}, {kTimeout, {}, {}}});
  ScriptedStrategy strategy;
  fozzy::Run run({.strategy = &strategy, .recorded = &recorded});
  const auto must_not_ask = [] {
    ADD_FAILURE() << "asked the world";
    return true;
  };
  EXPECT_FALSE(run.HasCome(kTimeout, must_not_ask));
  EXPECT_TRUE(run.Observe(kHttp, MustNotAsk));
  EXPECT_TRUE(run.HasCome(kTimeout, must_not_ask));
  EXPECT_FALSE(run.HasCome(kTimeout, must_not_ask));
  EXPECT_FALSE(recorded.has_drifted());
}

}  // namespace
}  // namespace fozzy
