// Files that no writer would write, with the right checksums.
#ifndef FOZZY_TRACE_TESTING_CRAFT_H_
#define FOZZY_TRACE_TESTING_CRAFT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "fozzy/trace.h"
#include "trace/frame.h"

namespace fozzy {

// Puts a file together piece by piece.
class FileCrafter {
 public:
  // Starts with the preamble and the header of a trace without a scenario.
  FileCrafter();

  // Starts with a preamble only.
  static FileCrafter Bare(uint32_t version);

  // Adds a section that says it has `raw_size` bytes before compression.
  FileCrafter& Add(SectionKind kind, absl::string_view stored,
                   uint64_t raw_size);
  FileCrafter& Add(SectionKind kind, absl::string_view stored) {
    return Add(kind, stored, stored.size());
  }

  // Adds a footer with the right file digest, otherwise as given, and a tail.
  FileCrafter& AddEnd(TraceFooter footer);

  const std::string& bytes() const { return bytes_; }

 private:
  explicit FileCrafter(uint32_t version);

  std::string bytes_;
  Digest digest_;
};

// Returns `bytes` with the checksums of the preamble and of all sections that
// can be told apart put right.
std::string RepairChecksums(std::string bytes);

// Returns the content of a file; fails the program if there is none.
std::string ReadFileOrDie(const std::string& path);
void WriteFileOrDie(const std::string& path, absl::string_view bytes);

}  // namespace fozzy

#endif  // FOZZY_TRACE_TESTING_CRAFT_H_
