// What the rings rely on, one by one: memory orders, and that things are done
// at all.  A double that takes one of them away shows who notices.
#ifndef KERNELS_CHANNELS_PROTOCOL_H_
#define KERNELS_CHANNELS_PROTOCOL_H_

#include <atomic>

namespace fozzy::channels {

struct Protocol {
  using Order = std::memory_order;

  // The tail of a stream: messages are filled before it moves past them.
  static constexpr Order kTailPublish = std::memory_order_release;
  static constexpr Order kTailLook = std::memory_order_acquire;

  // The cursor of a consumer: messages were read before it moves past them.
  static constexpr Order kCursorPublish = std::memory_order_release;
  static constexpr Order kCursorLook = std::memory_order_acquire;

  // The stamp of a record: it is filled before it is stamped as committed.
  static constexpr Order kCommitPublish = std::memory_order_release;
  static constexpr Order kCommitLook = std::memory_order_acquire;

  // The stamp of a record: it was read before it is stamped as released.
  static constexpr Order kReleasePublish = std::memory_order_release;
  static constexpr Order kReleaseLook = std::memory_order_acquire;

  // The head that producers share: who moves it has seen the stamps of those
  // who read what lies before it.
  static constexpr Order kHeadPublish = std::memory_order_release;
  static constexpr Order kHeadLook = std::memory_order_acquire;

  // The mark that a ring is closed: what was done before comes before what is
  // done by those who are told.
  static constexpr Order kClosePublish = std::memory_order_release;
  static constexpr Order kCloseLook = std::memory_order_acquire;

  // The number of senders that are left: who closes the ring has seen what the
  // others did.
  static constexpr Order kCountDown = std::memory_order_acq_rel;

  // The epoch of an event: what is waited for is done before it moves.
  static constexpr Order kEpochPublish = std::memory_order_release;
  static constexpr Order kEpochLook = std::memory_order_acquire;

  // Between what is waited for and the look whether somebody waits, and the
  // other way round on the side of those who wait.
  static constexpr bool kFencesNotify = true;
  static constexpr bool kFencesWait = true;

  // Producers look for room.
  static constexpr bool kChecksRoom = true;
  // Consumers take the latest header for that of the next message only if it
  // is.
  static constexpr bool kChecksLatest = true;
  // Consumers that find no message look whether another has taken it.
  static constexpr bool kChecksClaim = true;
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_PROTOCOL_H_
