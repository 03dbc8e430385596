// What the processes of a tree share, and what FOZZY_PIN says.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "backends/host/doctor/shim/shim.h"

extern "C" char** environ;

namespace fozzy::shim {
namespace {

constexpr int32_t kFree = -1;
constexpr int32_t kClaimed = -2;  // by a parent, while it fills the slot

// Fake ids lie above those a machine hands out in practice, so that the two
// cannot be mistaken for each other; kOutsider stands for the root's parent.
constexpr int32_t kFakeFirst = 4'100'000;
constexpr uint32_t kFakeCount = 90'000;
constexpr int32_t kOutsider = kFakeFirst - 1;

// A new process starts this much after its parent's clock.
constexpr int64_t kStartNs = 1'000'000;

struct State {
  std::atomic<int32_t> used;  // slots that were ever used
  Slot slots[4096];
};
constexpr int32_t kSlots = 4096;

State* MapState() {
  const char* path = Environment("FOZZY_PIN_STATE");
  int file = -1;
  if (path != nullptr) {
    file = static_cast<int>(
        Call(SYS_openat, AT_FDCWD, Word(path), O_RDWR | O_CLOEXEC));
  }
  const int flags = file < 0 ? MAP_SHARED | MAP_ANONYMOUS : MAP_SHARED;
  const long memory =
      Call(SYS_mmap, 0, sizeof(State), PROT_READ | PROT_WRITE, flags, file, 0);
  if (file >= 0) Call(SYS_close, file);
  if (memory == -1) return nullptr;
  return reinterpret_cast<State*>(memory);
}

// Null only if there is no memory at all.
State* Shared() {
  static std::atomic<State*> shared{nullptr};
  State* state = shared.load(std::memory_order_acquire);
  if (state != nullptr) return state;
  const int error = errno;
  State* mapped = MapState();
  errno = error;
  if (shared.compare_exchange_strong(state, mapped)) return mapped;
  Call(SYS_munmap, Word(mapped), sizeof(State));
  return state;
}

int32_t Used(const State& state) {
  const int32_t used = state.used.load();
  return used < kSlots ? used : kSlots;
}

Slot* Find(pid_t real) {
  State* state = Shared();
  if (state == nullptr || real <= 0) return nullptr;
  for (int32_t i = 0; i < Used(*state); ++i) {
    if (state->slots[i].real.load() == real) return &state->slots[i];
  }
  return nullptr;
}

Slot* FindFake(pid_t fake) {
  State* state = Shared();
  if (state == nullptr) return nullptr;
  for (int32_t i = 0; i < Used(*state); ++i) {
    Slot& slot = state->slots[i];
    if (slot.fake.load() == fake && slot.real.load() > 0) return &slot;
  }
  return nullptr;
}

// Takes the slot that the parent reserved for us before it started us.
Slot* TakeReserved(pid_t parent, pid_t self) {
  State* state = Shared();
  if (state == nullptr) return nullptr;
  for (int32_t i = 0; i < Used(*state); ++i) {
    Slot& slot = state->slots[i];
    int32_t unstarted = 0;
    if (slot.fake.load() == 0 || slot.parent.load() != parent) continue;
    if (slot.real.compare_exchange_strong(unstarted, self)) return &slot;
  }
  return nullptr;
}

Slot* Claim() {
  State* state = Shared();
  if (state == nullptr) return nullptr;
  for (int32_t i = 0; i < Used(*state); ++i) {
    int32_t free = kFree;
    if (state->slots[i].real.compare_exchange_strong(free, kClaimed)) {
      return &state->slots[i];
    }
  }
  const int32_t fresh = state->used.fetch_add(1);
  if (fresh >= kSlots) {
    state->used.store(kSlots);
    return nullptr;
  }
  state->slots[fresh].real.store(kClaimed);
  return &state->slots[fresh];
}

// Names the n-th child of `parent`, so that the name says who it is and not
// when it was started.
int32_t ChildFake(int32_t parent, uint32_t n) {
  uint32_t hash = static_cast<uint32_t>(parent) * 2654435761U + n * 40503U;
  hash ^= hash >> 15;
  hash *= 2246822519U;
  hash ^= hash >> 13;
  int32_t fake = kFakeFirst + static_cast<int32_t>(hash % kFakeCount);
  while (FindFake(fake) != nullptr) ++fake;
  return fake;
}

Slot* NewSlot(Slot* parent, pid_t parent_id, int32_t real) {
  Slot* slot = Claim();
  if (slot == nullptr) return nullptr;
  uint32_t n = 0;
  int64_t now_ns = 0;
  if (parent != nullptr) {
    n = parent->children.fetch_add(1) + 1;
    now_ns = parent->now_ns.fetch_add(kStartNs) + kStartNs;
  }
  slot->fake.store(ChildFake(parent == nullptr ? 0 : parent->fake.load(), n));
  slot->parent.store(parent_id);
  slot->children.store(0);
  slot->now_ns.store(now_ns);
  slot->real.store(real);
  return slot;
}

// Finds or makes the slot of a process that was just started, by us or (as
// `system` does) behind our back.
Slot* Adopt(pid_t self) {
  const pid_t parent = static_cast<pid_t>(Call(SYS_getppid));
  Slot* slot = Find(self);
  if (slot == nullptr) slot = TakeReserved(parent, self);
  if (slot == nullptr) slot = NewSlot(Find(parent), parent, self);
  return slot;
}

// Returns whether `name` is in FOZZY_PIN.
bool IsPinned(const char* name) {
  const char* pins = Environment("FOZZY_PIN");
  const size_t length = strlen(name);
  while (pins != nullptr) {
    const char* comma = strchr(pins, ',');
    const size_t size =
        comma == nullptr ? strlen(pins) : static_cast<size_t>(comma - pins);
    if (size == length && strncmp(pins, name, length) == 0) return true;
    pins = comma == nullptr ? nullptr : comma + 1;
  }
  return false;
}

struct Pinned {
  bool clock = IsPinned("clock");
  bool pid = IsPinned("pid");
  bool random = IsPinned("random");
  bool directory_order = IsPinned("directory_order");
};

// Read once, before main, so that a program which clears its environment stays
// pinned.
const Pinned& Pins() {
  static const Pinned pinned;
  return pinned;
}

__attribute__((constructor)) void Start() {
  if (Pins().clock || Pins().pid) Self();
}

}  // namespace

const char* Environment(const char* name) {
  if (environ == nullptr) return nullptr;
  const size_t length = strlen(name);
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=') {
      return *entry + length + 1;
    }
  }
  return nullptr;
}

