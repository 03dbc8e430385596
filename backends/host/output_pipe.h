// One stream of output of a process.
#ifndef FOZZY_BACKENDS_HOST_OUTPUT_PIPE_H_
#define FOZZY_BACKENDS_HOST_OUTPUT_PIPE_H_

#include <cstdint>
#include <string>
#include <utility>

#include "backends/host/fd.h"

namespace fozzy {

// A pipe whose reader keeps the first bytes and drains the rest, so that the
// writer never blocks on a full pipe.
class OutputPipe {
 public:
  // Keeps up to `bytes_max` bytes.
  explicit OutputPipe(uint64_t bytes_max) : bytes_max_(bytes_max) {}

  // Makes the pipe.  Neither end is one of the descriptors 0 to 2, which file
  // actions of a child overwrite.  Returns 0 or the errno value.
  int Open();

  // The ends; -1 once closed.
  int read_end() const { return read_end_.get(); }
  int write_end() const { return write_end_.get(); }
  void CloseWriteEnd() { write_end_.Close(); }

  // Whether more may come.
  bool is_open() const { return read_end_.is_open(); }

  // Takes at most 64 KiB of what is there, without waiting.  Closes the read
  // end at end of file.  Returns whether anything was there.
  bool Read();

  // Returns what was kept, once.
  std::string TakeText() { return std::move(text_); }

  // Whether more came than is kept.
  bool is_cut() const { return is_cut_; }

 private:
  void Keep(const char* bytes, uint64_t size);

  uint64_t bytes_max_;
  Fd read_end_;
  Fd write_end_;
  std::string text_;
  bool is_cut_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_OUTPUT_PIPE_H_
