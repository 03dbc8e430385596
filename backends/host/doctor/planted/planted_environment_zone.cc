// Prints what a fixed moment is called here.
#include <stdio.h>
#include <time.h>

int main() {
  const time_t moment = 1'000'000'000;
  char text[64];
  strftime(text, sizeof(text), "%F %T", localtime(&moment));
  printf("%s\n", text);
  return 0;
}