bool IsClockPinned() { return Pins().clock; }
bool IsPidPinned() { return Pins().pid; }
bool IsRandomPinned() { return Pins().random; }
bool IsDirectoryOrderPinned() { return Pins().directory_order; }

long Call(long number, long a, long b, long c, long d, long e, long f) {
  long result = 0;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8),
                     "r"(r9)
                   : "rcx", "r11", "memory");
  if (result < 0 && result > -4096) {
    errno = static_cast<int>(-result);
    return -1;
  }
  return result;
}

Slot& Self() {
  static std::atomic<Slot*> self{nullptr};
  static Slot spare;  // for a process beyond the last slot
  const pid_t real = static_cast<pid_t>(Call(SYS_getpid));
  Slot* slot = self.load(std::memory_order_acquire);
  if (slot != nullptr && slot->real.load() == real) return *slot;
  slot = Adopt(real);
  if (slot == nullptr) {
    spare.real.store(real);
    spare.fake.store(kOutsider - 1);
    slot = &spare;
  }
  self.store(slot, std::memory_order_release);
  return *slot;
}

Slot* ReserveChild() {
  Slot& self = Self();
  return NewSlot(&self, self.real.load(), 0);
}

void Started(Slot* child, pid_t real) {
  if (child == nullptr) return;
  int32_t unstarted = 0;
  child->real.compare_exchange_strong(unstarted, real);
}

void Reaped(pid_t real) {
  Slot* slot = Find(real);
  if (slot == nullptr) return;
  const int64_t now_ns = slot->now_ns.load();
  Slot& self = Self();
  int64_t ours = self.now_ns.load();
  while (ours < now_ns && !self.now_ns.compare_exchange_weak(ours, now_ns)) {
  }
  slot->real.store(kFree);
}

pid_t Fake(pid_t real) {
  if (!IsPidPinned() || real <= 0) return real;
  Slot& self = Self();
  const Slot* slot = Find(real);
  if (slot != nullptr) return slot->fake.load();
  return real == self.parent.load() && real != 1 ? kOutsider : real;
}

pid_t ToReal(pid_t fake) {
  if (!IsPidPinned() || fake < kOutsider) return fake;
  if (fake == kOutsider) return Self().parent.load();
  const Slot* slot = FindFake(fake);
  return slot == nullptr ? fake : slot->real.load();
}

}  // namespace fozzy::shim
