// The key-value map of a scenario.
#ifndef FOZZY_BACKENDS_VIRTUAL_KV_STORE_H_
#define FOZZY_BACKENDS_VIRTUAL_KV_STORE_H_

#include <optional>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "sim/undo_log.h"

namespace fozzy {

// Texts by name, any bytes.
class KvStore {
 public:
  // `undo` is not owned.
  explicit KvStore(UndoLog& undo) : undo_(undo) {}

  void Set(absl::string_view key, absl::string_view value);

  // Returns the value of `key`, valid until the next Set, or null.
  const std::string* Find(absl::string_view key) const;

 private:
  void PutBack(const std::string& key, std::optional<std::string> value);

  UndoLog& undo_;
  absl::btree_map<std::string, std::string> values_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_VIRTUAL_KV_STORE_H_
