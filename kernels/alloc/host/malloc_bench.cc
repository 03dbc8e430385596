// The loops that allocators are compared by, through malloc and free alone: the
// allocator is whichever is preloaded.
//
//   malloc_bench CASE [OPERATIONS [SLOTS [SEED]]]
//
// prints one line of JSON: what was measured, how much memory was resident, and
// which library served the calls.  The same loop with a malloc that does
// nothing is CASE with "null_" before it.
//
// Source of random_mixed: the benchmark bench_random_mixed of hakmem; of
// larson: Larson and Krishnan, "Memory Allocation for Long-Running Server
// Applications", ISMM 1998.
#include <dlfcn.h>
#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <thread>

namespace {

struct Shape {
  uint64_t operations = 0;
  uint32_t slots = 0;
  uint64_t seed = 1234567;
};

struct Case {
  const char* name;
  uint64_t (*run)(const Shape& shape);  // returns operations done
  Shape shape;                          // unless told otherwise
};

// Marsaglia's xorshift with the shifts 13, 17, 5.
class Xorshift {
 public:
  explicit Xorshift(uint64_t seed)
      : state_(static_cast<uint32_t>(seed | (seed == 0))) {}

  uint32_t Next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return state_;
  }

 private:
  uint32_t state_;
};

// Memory that the allocator under test knows nothing of.
void* MapMemory(size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (memory == MAP_FAILED) std::abort();
  return memory;
}

struct RealMalloc {
  static void* Allocate(size_t size) { return malloc(size); }
  static void Free(void* block) { free(block); }
};

// The loop and nothing else.
struct NullMalloc {
  [[gnu::noinline]] static void* Allocate(size_t size) {
    static char block[1 << 21];
    asm volatile("" : : "r"(size) : "memory");
    return block;
  }
  [[gnu::noinline]] static void Free(void* block) {
    asm volatile("" : : "r"(block) : "memory");
  }
};

// How the size of the next block comes out of a number or of the generator.
struct MixedSize {
  static uint32_t Of(uint32_t r, Xorshift&) { return 16 + (r & 1023); }
};
struct IndependentSize {
  static uint32_t Of(uint32_t, Xorshift& numbers) {
    return 16 + (numbers.Next() & 1023);
  }
};
struct GapSize {
  static uint32_t Of(uint32_t, Xorshift& numbers) {
    return 1024 + numbers.Next() % 7169;
  }
};
struct LargeSize {
  static uint32_t Of(uint32_t, Xorshift& numbers) {
    constexpr uint32_t kLeast = 32 << 10;
    return kLeast + numbers.Next() % ((2u << 20) - kLeast + 1);
  }
};

template <class Malloc, class Size>
void Cycle(void** slots, const Shape& shape, uint64_t cycles, uint64_t seed) {
  Xorshift numbers(seed);
  for (uint64_t i = 0; i < cycles; ++i) {
    const uint32_t r = numbers.Next();
    void*& slot = slots[r % shape.slots];
    if (slot != nullptr) {
      Malloc::Free(slot);
      slot = nullptr;
    } else {
      char* block = static_cast<char*>(Malloc::Allocate(Size::Of(r, numbers)));
      *static_cast<volatile char*>(block) = static_cast<char>(r);
      slot = block;
    }
  }
}

double Seconds() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

double CpuSeconds() {
  timespec time = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) / 1e9;
}

double started = 0;
double ended = 0;
double cpu_seconds = 0;

void Start() {
  cpu_seconds = -CpuSeconds();
  started = Seconds();
}

void Stop() {
  ended = Seconds();
  cpu_seconds += CpuSeconds();
}

long resident_kib = 0;  // when all was done

// Returns the line of /proc/self/status that begins with `name`, as a number.
// Unlike ru_maxrss it knows nothing of who started the program.
long StatusKib(const char* name) {
  static char text[8192];
  const int file = open("/proc/self/status", O_RDONLY);
  const ssize_t length = read(file, text, sizeof(text) - 1);
  close(file);
  if (length <= 0) return 0;
  text[length] = 0;
  const char* found = std::strstr(text, name);
  if (found == nullptr) return 0;
  return std::strtol(found + std::strlen(name), nullptr, 10);
}

long ResidentKib() { return StatusKib("VmRSS:"); }
long PeakKib() { return StatusKib("VmHWM:"); }

