#include "backends/channels/attempts.h"
#include "backends/channels/channel_bodies.h"
#include "backends/channels/sim_sync.h"

namespace fozzy::channels {
namespace {

template <Mode mode>
void Run(const Attempts& attempts) {
  AttemptsRun<SimSync<>, mode>(attempts).Run();
}

constexpr ChannelBody kBodies[] = {
    {"ring_broadcast_1p2c_capacity_1",
     [] {
       Run<Mode::kBroadcast>({.sends = {3}, .receives = {2, 2}, .capacity = 1});
     }},
    {"ring_broadcast_1p2c_capacity_2",
     [] {
       Run<Mode::kBroadcast>({.sends = {3}, .receives = {2, 2}, .capacity = 2});
     }},
    {"ring_broadcast_1p2c_capacity_4",
     [] {
       Run<Mode::kBroadcast>({.sends = {3}, .receives = {2, 2}, .capacity = 4});
     }},
    {"ring_mpmc_1p2c_wraps",
     [] {
       Run<Mode::kMpmc>({.sends = {1},
                         .receives = {1, 1},
                         .capacity = 4,
                         .words = 3,
                         .sent_before = 1});
     }},
    {"ring_mpmc_2p2c_capacity_1",
     [] {
       Run<Mode::kMpmc>({.sends = {1, 1},
                         .receives = {1, 1},
                         .capacity = 1,
                         .sent_before = 1});
     }},
    {"ring_mpmc_2p2c_capacity_2",
     [] {
       Run<Mode::kMpmc>({.sends = {1, 1},
                         .receives = {1, 1},
                         .capacity = 2,
                         .sent_before = 1});
     }},
    {"ring_mpmc_2p2c_capacity_4",
     [] {
       Run<Mode::kMpmc>({.sends = {1, 1},
                         .receives = {1, 1},
                         .capacity = 4,
                         .sent_before = 1});
     }},
    {"ring_mpmc_2p2c_each_has_one",
     [] {
       Run<Mode::kMpmc>({.sends = {0, 0},
                         .receives = {1, 1},
                         .capacity = 2,
                         .sent_before = 2});
     }},
    {"ring_mpmc_2p2c_wraps",
     [] {
       Run<Mode::kMpmc>({.sends = {1, 1},
                         .receives = {1, 1},
                         .capacity = 4,
                         .words = 3,
                         .sent_before = 1});
     }},
    {"ring_mpsc_2p1c_capacity_1",
     [] {
       Run<Mode::kMpsc>({.sends = {2, 1}, .receives = {3}, .capacity = 1});
     }},
    {"ring_mpsc_2p1c_capacity_2",
     [] {
       Run<Mode::kMpsc>({.sends = {2, 1}, .receives = {3}, .capacity = 2});
     }},
    {"ring_mpsc_2p1c_capacity_4",
     [] {
       Run<Mode::kMpsc>({.sends = {2, 2}, .receives = {3}, .capacity = 4});
     }},
    {"ring_mpsc_2p1c_closes",
     [] {
       Run<Mode::kMpsc>({.sends = {1, 2},
                         .receives = {3},
                         .capacity = 4,
                         .is_closed = true});
     }},
    {"ring_mpsc_2p1c_wraps",
     [] {
       Run<Mode::kMpsc>(
           {.sends = {1, 1}, .receives = {3}, .capacity = 4, .words = 3});
     }},
    {"ring_spmc_1p2c_capacity_1",
     [] {
       Run<Mode::kSpmc>({.sends = {3}, .receives = {2, 1}, .capacity = 1});
     }},
    {"ring_spmc_1p2c_capacity_2",
     [] {
       Run<Mode::kSpmc>({.sends = {3}, .receives = {2, 1}, .capacity = 2});
     }},
    {"ring_spmc_1p2c_capacity_4",
     [] {
       Run<Mode::kSpmc>({.sends = {4}, .receives = {2, 1}, .capacity = 4});
     }},
    {"ring_spmc_1p2c_wraps",
     [] {
       Run<Mode::kSpmc>(
           {.sends = {2}, .receives = {1, 1}, .capacity = 4, .words = 3});
     }},
    {"ring_spsc_1p1c_capacity_1",
     [] { Run<Mode::kSpsc>({.sends = {4}, .receives = {4}, .capacity = 1}); }},
    {"ring_spsc_1p1c_capacity_2",
     [] { Run<Mode::kSpsc>({.sends = {4}, .receives = {4}, .capacity = 2}); }},
    {"ring_spsc_1p1c_capacity_4",
     [] { Run<Mode::kSpsc>({.sends = {4}, .receives = {4}, .capacity = 4}); }},
    {"ring_spsc_1p1c_closes",
     [] {
       Run<Mode::kSpsc>(
           {.sends = {3}, .receives = {4}, .capacity = 2, .is_closed = true});
     }},
    {"ring_spsc_1p1c_wraps",
     [] {
       Run<Mode::kSpsc>(
           {.sends = {3}, .receives = {3}, .capacity = 4, .words = 3});
     }},
};

}  // namespace

std::span<const ChannelBody> RingBodies() { return kBodies; }

}  // namespace fozzy::channels
