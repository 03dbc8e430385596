#include "sim/base/check.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace fozzy {
namespace {

void Print(const char* text) {
  size_t left = std::strlen(text);
  while (left > 0) {
    const ssize_t count = ::write(STDERR_FILENO, text, left);
    if (count <= 0) return;
    text += count;
    left -= static_cast<size_t>(count);
  }
}

void PrintNumber(int number) {
  char digits[12];
  char* next = digits + sizeof digits;
  *--next = '\0';
  do {
    *--next = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number > 0);
  Print(next);
}

}  // namespace

// Only write(2): the check may fail inside a program whose heap is broken.
void CheckFailed(const char* file, int line, const char* condition) {
  Print(file);
  Print(":");
  PrintNumber(line);
  Print(": check failed: ");
  Print(condition);
  Print("\n");
  std::abort();
}

}  // namespace fozzy