template <class Malloc, class Size>
uint64_t RandomMixed(const Shape& shape) {
  void** slots = static_cast<void**>(MapMemory(shape.slots * sizeof(void*)));
  Cycle<Malloc, Size>(slots, shape, shape.operations / 10,
                      shape.seed + 0xDEADBEEF);
  Start();
  Cycle<Malloc, Size>(slots, shape, shape.operations, shape.seed);
  for (uint32_t i = 0; i < shape.slots; ++i) {
    if (slots[i] != nullptr) Malloc::Free(slots[i]);
  }
  Stop();
  return shape.operations;
}

// Threads that replace random blocks of an array and hand it on to the next
// thread, which frees what others allocated.
template <class Malloc>
void LarsonThread(void** blocks, const Shape& shape, uint64_t seed) {
  constexpr int kRounds = 20;
  Xorshift numbers(seed);
  const uint64_t replaced = shape.operations / 2 / kRounds / 2;
  for (uint64_t i = 0; i < replaced; ++i) {
    void*& slot = blocks[numbers.Next() % shape.slots];
    Malloc::Free(slot);
    const uint32_t size = 8 + numbers.Next() % 1017;
    slot = Malloc::Allocate(size);
    *static_cast<volatile char*>(slot) = 1;
  }
}

template <class Malloc>
uint64_t Larson(const Shape& shape) {
  constexpr int kThreads = 2;
  constexpr uint64_t kRounds = 20;
  void** blocks =
      static_cast<void**>(MapMemory(kThreads * shape.slots * sizeof(void*)));
  Xorshift numbers(shape.seed);
  for (uint32_t i = 0; i < kThreads * shape.slots; ++i) {
    blocks[i] = Malloc::Allocate(8 + numbers.Next() % 1017);
  }
  Start();
  for (uint64_t round = 0; round < kRounds; ++round) {
    // New threads each round, on the arrays of the others.
    std::thread threads[kThreads];
    for (uint64_t i = 0; i < kThreads; ++i) {
      void** own = blocks + ((i + round) % kThreads) * shape.slots;
      threads[i] = std::thread(LarsonThread<Malloc>, own, shape,
                               shape.seed + round * kThreads + i);
    }
    for (std::thread& thread : threads) thread.join();
  }
  Stop();
  return shape.operations;
}

// One thread allocates, the other frees.
class Pipe {
 public:
  void Push(void* block) {
    while (tail_ - seen_head_ == kSlots) {
      seen_head_ = head_.load(std::memory_order_acquire);
      if (tail_ - seen_head_ == kSlots) std::this_thread::yield();
    }
    slots_[tail_++ % kSlots] = block;
    if (tail_ % kTold == 0) published_.store(tail_, std::memory_order_release);
  }

  void* Pop() {
    while (next_ == seen_tail_) {
      seen_tail_ = published_.load(std::memory_order_acquire);
      if (next_ == seen_tail_) std::this_thread::yield();
    }
    void* block = slots_[next_++ % kSlots];
    if (next_ % kTold == 0) head_.store(next_, std::memory_order_release);
    return block;
  }

 private:
  static constexpr uint64_t kSlots = 4096;
  static constexpr uint64_t kTold = 64;
  alignas(64) std::atomic<uint64_t> published_ = 0;
  uint64_t tail_ = 0;
  uint64_t seen_head_ = 0;
  alignas(64) std::atomic<uint64_t> head_ = 0;
  uint64_t next_ = 0;
  uint64_t seen_tail_ = 0;
  void* slots_[kSlots] = {};
};

template <class Malloc>
uint64_t Remote(const Shape& shape) {
  static Pipe pipe;
  const uint64_t blocks = shape.operations / 2 / 64 * 64;
  Start();
  std::thread consumer([blocks] {
    for (uint64_t i = 0; i < blocks; ++i) Malloc::Free(pipe.Pop());
  });
  Xorshift numbers(shape.seed);
  for (uint64_t i = 0; i < blocks; ++i) {
    void* block = Malloc::Allocate(16 + (numbers.Next() & 255));
    *static_cast<volatile char*>(block) = 1;
    pipe.Push(block);
  }
  consumer.join();
  Stop();
  return shape.operations;
}

// Allocate, touch every page, free: what a request to a server does.
template <class Malloc>
uint64_t TouchAndFree(const Shape& shape) {
  const size_t size = size_t{shape.slots} << 10;
  Start();
  for (uint64_t i = 0; i < shape.operations / 2; ++i) {
    volatile char* block = static_cast<volatile char*>(Malloc::Allocate(size));
    for (size_t at = 0; at < size; at += 4096) block[at] = 1;
    Malloc::Free(const_cast<char*>(block));
  }
  Stop();
  return shape.operations;
}

