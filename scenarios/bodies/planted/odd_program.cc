// A program that misbehaves as its name in FOZZY_ODD says when it is asked.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "fozzy/test.h"

namespace {

// What fozzy's own variables are, is its own matter; this one it passes on.
std::string Odd() {
  const char* odd = std::getenv("ODD");
  return odd == nullptr ? "" : odd;
}

FOZZY_TEST(Odd, CrashesInSomeOrders) {
  fozzy::atomic<int> first = 0;
  fozzy::thread a([&] { first.store(1); });
  fozzy::thread b([&] {
    if (first.load() == 0) std::raise(SIGSEGV);
  });
  a.join();
  b.join();
}

FOZZY_TEST(Odd, Passes) {
  fozzy::atomic<int> first = 0;
  fozzy::thread a([&] { first.store(1); });
  FOZZY_SOMETIMES(first.load() == 1, "the store is seen");
  a.join();
  FOZZY_SOMETIMES(first.load() == 2, "two");
}

// Says who it is, and waits for somebody to end it.
void Hang() {
  if (std::FILE* const file = std::fopen("pid.partial", "w")) {
    std::fprintf(file, "%d", getpid());
    std::fclose(file);
    std::rename("pid.partial", "pid");
  }
  while (true) pause();
}

FOZZY_TEST(Odd, NeverEnds) { Hang(); }

FOZZY_TEST(Odd, HangsIfToldTo) {
  if (access("hang", F_OK) == 0) Hang();
  fozzy::atomic<int> first = 0;
  fozzy::thread a([&] { first.store(1); });
  EXPECT_EQ(first.load(), 1);
  a.join();
}

FOZZY_TEST(Odd, ComesByElsewhere) {
  fozzy::atomic<int> first = 0;
  fozzy::thread a([&] { first.store(1); });
  a.join();
  if (first.load() == 2) FOZZY_REACHABLE("nowhere");
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int kControl = 3;
  if (Odd() == "garbage") {
    const std::string garbage("\x05\0\0\0GARB!", 9);
    return write(kControl, garbage.data(), garbage.size()) < 0 ? 1 : 0;
  }
  if (Odd() == "half") {
    const std::string half("\x50\0\0\0half", 8);
    return write(kControl, half.data(), half.size()) < 0 ? 1 : 0;
  }
  if (Odd() == "huge") {
    const std::string huge("\xff\xff\xff\xff", 4);
    return write(kControl, huge.data(), huge.size()) < 0 ? 1 : 0;
  }
  if (Odd() == "killed") std::raise(SIGKILL);
  fozzy::InitTests(&argc, argv);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
