// What the ends of a channel share, and what each mode is made of.
#ifndef KERNELS_CHANNELS_CORE_H_
#define KERNELS_CHANNELS_CORE_H_

#include <cstdint>
#include <type_traits>

#include "kernels/channels/ring.h"
#include "kernels/channels/stamped_consumer.h"
#include "kernels/channels/stamped_producer.h"
#include "kernels/channels/stream_consumer.h"
#include "kernels/channels/stream_producer.h"

namespace fozzy::channels {

// How many senders and receivers there may be, and who gets a message.  Of one
// sender's messages, each receiver gets those that it gets in order.
enum class Mode : uint8_t {
  kSpsc,       // one sender, one receiver
  kMpsc,       // one receiver
  kSpmc,       // one sender; each message goes to one of the receivers
  kMpmc,       // each message goes to one of the receivers
  kBroadcast,  // one sender; each message goes to every receiver
};

constexpr bool HasManySenders(Mode mode) {
  return mode == Mode::kMpsc || mode == Mode::kMpmc;
}
constexpr bool SharesMessages(Mode mode) {
  return mode == Mode::kSpmc || mode == Mode::kMpmc;
}
constexpr bool IsStream(Mode mode) {
  return mode == Mode::kSpsc || mode == Mode::kBroadcast;
}

template <class Sync, Mode mode>
using ProducerOf = std::conditional_t<
    IsStream(mode), StreamProducer<Sync>,
    StampedProducer<Sync, HasManySenders(mode), SharesMessages(mode)>>;
template <class Sync, Mode mode>
using ConsumerOf = std::conditional_t<
    IsStream(mode), StreamConsumer<Sync>,
    std::conditional_t<SharesMessages(mode), ClaimingConsumer<Sync>,
                       StampedConsumer<Sync>>>;

struct CoreOptions {
  uint32_t granules = 1u << 14;    // a power of two
  uint32_t words_per_granule = 8;  // of 8 bytes; a power of two
  uint32_t senders = 1;
  uint32_t receivers = 1;  // at most Sync::kSubscribersMax in kBroadcast
  uint32_t spins = 256;    // looks before an end sleeps
};

// What the ends of a channel share.  Outlives them.
template <class Sync>
class ChannelCore {
 public:
  explicit ChannelCore(const CoreOptions& options)
      : memory_({options.granules, options.words_per_granule,
                 options.receivers <= Sync::kSubscribersMax ? options.receivers
                                                            : 1}),
        ring_(memory_.ring()),
        spins_(options.spins),
        senders_(options.senders),
        receivers_(options.receivers) {}

  const Ring<Sync>& ring() const { return ring_; }
  uint32_t spins() const { return spins_; }

  // Return whether nobody is left on that side.
  bool CountSenderOut() {
    return senders_.fetch_sub(1, Sync::Protocol::kCountDown) == 1;
  }
  bool CountReceiverOut() {
    return receivers_.fetch_sub(1, Sync::Protocol::kCountDown) == 1;
  }

 private:
  RingMemory<Sync> memory_;
  Ring<Sync> ring_;
  const uint32_t spins_;
  alignas(kLineBytes) typename Sync::template atomic<uint32_t> senders_;
  typename Sync::template atomic<uint32_t> receivers_;
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_CORE_H_
