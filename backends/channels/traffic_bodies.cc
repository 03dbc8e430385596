#include "backends/channels/channel_bodies.h"
#include "backends/channels/sim_sync.h"
#include "backends/channels/traffic.h"

namespace fozzy::channels {
namespace {

template <Mode mode>
void Run(const Traffic& traffic) {
  TrafficRun<SimSync<>, mode>(traffic).Run();
}

// Each mode at each capacity; `kSenders` and `kReceivers` as in its name.
template <Mode mode, uint32_t kSenders, uint32_t kReceivers, uint32_t kCapacity>
void Plain() {
  Run<mode>({.senders = kSenders,
             .receivers = kReceivers,
             .messages = 4 / kSenders,
             .capacity = kCapacity});
}

// Records of one and of three granules in a ring of four.
template <Mode mode, uint32_t kSenders, uint32_t kReceivers>
void Wraps() {
  Run<mode>({.senders = kSenders,
             .receivers = kReceivers,
             .messages = 4 / kSenders,
             .capacity = 4,
             .words = 3});
}

template <Mode mode, uint32_t kSenders, uint32_t kReceivers>
void Batches() {
  Run<mode>({.senders = kSenders,
             .receivers = kReceivers,
             .messages = 4 / kSenders,
             .capacity = 3 + 1,
             .batch = 2});
}

// Waits that end after a moment, and are begun again.
template <Mode mode, uint32_t kSenders, uint32_t kReceivers>
void TimesOut() {
  Run<mode>({.senders = kSenders,
             .receivers = kReceivers,
             .messages = 2,
             .capacity = 1,
             .timeout_ns = 1000});
}

constexpr ChannelBody kBodies[] = {
    {"broadcast_1p2c_batches", Batches<Mode::kBroadcast, 1, 2>},
    {"broadcast_1p2c_capacity_1", Plain<Mode::kBroadcast, 1, 2, 1>},
    {"broadcast_1p2c_capacity_2", Plain<Mode::kBroadcast, 1, 2, 2>},
    {"broadcast_1p2c_capacity_4", Plain<Mode::kBroadcast, 1, 2, 4>},
    {"broadcast_1p2c_wraps", Wraps<Mode::kBroadcast, 1, 2>},
    {"mpmc_1p1c_capacity_1", Plain<Mode::kMpmc, 1, 1, 1>},
    {"mpmc_1p2c_capacity_2", Plain<Mode::kMpmc, 1, 2, 2>},
    {"mpmc_2p1c_capacity_2", Plain<Mode::kMpmc, 2, 1, 2>},
    {"mpmc_2p2c_batches", Batches<Mode::kMpmc, 2, 2>},
    {"mpmc_2p2c_capacity_1", Plain<Mode::kMpmc, 2, 2, 1>},
    {"mpmc_2p2c_capacity_2", Plain<Mode::kMpmc, 2, 2, 2>},
    {"mpmc_2p2c_capacity_4", Plain<Mode::kMpmc, 2, 2, 4>},
    {"mpmc_2p2c_times_out", TimesOut<Mode::kMpmc, 2, 2>},
    {"mpmc_2p2c_wraps", Wraps<Mode::kMpmc, 2, 2>},
    {"mpsc_1p1c_capacity_1", Plain<Mode::kMpsc, 1, 1, 1>},
    {"mpsc_2p1c_batches", Batches<Mode::kMpsc, 2, 1>},
    {"mpsc_2p1c_capacity_1", Plain<Mode::kMpsc, 2, 1, 1>},
    {"mpsc_2p1c_capacity_2", Plain<Mode::kMpsc, 2, 1, 2>},
    {"mpsc_2p1c_capacity_4", Plain<Mode::kMpsc, 2, 1, 4>},
    {"mpsc_2p1c_wraps", Wraps<Mode::kMpsc, 2, 1>},
    {"spmc_1p1c_capacity_1", Plain<Mode::kSpmc, 1, 1, 1>},
    {"spmc_1p2c_batches", Batches<Mode::kSpmc, 1, 2>},
    {"spmc_1p2c_capacity_1", Plain<Mode::kSpmc, 1, 2, 1>},
    {"spmc_1p2c_capacity_2", Plain<Mode::kSpmc, 1, 2, 2>},
    {"spmc_1p2c_capacity_4", Plain<Mode::kSpmc, 1, 2, 4>},
    {"spmc_1p2c_wraps", Wraps<Mode::kSpmc, 1, 2>},
    {"spsc_1p1c_batches", Batches<Mode::kSpsc, 1, 1>},
    {"spsc_1p1c_capacity_1", Plain<Mode::kSpsc, 1, 1, 1>},
    {"spsc_1p1c_capacity_2", Plain<Mode::kSpsc, 1, 1, 2>},
    {"spsc_1p1c_capacity_4", Plain<Mode::kSpsc, 1, 1, 4>},
    {"spsc_1p1c_times_out", TimesOut<Mode::kSpsc, 1, 1>},
    {"spsc_1p1c_wraps", Wraps<Mode::kSpsc, 1, 1>},
};

}  // namespace

std::span<const ChannelBody> TrafficBodies() { return kBodies; }

}  // namespace fozzy::channels
