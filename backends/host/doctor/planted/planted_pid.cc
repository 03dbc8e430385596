// Prints its process id.
#include <stdio.h>
#include <unistd.h>

int main() {
  printf("%d\n", getpid());
  return 0;
}
