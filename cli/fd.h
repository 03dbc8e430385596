// A file descriptor with an owner.
#ifndef FOZZY_CLI_FD_H_
#define FOZZY_CLI_FD_H_

#include <unistd.h>

#include <utility>

namespace fozzy {

// Closes the file descriptor, if it has one, when it is destroyed.
class Fd {
 public:
  explicit Fd(int file = -1) : file_(file) {}
  Fd(Fd&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~Fd() {
    if (file_ >= 0) close(file_);
  }

  int get() const { return file_; }
  bool is_open() const { return file_ >= 0; }

  // Closes it now.  Returns what close(2) does.
  int Close() { return close(std::exchange(file_, -1)); }

 private:
  int file_;
};

}  // namespace fozzy

#endif  // FOZZY_CLI_FD_H_
