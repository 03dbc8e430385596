// Programs that explore channels: builtin:channels/NAME.
#ifndef BACKENDS_CHANNELS_CHANNEL_BODIES_H_
#define BACKENDS_CHANNELS_CHANNEL_BODIES_H_

#include <span>
#include <string_view>

namespace fozzy::channels {

struct ChannelBody {
  std::string_view name;  // MODE_PRODUCERSpCONSUMERSc..., in snake case
  void (*body)();
};

// Returns those that try and do not wait.  All schedules of each can be run, at
// most about 80,000, but of ring_mpmc_2p2c_wraps, which has millions.
std::span<const ChannelBody> RingBodies();

// Returns those that wait: for room, for messages, for the end.
std::span<const ChannelBody> TrafficBodies();

}  // namespace fozzy::channels

#endif  // BACKENDS_CHANNELS_CHANNEL_BODIES_H_
