// Owns a file descriptor.
#ifndef FOZZY_BACKENDS_HOST_FD_H_
#define FOZZY_BACKENDS_HOST_FD_H_

#include <unistd.h>

#include <utility>

namespace fozzy {

// A file descriptor, closed at the end of its life, or none.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int number) : number_(number) {}
  Fd(Fd&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Fd() { Close(); }

  bool is_open() const { return number_ >= 0; }
  int get() const { return number_; }  // -1: none

  // Closes it now.  Returns what close(2) does; 0 if there is none.
  int Close() {
    const int number = std::exchange(number_, -1);
    return number < 0 ? 0 : close(number);
  }

 private:
  int number_ = -1;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_FD_H_
