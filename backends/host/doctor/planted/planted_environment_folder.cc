// Prints where it works.
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

int main() {
  char folder[PATH_MAX];
  if (getcwd(folder, sizeof(folder)) == nullptr) return 1;
  printf("%s\n", folder);
  return 0;
}
