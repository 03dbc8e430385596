// Prints how large its environment is.
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main() {
  size_t size = 0;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    size += strlen(*variable);
  }
  printf("%zu\n", size);
  return 0;
}
