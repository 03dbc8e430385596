// How running a kernel ends, and whom it calls outside.
#ifndef FOZZY_KERNELS_COMPILER_OUTCOME_H_
#define FOZZY_KERNELS_COMPILER_OUTCOME_H_

#include <cstdint>
#include <string>
#include <vector>

#include "kernels/compiler/position.h"

namespace fozzy::compiler {

// Longest string a kernel may make.
inline constexpr int64_t kTextBytesMax = int64_t{1} << 20;

enum class FailureKind : uint8_t {
  kNoFailure,
  kBounds,    // `found` is the index, `limit` the length
  kDivision,  // by zero
  kLoops,     // `limit` turns of loops were allowed
  kText,      // a string of `found` bytes, `limit` are allowed
  kMemory,    // strings that live at once need over `limit` bytes
  kHost,      // the host refused a call
};

struct Failure {
  FailureKind kind = FailureKind::kNoFailure;
  Position at;
  int64_t found = 0;
  int64_t limit = 0;

  friend bool operator==(const Failure&, const Failure&) = default;

  // Returns "line:column: index 9 is outside of an array of 8" or the like.
  std::string Text() const;
};

struct Outcome {
  Failure failure;
  int64_t result = 0;  // 0 after a failure

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

// An argument of a host function: a number (of a bool 0 or 1, of an enum its
// external tag), a text, or the elements of an array.
struct HostValue {
  int64_t number = 0;
  std::string text;
  std::vector<int64_t> numbers;

  friend bool operator==(const HostValue&, const HostValue&) = default;
};

// The world that a kernel may call into.  A kernel runs in one thread.
class Host {
 public:
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  virtual ~Host() = default;

  // Calls the host function `name`.  Returns whether it could be called;
  // `result` is then its value, cut to the declared type.
  virtual bool Call(const std::string& name,
                    const std::vector<HostValue>& arguments,
                    int64_t& result) = 0;

 protected:
  Host() = default;
};

// Returns `number` cut to 32 bits.
constexpr int64_t Cut32(int64_t number) {
  return static_cast<int32_t>(static_cast<uint32_t>(number));
}

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_OUTCOME_H_
