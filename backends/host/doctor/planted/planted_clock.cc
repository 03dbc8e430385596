// Prints the time in milliseconds.
#include <stdio.h>
#include <time.h>

int main() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  printf("%lld\n",
         static_cast<long long>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000);
  return 0;
}
