// The configurations a search has met.
#ifndef FOZZY_SIM_LINEARIZABILITY_MEMO_H_
#define FOZZY_SIM_LINEARIZABILITY_MEMO_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/btree_set.h"

namespace fozzy {

// Configurations of a fixed number of words, numbered from 0 in the order they
// were added.  Two that differ are never taken for one another: digests only
// make comparing fast.
class ConfigurationMemo {
 public:
  explicit ConfigurationMemo(size_t words)
      : words_(words), met_(Less{&stored_, words}) {}
  ConfigurationMemo(const ConfigurationMemo&) = delete;
  ConfigurationMemo& operator=(const ConfigurationMemo&) = delete;
  ~ConfigurationMemo() = default;

  // Adds `configuration` unless it was inserted before; returns whether it was
  // added.  Requires a digest that depends on the configuration only.
  bool Insert(std::span<const uint32_t> configuration, uint64_t digest);

  // Adds `configuration`, known or not; Insert will not know it.
  void Append(std::span<const uint32_t> configuration);

  uint32_t size() const { return size_; }

  // Valid until the next one is added.
  std::span<const uint32_t> At(uint32_t number) const {
    return std::span(stored_).subspan(number * words_, words_);
  }

 private:
  struct Key {
    uint64_t digest;
    uint32_t number;
  };
  struct Less {
    const std::vector<uint32_t>* stored;
    size_t words;

    bool operator()(const Key& a, const Key& b) const;
  };

  size_t words_;
  uint32_t size_ = 0;
  std::vector<uint32_t> stored_;
  absl::btree_set<Key, Less> met_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_LINEARIZABILITY_MEMO_H_
