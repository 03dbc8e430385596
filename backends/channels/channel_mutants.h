// Channels that lack one thing that the real ones rely on, each in a program
// that shows it: builtin:channels/mutants/NAME.
#ifndef BACKENDS_CHANNELS_CHANNEL_MUTANTS_H_
#define BACKENDS_CHANNELS_CHANNEL_MUTANTS_H_

#include <span>
#include <string_view>

namespace fozzy::channels {

struct ChannelMutant {
  std::string_view name;
  void (*body)();  // something is found in it
  void (*twin)();  // nothing is: the same with all there is to rely on
};

// Returns one for each line of Protocol, and for misuse of a channel.
std::span<const ChannelMutant> ChannelMutants();

}  // namespace fozzy::channels

#endif  // BACKENDS_CHANNELS_CHANNEL_MUTANTS_H_
