#include "sim/core/keyed_answers.h"

#include <algorithm>

#include "sim/base/check.h"

namespace fozzy {
namespace {

bool ByKey(const KeyedAnswer& a, const KeyedAnswer& b) { return a.key < b.key; }

}  // namespace

bool operator<(const ChoiceKey& a, const ChoiceKey& b) {
  if (a.task != b.task) return a.task.value < b.task.value;
  if (a.kind != b.kind) return a.kind < b.kind;
  return a.ordinal < b.ordinal;
}

std::span<KeyedAnswer> KeyAnswers(std::span<const Decision> decisions,
                                  std::span<KeyedAnswer> table) {
  size_t count = 0;
  for (const Decision& decision : decisions) {
    if (decision.kind == ChoiceKind::kTask) continue;
    FOZZY_CHECK(count < table.size());
    // Numbered over all questions first: sorted, the questions of one task and
    // kind lie together in their order and are numbered anew.
    table[count] = {{decision.task, decision.kind, count}, decision.answer};
    ++count;
  }
  table = table.first(count);
  std::sort(table.begin(), table.end(), ByKey);
  const KeyedAnswer* before = nullptr;
  for (KeyedAnswer& entry : table) {
    const bool goes_on = before != nullptr &&
                         before->key.task == entry.key.task &&
                         before->key.kind == entry.key.kind;
    entry.key.ordinal = goes_on ? before->key.ordinal + 1 : 0;
    before = &entry;
  }
  return table;
}

const KeyedAnswer* FindAnswer(std::span<const KeyedAnswer> table,
                              const ChoiceKey& key) {
  const auto found =
      std::lower_bound(table.begin(), table.end(), KeyedAnswer{key, 0}, ByKey);
  return found != table.end() && found->key == key ? &*found : nullptr;
}

}  // namespace fozzy
