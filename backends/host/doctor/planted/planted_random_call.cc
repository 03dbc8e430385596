// Prints random bytes of the system call.
#include <stdio.h>
#include <sys/random.h>

int main() {
  unsigned long word = 0;
  if (getrandom(&word, sizeof(word), 0) != sizeof(word)) return 1;
  printf("%lx\n", word);
  return 0;
}
