// Tests whose bodies end their process.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "fozzy/test.h"

namespace {

int runs = 0;

// Has the task "reader" call `die` where it comes before the other.
template <class Die>
void DieInSomeOrders(const Die& die) {
  fozzy::atomic<int> first = 0;
  fozzy::thread writer([&] { first.store(1); });
  fozzy::thread reader([&] {
    fozzy::this_thread::set_name("reader");
    if (first.load() == 0) die();
  });
  writer.join();
  reader.join();
}

// Without an end that a compiler could see.
int Descend(int depth) {
  volatile char room[512];
  room[0] = static_cast<char>(depth);
  if (depth > 1'000'000) return room[0];
  return Descend(depth + 1) + room[0];
}

FOZZY_TEST(Crash, WritesThroughANullPointer) {
  DieInSomeOrders([] {
    std::printf("printed before the crash\n");
    volatile int* volatile nothing = nullptr;
    *nothing = 1;
  });
}

FOZZY_TEST(Crash, Aborts) {
  DieInSomeOrders([] { std::abort(); });
}

FOZZY_TEST(Crash, OverflowsItsStack) {
  DieInSomeOrders([] { Descend(0); });
}

FOZZY_TEST(Crash, Exits) {
  DieInSomeOrders([] { _exit(3); });
}

FOZZY_TEST(Crash, IsThereInEveryRun) {
  fozzy::atomic<int> one = 0;
  fozzy::thread other([&] { ++one; });
  ++one;
  std::abort();
}

// In a fresh process there is no such run.
FOZZY_TEST(Crash, DependsOnEarlierRuns) {
  fozzy::atomic<int> one = 0;
  fozzy::thread other([&] { ++one; });
  ++one;
  other.join();
  if (++runs > 40) std::abort();
}

TEST(Ordinary, RunsAfterwards) { std::printf("it is reached\n"); }

}  // namespace
