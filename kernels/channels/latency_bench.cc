// latency_bench PEER ROUNDS: two threads throw a message of 16 bytes to and
// fro, and the nanoseconds of the way there and back are printed: p50 p99
// p99.9.
//
// PEER is ours, or bare: two cache lines, each written by one of the threads.
#include <pthread.h>

#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>

#include "kernels/channels/ends.h"
#include "kernels/channels/std_sync.h"

namespace fozzy::channels {
namespace {

// Counts values in buckets of which each is at most 1/32 wider than the next
// smaller one: no percentile is off by more than 3 %.
// Source: HdrHistogram.
class Histogram {
 public:
  void Add(uint64_t value) {
    ++counts_[BucketOf(value)];
    ++total_;
  }

  // Returns the least value of the bucket that holds the given part of all.
  uint64_t At(double part) const {
    const auto wanted =
        static_cast<uint64_t>(part * static_cast<double>(total_));
    uint64_t passed = 0;
    for (uint32_t i = 0; i < kBuckets; ++i) {
      passed += counts_[i];
      if (passed > wanted) return LeastOf(i);
    }
    return LeastOf(kBuckets - 1);
  }

 private:
  static constexpr uint32_t kSteps = 32;  // per power of two
  static constexpr uint32_t kBuckets = 60 * kSteps;

  static uint32_t BucketOf(uint64_t value) {
    if (value < 2 * kSteps) return static_cast<uint32_t>(value);
    const uint32_t shift = static_cast<uint32_t>(std::bit_width(value)) - 6;
    return shift * kSteps + static_cast<uint32_t>(value >> shift);
  }
  static uint64_t LeastOf(uint32_t bucket) {
    if (bucket < 2 * kSteps) return bucket;
    const uint32_t shift = bucket / kSteps - 1;
    return uint64_t{bucket - shift * kSteps} << shift;
  }

  std::array<uint64_t, kBuckets> counts_ = {};
  uint64_t total_ = 0;
};

void PinTo(uint32_t cpu) {
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  CPU_SET(cpu % std::thread::hardware_concurrency(), &cpus);
  pthread_setaffinity_np(pthread_self(), sizeof(cpus), &cpus);
}

// Runs serve() in a thread, and throw_one(number), which returns when the
// answer is there, here.
template <class Throw, class Serve>
void Measure(uint64_t rounds, const Throw& throw_one, const Serve& serve) {
  std::thread other([&] {
    PinTo(1);
    serve();
  });
  PinTo(0);
  Histogram histogram;
  const uint64_t warm_up = rounds / 10;
  for (uint64_t i = 1; i <= warm_up + rounds; ++i) {
    const auto start = std::chrono::steady_clock::now();
    throw_one(i);
    const std::chrono::nanoseconds time =
        std::chrono::steady_clock::now() - start;
    if (i > warm_up) histogram.Add(static_cast<uint64_t>(time.count()));
  }
  throw_one(0);
  other.join();
  std::printf("%llu %llu %llu\n",
              static_cast<unsigned long long>(histogram.At(0.5)),
              static_cast<unsigned long long>(histogram.At(0.99)),
              static_cast<unsigned long long>(histogram.At(0.999)));
}

using Out = Sender<StdSync, Mode::kSpsc>;
using In = Receiver<StdSync, Mode::kSpsc>;

void Send(Out& out, uint64_t number) {
  Slot<StdSync> slot;
  if (out.Reserve(16, slot) != Status::kOk) __builtin_trap();
  slot.words[0] = number;
  slot.words[1] = ~number;
  out.Commit(slot);
}

uint64_t Receive(In& in) {
  View<StdSync> view;
  if (in.Receive(view) != Status::kOk) __builtin_trap();
  const uint64_t number = view.words[0];
  if (view.words[1] != ~number) __builtin_trap();
  in.Release(view);
  return number;
}

void Ours(uint64_t rounds) {
  const CoreOptions options = {.granules = 64, .spins = 100'000};
  ChannelCore<StdSync> there(options);
  ChannelCore<StdSync> back(options);
  Out out(there);
  In in(back);
  Measure(
      rounds,
      [&](uint64_t number) {
        Send(out, number);
        if (Receive(in) != number) __builtin_trap();
      },
      [&] {
        In other_in(there);
        Out other_out(back);
        for (uint64_t number = 1; number != 0;) {
          number = Receive(other_in);
          Send(other_out, number);
        }
      });
}

void Bare(uint64_t rounds) {
  struct alignas(kLineBytes) Line {
    std::atomic<uint64_t> number{0};
  };
  Line there;
  Line back;
  const auto await_change = [](const Line& line, uint64_t old) {
    uint64_t number = old;
    while ((number = line.number.load(std::memory_order_acquire)) == old) {
      __builtin_ia32_pause();
    }
    return number;
  };
  uint64_t last = 0;
  Measure(
      rounds,
      [&](uint64_t number) {
        there.number.store(number, std::memory_order_release);
        await_change(back, last);
        last = number;
      },
      [&] {
        uint64_t number = 0;
        do {
          number = await_change(there, number);
          back.number.store(number, std::memory_order_release);
        } while (number != 0);
      });
}

}  // namespace
}  // namespace fozzy::channels

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: latency_bench ours|bare ROUNDS\n");
    return 2;
  }
  const uint64_t rounds = std::strtoull(argv[2], nullptr, 10);
  if (std::string_view(argv[1]) == "ours") {
    fozzy::channels::Ours(rounds);
  } else {
    fozzy::channels::Bare(rounds);
  }
  return 0;
}
