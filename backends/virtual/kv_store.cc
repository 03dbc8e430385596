#include "backends/virtual/kv_store.h"

#include <utility>

namespace fozzy {

void KvStore::Set(absl::string_view key, absl::string_view value) {
  const auto found = values_.find(key);
  if (undo_.is_open()) {
    std::optional<std::string> before;
    if (found != values_.end()) before = found->second;
    undo_.Add([this, name = std::string(key), before = std::move(before)] {
      PutBack(name, before);
    });
  }
  if (found != values_.end()) {
    found->second.assign(value.data(), value.size());
  } else {
    values_.emplace(key, value);
  }
}

const std::string* KvStore::Find(absl::string_view key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? nullptr : &found->second;
}

void KvStore::PutBack(const std::string& key,
                      std::optional<std::string> value) {
  if (value) {
    values_[key] = *std::move(value);
  } else {
    values_.erase(key);
  }
}

}  // namespace fozzy
