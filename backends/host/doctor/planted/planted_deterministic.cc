// Prints the same always, though it asks for much.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int main() {
  const bool has_time = time(nullptr) > 0 && getpid() > 0;
  void* const block = malloc(1);
  printf("%d %d\n", has_time ? 1 : 0, block == nullptr ? 0 : 1);
  free(block);
  return 0;
}