// The three sizes of TouchAndFree in turn.
template <class Malloc>
uint64_t TouchMixed(const Shape& shape) {
  constexpr size_t kSizes[] = {64 << 10, 256 << 10, 2 << 20};
  Start();
  for (uint64_t i = 0; i < shape.operations / 2; ++i) {
    const size_t size = kSizes[i % std::size(kSizes)];
    volatile char* block = static_cast<volatile char*>(Malloc::Allocate(size));
    for (size_t at = 0; at < size; at += 4096) block[at] = 1;
    Malloc::Free(const_cast<char*>(block));
  }
  Stop();
  return shape.operations;
}

constexpr uint64_t kMillion = 1'000'000;

constexpr Case kCases[] = {
    {"mixed_256", RandomMixed<RealMalloc, MixedSize>, {20 * kMillion, 256}},
    {"null_mixed_256",
     RandomMixed<NullMalloc, MixedSize>,
     {20 * kMillion, 256}},
    {"mixed_8192", RandomMixed<RealMalloc, MixedSize>, {20 * kMillion, 8192}},
    {"null_mixed_8192",
     RandomMixed<NullMalloc, MixedSize>,
     {20 * kMillion, 8192}},
    {"independent_8192",
     RandomMixed<RealMalloc, IndependentSize>,
     {20 * kMillion, 8192}},
    {"null_independent_8192",
     RandomMixed<NullMalloc, IndependentSize>,
     {20 * kMillion, 8192}},
    {"gap", RandomMixed<RealMalloc, GapSize>, {20 * kMillion, 256}},
    {"null_gap", RandomMixed<NullMalloc, GapSize>, {20 * kMillion, 256}},
    {"large", RandomMixed<RealMalloc, LargeSize>, {2 * kMillion, 64}},
    {"null_large", RandomMixed<NullMalloc, LargeSize>, {2 * kMillion, 64}},
    {"larson", Larson<RealMalloc>, {20 * kMillion, 10000}},
    {"remote", Remote<RealMalloc>, {10 * kMillion, 0}},
    {"json", TouchAndFree<RealMalloc>, {200'000, 64}},
    {"mir", TouchAndFree<RealMalloc>, {50'000, 256}},
    {"vm", TouchAndFree<RealMalloc>, {5'000, 2048}},
    {"mixed", TouchMixed<RealMalloc>, {15'000, 0}},
};

const char* FileOf(void* function) {
  Dl_info info = {};
  if (dladdr(function, &info) == 0 || info.dli_fname == nullptr) return "?";
  const char* slash = std::strrchr(info.dli_fname, '/');
  return slash == nullptr ? info.dli_fname : slash + 1;
}

// Calls into ours, if it is ours: a counter that only it keeps.
unsigned long long Served() {
  using Count = unsigned long long();
  void* count = dlsym(RTLD_DEFAULT, "fozzy_alloc_calls");
  return count == nullptr ? 0 : reinterpret_cast<Count*>(count)();
}

int Run(const Case& found, const Shape& shape) {
  const uint64_t operations = found.run(shape);
  resident_kib = ResidentKib();
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  const double seconds = ended - started;
  std::printf(
      "{\"case\":\"%s\",\"operations\":%llu,\"seconds\":%.6f,"
      "\"mops\":%.3f,\"cpu_mops\":%.3f,\"peak_kib\":%ld,\"rss_after_kib\":%ld,"
      "\"faults\":%ld,\"malloc\":\"%s\",\"free\":\"%s\",\"served\":%llu}\n",
      found.name, static_cast<unsigned long long>(operations), seconds,
      static_cast<double>(operations) / seconds / 1e6,
      static_cast<double>(operations) / cpu_seconds / 1e6, PeakKib(),
      resident_kib, usage.ru_minflt, FileOf(dlsym(RTLD_DEFAULT, "malloc")),
      FileOf(dlsym(RTLD_DEFAULT, "free")), Served());
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const char* name = count > 1 ? arguments[1] : "";
  for (const Case& known : kCases) {
    if (std::strcmp(known.name, name) != 0) continue;
    Shape shape = known.shape;
    if (count > 2) shape.operations = std::strtoull(arguments[2], nullptr, 10);
    if (count > 3) {
      shape.slots =
          static_cast<uint32_t>(std::strtoul(arguments[3], nullptr, 10));
    }
    if (count > 4) shape.seed = std::strtoull(arguments[4], nullptr, 10);
    return Run(known, shape);
  }
  std::fprintf(stderr, "malloc_bench: no case \"%s\"; one of", name);
  for (const Case& known : kCases) std::fprintf(stderr, " %s", known.name);
  std::fprintf(stderr, "\n");
  return 2;
}
