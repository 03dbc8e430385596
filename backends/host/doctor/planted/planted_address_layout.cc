// Prints where the stack and the heap lie.
#include <stdio.h>
#include <stdlib.h>

int main() {
  int local = 0;
  void* const block = malloc(1);
  printf("%p %p\n", static_cast<void*>(&local), block);
  free(block);
  return 0;
}
