#include "sim/linearizability_memo.h"

#include <algorithm>

#include "sim/base/check.h"

namespace fozzy {

bool ConfigurationMemo::Less::operator()(const Key& a, const Key& b) const {
  if (a.digest != b.digest) return a.digest < b.digest;
  const uint32_t* const left = stored->data() + a.number * words;
  const uint32_t* const right = stored->data() + b.number * words;
  return std::lexicographical_compare(left, left + words, right, right + words);
}

void ConfigurationMemo::Append(std::span<const uint32_t> configuration) {
  FOZZY_CHECK(configuration.size() == words_);
  FOZZY_CHECK(size_ < ~uint32_t{0});
  stored_.insert(stored_.end(), configuration.begin(), configuration.end());
  ++size_;
}

bool ConfigurationMemo::Insert(std::span<const uint32_t> configuration,
                               uint64_t digest) {
  Append(configuration);
  if (met_.insert({digest, size_ - 1}).second) return true;
  stored_.resize(stored_.size() - words_);
  --size_;
  return false;
}

}  // namespace fozzy
