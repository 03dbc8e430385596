// Where something is in a source text, and what is wrong there.
#ifndef FOZZY_KERNELS_COMPILER_POSITION_H_
#define FOZZY_KERNELS_COMPILER_POSITION_H_

#include <cstdint>
#include <string>
#include <utility>

namespace fozzy::compiler {

// Line and column, both from 1; columns count bytes.
struct Position {
  uint32_t line = 1;
  uint32_t column = 1;

  friend bool operator==(Position, Position) = default;
};

// Holds the first problem that is reported; the others follow from it.
class Problem {
 public:
  // `message` says what was expected and what was found.
  void Report(Position at, std::string message) {
    if (is_set_) return;
    is_set_ = true;
    at_ = at;
    message_ = std::move(message);
  }

  bool is_set() const { return is_set_; }
  Position at() const { return at_; }

  // Returns "line:column: message".
  std::string Text() const {
    return std::to_string(at_.line) + ":" + std::to_string(at_.column) + ": " +
           message_;
  }

 private:
  bool is_set_ = false;
  Position at_;
  std::string message_;
};

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_POSITION_H_
