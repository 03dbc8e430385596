#include "kernels/compiler/text_store.h"

#include <cstring>

#include "kernels/compiler/text_ops.h"

namespace fozzy::compiler {

TextStore::TextStore(const std::vector<std::string>& texts, bool has_views,
                     Handles& handles)
    : texts_(texts), has_views_(has_views), handles_(handles) {
  if (has_views) bytes_.reset(new char[kTextSpaceBytes]);
  Reset();
}

void TextStore::Reset() {
  used_ = 0;
  literals_.clear();
  for (const std::string& text : texts_) {
    if (!has_views_) {
      literals_.push_back({handles_.Intern(text), 0});
      continue;
    }
    const auto size = static_cast<int64_t>(text.size());
    std::memcpy(bytes_.get() + used_, text.data(), text.size());
    literals_.push_back({used_, size});
    used_ += size;
  }
}

Slot TextStore::Literal(int64_t index) const {
  return literals_[static_cast<size_t>(index)];
}

absl::string_view TextStore::Get(Slot text) {
  if (!has_views_) return handles_.TextOf(text.first);
  return {bytes_.get() + text.first, static_cast<size_t>(text.second)};
}

bool TextStore::Equal(Slot a, Slot b) {
  if (!has_views_) return a.first == b.first;
  return Get(a) == Get(b);
}

Slot TextStore::Trim(Slot text) {
  const absl::string_view whole = Get(text);
  const absl::string_view trimmed = Trimmed(whole);
  if (!has_views_) return {handles_.Intern(trimmed), 0};
  return {text.first + (trimmed.data() - whole.data()),
          static_cast<int64_t>(trimmed.size())};
}

FailureKind TextStore::Replace(const Replacement& asked, Slot& result,
                               int64_t& found) {
  const absl::string_view text = Get(asked.text);
  const absl::string_view from = Get(asked.from);
  const absl::string_view to = Get(asked.to);
  found = static_cast<int64_t>(ReplacedSize(text, from, to));
  if (found > kTextBytesMax) return FailureKind::kText;
  if (!has_views_) {
    std::string bytes(static_cast<size_t>(found), '\0');
    ReplaceInto(text, from, to, bytes.data());
    result = {handles_.Intern(bytes), 0};
    return FailureKind::kNoFailure;
  }
  if (found > kTextSpaceBytes - used_) return FailureKind::kMemory;
  result = {used_, found};
  ReplaceInto(text, from, to, bytes_.get() + used_);
  used_ += found;
  return FailureKind::kNoFailure;
}

}  // namespace fozzy::compiler
