// Real processes, some of which are killed.
#include "kernels/channels/host/ipc.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>

namespace fozzy::channels {
namespace {

constexpr uint32_t kGranules = 64;
constexpr IpcOptions kOptions = {.granules = kGranules, .words_per_granule = 8};

// A name that no other test has.
class ChannelName {
 public:
  ChannelName()
      : name_("test-" + std::to_string(getpid()) + "-" +
              testing::UnitTest::GetInstance()->current_test_info()->name()) {
    RemoveIpcChannel(name_);
  }
  ~ChannelName() { RemoveIpcChannel(name_); }
  const std::string& operator*() const { return name_; }

 private:
  std::string name_;
};

// Runs `body` in a process of its own; it ends with 0 if body returns.
template <class Body>
pid_t Fork(const Body& body) {
  const pid_t child = fork();
  if (child != 0) return child;
  body();
  _exit(0);
}

// Returns 0 if the process ended well, or -1 for one that was killed.
int ResultOf(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Each message takes one granule, so its position is its number.
uint64_t WordAt(uint64_t number, uint32_t index) {
  return (number + index) * 0x9e3779b97f4a7c15u;
}

Status SendOne(IpcSender& sender, int64_t timeout_ns = kForever) {
  Slot<ProcessSync> slot;
  const Status status = sender.Reserve(64, slot, timeout_ns);
  if (status != Status::kOk) return status;
  for (uint32_t i = 0; i < 8; ++i) {
    slot.words[i] = WordAt(slot.position, i);
  }
  sender.Commit(slot);
  return status;
}

void SendForEver(const std::string& name) {
  auto sender = IpcSender::Attach(name, kOptions);
  if (!sender.ok()) _exit(1);
  for (;;) {
    const Status status = SendOne(**sender);
    if (status != Status::kOk && status != Status::kPeerDied) _exit(2);
  }
}

bool IsWhole(const View<ProcessSync>& view) {
  if (view.bytes != 64) return false;
  for (uint32_t i = 0; i < 8; ++i) {
    if (view.words[i] != WordAt(view.position, i)) return false;
  }
  return true;
}

// CHANNELS_KILLS asks for more.
uint32_t KillCount() {
  const char* wish = std::getenv("CHANNELS_KILLS");
  return wish != nullptr ? static_cast<uint32_t>(std::atoi(wish)) : 20;
}

TEST(IpcTest, CarriesMessagesToAnotherProcessUntilItIsClosed) {
  const ChannelName name;
  const pid_t child = Fork([&] {
    auto sender = IpcSender::Attach(*name, kOptions);
    if (!sender.ok()) _exit(1);
    for (int i = 0; i < 10'000; ++i) {
      if (SendOne(**sender) != Status::kOk) _exit(2);
    }
    (*sender)->Close();
  });
  auto receiver = IpcReceiver::Attach(*name, kOptions);
  ASSERT_TRUE(receiver.ok()) << receiver.status();
  View<ProcessSync> view;

  uint64_t received = 0;
  Status status = Status::kOk;
  while ((status = (*receiver)->Receive(view)) == Status::kOk) {
    ASSERT_EQ(view.position, received++);
    ASSERT_TRUE(IsWhole(view));
    (*receiver)->Release(view);
  }

  EXPECT_EQ(status, Status::kClosed);
  EXPECT_EQ(received, 10'000u);
  EXPECT_EQ(ResultOf(child), 0);
}

TEST(IpcTest, WhatAKilledSenderCommittedIsReceivedAndTheNextGoesOn) {
  const ChannelName name;
  auto receiver = IpcReceiver::Attach(*name, kOptions);
  ASSERT_TRUE(receiver.ok()) << receiver.status();
  View<ProcessSync> view;
  uint64_t received = 0;
  for (uint32_t round = 0; round < KillCount(); ++round) {
    const pid_t child = Fork([&] { SendForEver(*name); });
    const uint64_t kill_at = received + 1 + round * 37 % 301;
    Status status = Status::kOk;
    for (;;) {
      // The one before is dead until the new one has come.
      status = (*receiver)->Receive(view);
      if (status == Status::kPeerDied && received < kill_at) continue;
      if (status != Status::kOk) break;
      ASSERT_EQ(view.position, received++);
      ASSERT_TRUE(IsWhole(view));
      (*receiver)->Release(view);
      if (received == kill_at) kill(child, SIGKILL);
    }
    EXPECT_EQ(status, Status::kPeerDied);
    EXPECT_EQ(ResultOf(child), -1);
  }
}

// What receivers have seen, message by message, in memory that outlives them.
struct Seen {
  std::atomic<uint64_t> total;
  std::atomic<uint32_t> torn;
  std::atomic<uint32_t> times[1 << 20];
};

void ReceiveForEver(const std::string& name, Seen& seen) {
  auto receiver = IpcReceiver::Attach(name, kOptions);
  if (!receiver.ok()) _exit(1);
  View<ProcessSync> view;
  while ((*receiver)->Receive(view) == Status::kOk) {
    if (!IsWhole(view)) seen.torn.fetch_add(1);
    seen.times[view.position % std::size(seen.times)].fetch_add(1);
    seen.total.fetch_add(1);
    (*receiver)->Release(view);
  }
}

TEST(IpcTest, WhatAKilledReceiverDidNotReleaseGoesToTheNext) {
  const ChannelName name;
  void* const memory = mmap(nullptr, sizeof(Seen), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(memory, MAP_FAILED);
  Seen& seen = *static_cast<Seen*>(memory);
  auto sender = IpcSender::Attach(*name, kOptions);
  ASSERT_TRUE(sender.ok()) << sender.status();
  uint64_t sent = 0;
  for (uint32_t round = 0; round < KillCount(); ++round) {
    const pid_t child = Fork([&] { ReceiveForEver(*name, seen); });
    const uint64_t kill_at = seen.total.load() + 1 + round * 41 % 307;
    bool is_killed = false;
    for (;;) {
      const Status status = SendOne(**sender);
      sent += status == Status::kOk;
      if (!is_killed && seen.total.load() >= kill_at) {
        kill(child, SIGKILL);
        is_killed = true;
      }
      if (status == Status::kPeerDied && is_killed) break;
    }
    EXPECT_EQ(ResultOf(child), -1);
  }
  const pid_t last = Fork([&] { ReceiveForEver(*name, seen); });
  (*sender)->Close();
  EXPECT_EQ(ResultOf(last), 0);

  ASSERT_LT(sent, std::size(seen.times));
  EXPECT_EQ(seen.torn.load(), 0u);
  uint64_t repeated = 0;
  for (uint64_t i = 0; i < sent; ++i) {
    ASSERT_GE(seen.times[i].load(), 1u) << "message " << i << " is lost";
    repeated += seen.times[i].load() - 1;
  }
  EXPECT_LE(repeated, KillCount()) << "one may come again for each that died";
  EXPECT_EQ(seen.times[sent].load(), 0u);
  munmap(memory, sizeof(Seen));
}

TEST(IpcTest, ASenderWithoutAReceiverWaitsNoLongerThanItIsTold) {
  const ChannelName name;
  auto sender = IpcSender::Attach(*name, kOptions);
  ASSERT_TRUE(sender.ok()) << sender.status();

  for (uint32_t i = 0; i < kGranules; ++i) {
    ASSERT_EQ(SendOne(**sender, 0), Status::kOk);
  }
  EXPECT_EQ(SendOne(**sender, 0), Status::kFull);
  EXPECT_EQ(SendOne(**sender, 1000), Status::kFull);
}

TEST(IpcTest, AMessageLeftByAnEndedSenderIsThereForALaterReceiver) {
  const ChannelName name;
  EXPECT_EQ(ResultOf(Fork([&] {
              auto sender = IpcSender::Attach(*name, kOptions);
              if (SendOne(**sender) != Status::kOk) _exit(1);
            })),
            0);
  auto receiver = IpcReceiver::Attach(*name, kOptions);
  ASSERT_TRUE(receiver.ok());
  View<ProcessSync> view;

  ASSERT_EQ((*receiver)->Receive(view), Status::kOk);
  EXPECT_TRUE(IsWhole(view));
  (*receiver)->Release(view);
  EXPECT_EQ((*receiver)->Receive(view), Status::kPeerDied);
}

TEST(IpcTest, EachEndIsTakenOnce) {
  const ChannelName name;
  auto sender = IpcSender::Attach(*name, kOptions);
  auto receiver = IpcReceiver::Attach(*name, kOptions);
  ASSERT_TRUE(sender.ok());
  ASSERT_TRUE(receiver.ok());

  EXPECT_EQ(IpcSender::Attach(*name, kOptions).status().code(),
            absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(IpcReceiver::Attach(*name, kOptions).status().code(),
            absl::StatusCode::kAlreadyExists);
  (*sender)->Close();
  (*receiver)->Leave();
  sender->reset();
  receiver->reset();
  EXPECT_EQ(IpcSender::Attach(*name, kOptions).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(IpcReceiver::Attach(*name, kOptions).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(IpcTest, SaysWhatIsWrongWithNamesAndOptions) {
  const ChannelName name;
  const auto code = [](absl::string_view of, const IpcOptions& options) {
    return IpcSender::Attach(of, options).status().code();
  };
  auto sender = IpcSender::Attach(*name, kOptions);

  EXPECT_EQ(code("", kOptions), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code("a/b", kOptions), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code(*name, {.granules = 100}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code(*name, {.granules = 0}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code(*name, {.granules = 1u << 25}),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code(*name, {.granules = 128}), absl::StatusCode::kInvalidArgument)
      << "it is there with 64";
}

}  // namespace
}  // namespace fozzy::channels
