// The strings of a running kernel, as views of one block of bytes or interned.
#ifndef FOZZY_KERNELS_COMPILER_TEXT_STORE_H_
#define FOZZY_KERNELS_COMPILER_TEXT_STORE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "kernels/compiler/handles.h"
#include "kernels/compiler/outcome.h"

namespace fozzy::compiler {

// Bytes of strings that live at once, if they are views.
inline constexpr int64_t kTextSpaceBytes = int64_t{64} << 20;

// A string is a Slot: of views, where it begins and its size; if interned, its
// handle.
class TextStore {
 public:
  // `from` in `text` is to become `to`.
  struct Replacement {
    Slot text;
    Slot from;
    Slot to;
  };

  // `texts` are the literals; both outlive this.
  TextStore(const std::vector<std::string>& texts, bool has_views,
            Handles& handles);

  // Forgets all strings but the literals.  Handles must be reset before.
  void Reset();

  Slot Literal(int64_t index) const;
  absl::string_view Get(Slot text);
  bool Equal(Slot a, Slot b);
  Slot Trim(Slot text);
  // Returns kNoFailure and the result, or what goes wrong with its size in
  // `found`.
  FailureKind Replace(const Replacement& asked, Slot& result, int64_t& found);

  int64_t used() const { return used_; }
  void Release(int64_t used) {
    if (has_views_) used_ = used;
  }

 private:
  const std::vector<std::string>& texts_;
  const bool has_views_;
  Handles& handles_;
  std::unique_ptr<char[]> bytes_;  // kTextSpaceBytes, touched when used
  int64_t used_ = 0;
  std::vector<Slot> literals_;
};

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_TEXT_STORE_H_
