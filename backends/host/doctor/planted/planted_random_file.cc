// Prints random bytes of the device file.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main() {
  const int file = open("/dev/urandom", O_RDONLY);
  unsigned long word = 0;
  if (read(file, &word, sizeof(word)) != sizeof(word)) return 1;
  printf("%lx\n", word);
  return 0;
}
