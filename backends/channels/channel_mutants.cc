#include "backends/channels/channel_mutants.h"

#include <atomic>

#include "backends/channels/attempts.h"
#include "backends/channels/sim_sync.h"
#include "backends/channels/traffic.h"

namespace fozzy::channels {
namespace {

constexpr std::memory_order kRelaxed = std::memory_order_relaxed;

// The real protocol without one thing.
struct TailPublish : Protocol {
  static constexpr Order kTailPublish = kRelaxed;
};
struct TailLook : Protocol {
  static constexpr Order kTailLook = kRelaxed;
};
struct CursorPublish : Protocol {
  static constexpr Order kCursorPublish = kRelaxed;
};
struct CursorLook : Protocol {
  static constexpr Order kCursorLook = kRelaxed;
};
struct CommitPublish : Protocol {
  static constexpr Order kCommitPublish = kRelaxed;
};
struct CommitLook : Protocol {
  static constexpr Order kCommitLook = kRelaxed;
};
struct ReleasePublish : Protocol {
  static constexpr Order kReleasePublish = kRelaxed;
};
struct ReleaseLook : Protocol {
  static constexpr Order kReleaseLook = kRelaxed;
};
struct HeadPublish : Protocol {
  static constexpr Order kHeadPublish = kRelaxed;
};
struct HeadLook : Protocol {
  static constexpr Order kHeadLook = kRelaxed;
};
struct ClosePublish : Protocol {
  static constexpr Order kClosePublish = kRelaxed;
};
struct CloseLook : Protocol {
  static constexpr Order kCloseLook = kRelaxed;
};
struct CountDownWithoutRelease : Protocol {
  static constexpr Order kCountDown = std::memory_order_acquire;
};
struct CountDownWithoutAcquire : Protocol {
  static constexpr Order kCountDown = std::memory_order_release;
};
// Where it is known that somebody waits no fence is needed.  Simulated ones
// order more than the light fence of real threads promises.
struct UnfencedNotify : Protocol {
  static constexpr bool kFencesNotify = false;
};
struct EpochPublish : UnfencedNotify {
  static constexpr Order kEpochPublish = kRelaxed;
};
struct EpochLook : Protocol {
  static constexpr Order kEpochLook = kRelaxed;
};
struct FenceNotify : Protocol {
  static constexpr bool kFencesNotify = false;
};
struct FenceWait : Protocol {
  static constexpr bool kFencesWait = false;
};
struct RoomCheck : Protocol {
  static constexpr bool kChecksRoom = false;
};
struct LatestCheck : Protocol {
  static constexpr bool kChecksLatest = false;
};
struct ClaimCheck : Protocol {
  static constexpr bool kChecksClaim = false;
};

template <class P>
void SpscRing() {
  AttemptsRun<SimSync<P>, Mode::kSpsc>(
      {.sends = {2}, .receives = {2}, .capacity = 1})
      .Run();
}

// Records of three granules in a ring of four, with pads between them.
template <class P>
void SpscWraps() {
  AttemptsRun<SimSync<P>, Mode::kSpsc>(
      {.sends = {3}, .receives = {3}, .capacity = 4, .words = 3})
      .Run();
}

template <class P>
void MpscRing() {
  AttemptsRun<SimSync<P>, Mode::kMpsc>(
      {.sends = {2, 1}, .receives = {2}, .capacity = 1})
      .Run();
}

template <class P>
void SpmcRing() {
  AttemptsRun<SimSync<P>, Mode::kSpmc>(
      {.sends = {2}, .receives = {1, 1}, .capacity = 1})
      .Run();
}

// One producer makes room, the other uses it.
template <class P>
void MpmcRing() {
  AttemptsRun<SimSync<P>, Mode::kMpmc>(
      {.sends = {1, 1}, .receives = {1}, .capacity = 1, .sent_before = 1})
      .Run();
}

template <class P>
void OneForEach() {
  AttemptsRun<SimSync<P>, Mode::kSpmc>(
      {.sends = {0}, .receives = {1, 1}, .capacity = 2, .sent_before = 2})
      .Run();
}

template <class P>
void SpscTraffic() {
  TrafficRun<SimSync<P>, Mode::kSpsc>({.messages = 2, .capacity = 1}).Run();
}

// Two senders that say their last words, and close.
template <class P>
void MpscEnd() {
  TrafficRun<SimSync<P>, Mode::kMpsc>(
      {.senders = 2, .messages = 1, .capacity = 2})
      .Run();
}

// One waits, and the other knows that when it makes the change.
template <class P>
void KnownWaiter() {
  Event<SimSync<P>> event;
  fozzy::atomic<int> is_counted = 0;
  fozzy::atomic<int> is_ready = 0;
  fozzy::thread waiter([&] {
    event.Await(
        [&] {
          is_counted.store(1, std::memory_order_release);
          is_counted.notify_all();
          return is_ready.load(kRelaxed) != 0 ? Status::kOk : Status::kEmpty;
        },
        Status::kEmpty, {});
  });
  is_counted.wait(0, std::memory_order_acquire);
  is_ready.store(1, kRelaxed);
  event.Notify();
  waiter.join();
}

template <bool kIsWrong>
void FillsAfterCommit() {
  TrafficRun<SimSync<>, Mode::kMpmc>(
      {.messages = 2, .capacity = 2, .fills_after_commit = kIsWrong})
      .Run();
}

template <bool kIsWrong>
void ReadsAfterRelease() {
  TrafficRun<SimSync<>, Mode::kMpmc>(
      {.messages = 2, .capacity = 1, .reads_after_release = kIsWrong})
      .Run();
}

constexpr ChannelMutant kMutants[] = {
    {"claim_is_not_checked", OneForEach<ClaimCheck>, OneForEach<Protocol>},
    {"close_look", MpscEnd<CloseLook>, MpscEnd<Protocol>},
    {"close_publish", MpscEnd<ClosePublish>, MpscEnd<Protocol>},
    {"commit_look", MpscRing<CommitLook>, MpscRing<Protocol>},
    {"commit_look_shared", SpmcRing<CommitLook>, SpmcRing<Protocol>},
    {"commit_publish", MpscRing<CommitPublish>, MpscRing<Protocol>},
    {"commit_publish_shared", SpmcRing<CommitPublish>, SpmcRing<Protocol>},
    {"count_down_without_acquire", MpscEnd<CountDownWithoutAcquire>,
     MpscEnd<Protocol>},
    {"count_down_without_release", MpscEnd<CountDownWithoutRelease>,
     MpscEnd<Protocol>},
    {"cursor_look", SpscRing<CursorLook>, SpscRing<Protocol>},
    {"cursor_look_mpsc", MpscRing<CursorLook>, MpscRing<Protocol>},
    {"cursor_publish", SpscRing<CursorPublish>, SpscRing<Protocol>},
    {"cursor_publish_mpsc", MpscRing<CursorPublish>, MpscRing<Protocol>},
    {"epoch_look", SpscTraffic<EpochLook>, SpscTraffic<Protocol>},
    {"epoch_publish", KnownWaiter<EpochPublish>, KnownWaiter<UnfencedNotify>},
    {"head_look", MpmcRing<HeadLook>, MpmcRing<Protocol>},
    {"head_publish", MpmcRing<HeadPublish>, MpmcRing<Protocol>},
    {"latest_is_not_checked", SpscWraps<LatestCheck>, SpscWraps<Protocol>},
    {"notify_is_not_fenced", SpscTraffic<FenceNotify>, SpscTraffic<Protocol>},
    {"publishes_before_it_fills", FillsAfterCommit<true>,
     FillsAfterCommit<false>},
    {"release_look", SpmcRing<ReleaseLook>, SpmcRing<Protocol>},
    {"release_publish", SpmcRing<ReleasePublish>, SpmcRing<Protocol>},
    {"releases_before_it_reads", ReadsAfterRelease<true>,
     ReadsAfterRelease<false>},
    {"room_is_not_checked", SpscRing<RoomCheck>, SpscRing<Protocol>},
    {"room_is_not_checked_mpsc", MpscRing<RoomCheck>, MpscRing<Protocol>},
    {"tail_look", SpscRing<TailLook>, SpscRing<Protocol>},
    {"tail_publish", SpscRing<TailPublish>, SpscRing<Protocol>},
    {"wait_is_not_fenced", SpscTraffic<FenceWait>, SpscTraffic<Protocol>},
};

}  // namespace

std::span<const ChannelMutant> ChannelMutants() { return kMutants; }

}  // namespace fozzy::channels
