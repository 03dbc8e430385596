// The two ends of a channel: what a thread sends and receives with.
//
//   ChannelCore<StdSync> core({.granules = 1024, .senders = 2});
//   Sender<StdSync, Mode::kMpsc> sender(core);      // one per thread
//   Receiver<StdSync, Mode::kMpsc> receiver(core);
//   Slot<StdSync> slot;
//   if (sender.Reserve(64, slot) == Status::kOk) {
//     ...fill slot.words...;
//     sender.Commit(slot);
//   }
#ifndef KERNELS_CHANNELS_ENDS_H_
#define KERNELS_CHANNELS_ENDS_H_

#include "kernels/channels/receiver.h"
#include "kernels/channels/sender.h"

#endif  // KERNELS_CHANNELS_ENDS_H_
