#include "scenarios/bodies/server_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <csignal>

#include "fozzy/sync.h"
#include "scenarios/bodies/body_registry.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

template <class Die>
void DieInSomeOrders(const Die& die) {
  atomic<int> first = 0;
  thread a([&] { first.store(1); });
  thread b([&] {
    Log("about to look");
    if (first.load() == 0) die();
  });
  a.join();
  b.join();
}

int runs = 0;

void RegisterAll() {
  RegisterBody("Dies.Killed",
               [] { DieInSomeOrders([] { std::raise(SIGKILL); }); });
  RegisterBody("Dies.Faults",
               [] { DieInSomeOrders([] { std::raise(SIGSEGV); }); });
  RegisterBody("Dies.Always", [] {
    atomic<int> one = 0;
    thread a([&] { ++one; });
    ++one;
    std::raise(SIGSEGV);
  });
  RegisterBody("Dies.Later", [] {
    DieInSomeOrders([] {});
    if (++runs > 40) std::raise(SIGSEGV);
  });
  RegisterBody("Dies.Never", [] { DieInSomeOrders([] {}); });
}

ControlRequest Request(ControlVerb verb, const std::string& test) {
  RegisterAll();
  ControlRequest request;
  request.verb = verb;
  request.test = test;
  request.config.seed = 3;
  request.range = {0, 200};
  return request;
}

ControlAnswer Ask(ServerGuard& guard, const ControlRequest& request) {
  auto answer = DecodeAnswer(guard.AnswerBytes(EncodeRequest(request)));
  EXPECT_TRUE(answer.ok()) << answer.status();
  return answer.value_or(ControlAnswer{});
}

ControlAnswer AskFresh(const ControlRequest& request) {
  ServerGuard guard("");
  return Ask(guard, request);
}

TEST(ServerGuardTest, ASearchEndsWithTheRunThatCrashes) {
  for (const std::string test : {"Dies.Killed", "Dies.Faults"}) {
    const ControlRequest request = Request(ControlVerb::kSearch, test);
    const ControlAnswer answer = AskFresh(request);
    ASSERT_TRUE(answer.block && answer.block->found) << answer.error;
    const BodyRecording& found = *answer.block->found;
    EXPECT_TRUE(found.is_crash);
    EXPECT_EQ(found.finding->kind, FindingKind::kCrash);
    EXPECT_FALSE(found.decisions.empty());
    EXPECT_LT(answer.block->digests.size(), 200u);
    EXPECT_EQ(found.log.size(), 1u);

    // The same run whatever it is searched with.
    ControlRequest late = request;
    const uint64_t run = answer.block->digests.size() - 1;
    late.range = {run, 1};
    const ControlAnswer again = AskFresh(late);
    ASSERT_TRUE(again.block && again.block->found) << again.error;
    EXPECT_EQ(DifferenceOf(found, *again.block->found), "");
  }
}

TEST(ServerGuardTest, WhatASequentialStrategyDidBeforeIsDoneAgain) {
  ControlRequest request = Request(ControlVerb::kSearch, "Dies.Faults");
  request.config.strategy = "dfs";
  ServerGuard guard("");
  uint64_t run = 0;
  ControlAnswer answer;
  for (; run < 200; ++run) {
    request.range = {run, 1};
    answer = Ask(guard, request);
    ASSERT_TRUE(answer.block) << answer.error;
    if (answer.block->found) break;
  }
  ASSERT_TRUE(answer.block->found);
  EXPECT_GT(run, 0u);
  request.range = {0, 200};
  const ControlAnswer whole = AskFresh(request);
  ASSERT_TRUE(whole.block && whole.block->found);
  EXPECT_EQ(whole.block->digests.size(), run + 1);
  EXPECT_EQ(whole.block->found->decisions, answer.block->found->decisions);
}

TEST(ServerGuardTest, ACrashInEveryRunIsOneOfTheFirst) {
  const ControlAnswer answer =
      AskFresh(Request(ControlVerb::kSearch, "Dies.Always"));
  ASSERT_TRUE(answer.block && answer.block->found) << answer.error;
  EXPECT_EQ(answer.block->digests.size(), 1u);
  EXPECT_TRUE(answer.block->found->is_crash);
}

TEST(ServerGuardTest, WhatAFreshProcessDoesNotDoHasNoDigestToCompareWith) {
  ControlRequest request = Request(ControlVerb::kSearch, "Dies.Later");
  request.range = {0, 30};
  ServerGuard guard("");
  EXPECT_FALSE(Ask(guard, request).block->found);
  request.range = {30, 170};
  const ControlAnswer answer = Ask(guard, request);
  ASSERT_TRUE(answer.block && answer.block->found) << answer.error;
  EXPECT_EQ(answer.block->first, 30u);
  EXPECT_FALSE(answer.block->found->is_crash);
  EXPECT_EQ(answer.block->found->finding->kind, FindingKind::kCrash);
  EXPECT_EQ(answer.block->found_digest, "");
}

TEST(ServerGuardTest, RepeatsShrinksAndExplainsACrash) {
  const ControlAnswer found =
      AskFresh(Request(ControlVerb::kSearch, "Dies.Faults"));
  ASSERT_TRUE(found.block && found.block->found) << found.error;
  ControlRequest request = Request(ControlVerb::kRepeat, "Dies.Faults");
  request.decisions = found.block->found->decisions;
  for (const bool is_expected : {false, true}) {
    if (is_expected) request.finding = found.block->found->finding;
    const ControlAnswer answer = AskFresh(request);
    ASSERT_TRUE(answer.recording) << answer.error;
    EXPECT_EQ(DifferenceOf(*found.block->found, *answer.recording), "");
    EXPECT_THAT(answer.text, HasSubstr("log: about to look"));
  }
  request.verb = ControlVerb::kShrink;
  const ControlAnswer shrunk = AskFresh(request);
  ASSERT_TRUE(shrunk.shrunk) << shrunk.error;
  EXPECT_EQ(Signature(*shrunk.shrunk->recording.finding),
            Signature(*request.finding));
  request.verb = ControlVerb::kExplain;
  EXPECT_THAT(AskFresh(request).text, HasSubstr("server_guard_test.cc:"));
}

TEST(ServerGuardTest, WhatDoesNotCrashIsAnsweredByOneCopy) {
  ServerGuard guard("1.2");
  const ControlRequest request = Request(ControlVerb::kSearch, "Dies.Never");
  const ControlAnswer answer = Ask(guard, request);
  EXPECT_EQ(answer.version, "1.2");
  ASSERT_TRUE(answer.block);
  EXPECT_FALSE(answer.block->found);
  EXPECT_EQ(Ask(guard, request).block->digests, answer.block->digests);
}

TEST(ServerGuardTest, ServesUntilNobodyAsks) {
  RegisterAll();
  auto ends = MakeMessageEnds();
  ASSERT_TRUE(ends.ok());
  ASSERT_TRUE(WriteMessage(ends->ours.get(), EncodeRequest({})).ok());
  ASSERT_EQ(shutdown(ends->ours.get(), SHUT_WR), 0);
  ServerGuard guard("9");
  ServeBodies(guard, ends->theirs.get());
  const std::string answer = ReadMessage(ends->ours.get()).value_or("");
  EXPECT_EQ(DecodeAnswer(answer)->version, "9");
}

}  // namespace
}  // namespace fozzy
