// Prints a number of the C++ random device.
#include <stdio.h>

#include <random>

int main() {
  std::random_device device;
  const unsigned high = device();
  const unsigned low = device();
  printf("%x%x\n", high, low);
  return 0;
}
