// The names of one chunk: each text gets a number the first time it is seen.
#ifndef FOZZY_TRACE_INTERNER_H_
#define FOZZY_TRACE_INTERNER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/limits.h"

namespace fozzy {

// An open-addressing table that cannot be iterated: what a text is numbered
// depends on the order in which texts came, never on their hashes.  Holds at
// most kNamesMax texts; allocates only while its store of texts grows.
class Interner {
 public:
  Interner();

  // Forgets all names.
  void Clear();

  // Returns the number of `text`, from 0 in the order they came.  `is_new`
  // says whether it was given just now.  Requires size() < kNamesMax.
  uint32_t Intern(std::string_view text, bool& is_new);

  size_t size() const { return names_.size(); }

 private:
  struct Name {
    uint64_t hash = 0;
    size_t offset = 0;  // into texts_
    size_t size = 0;
  };

  // Twice the names, so that probes stay short.
  static constexpr size_t kSlots = 2 * kNamesMax;
  static_assert((kSlots & (kSlots - 1)) == 0);

  std::vector<uint16_t> slots_;  // number + 1, or 0
  std::vector<Name> names_;
  std::string texts_;
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_INTERNER_H_
