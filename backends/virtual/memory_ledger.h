// The memory model of a scenario: books are kept, nothing is allocated.
#ifndef FOZZY_BACKENDS_VIRTUAL_MEMORY_LEDGER_H_
#define FOZZY_BACKENDS_VIRTUAL_MEMORY_LEDGER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "sim/undo_log.h"

namespace fozzy {

// Allocations with a limit, a count after which they fail, and two ways to
// take more bytes than were asked for.  All sums saturate at 2^64-1, that of
// leaked bytes excepted, which wraps.
//
// Source: the established format, section 1.9 of its description.
class MemoryLedger {
 public:
  struct Options {
    std::optional<uint64_t> limit_mb = {};
    std::optional<uint64_t> fail_after = {};
    std::optional<uint64_t> fragmentation_seed = {};
    std::optional<absl::string_view> pressure_wave = {};
  };

  // What came of one request.
  struct Allocation {
    uint64_t id = 0;                 // from 1; 0: refused
    uint64_t effective_bytes = 0;    // what it takes
    absl::string_view refused_by{};  // "limit_mb", "fail_after_allocs"
  };

  struct Totals {
    uint64_t alloc_count = 0;  // attempts, refused ones too
    uint64_t free_count = 0;
    uint64_t failed_alloc_count = 0;
    uint64_t in_use_bytes = 0;
    uint64_t peak_bytes = 0;
    uint64_t allocated_bytes = 0;  // by all that were not refused
  };

  // `undo` is not owned.
  MemoryLedger(UndoLog& undo, const Options& options);

  Allocation Allocate(uint64_t bytes);

  // Returns whether `id` was live.
  bool Free(uint64_t id);

  void LimitMb(uint64_t mb);
  void FailAfter(uint64_t count);
  void Fragment(uint64_t seed);
  // `pattern` is a comma list of multipliers; entries that are no positive
  // integers are skipped, and without any nothing is scaled.
  void SetPressureWave(absl::string_view pattern);
  // Notes that the model is used though nothing is counted.
  void Touch();

  const Totals& totals() const { return state_.totals; }
  uint64_t leaked_bytes() const;
  uint64_t leaked_allocs() const { return live_.size(); }
  // Whether anything was done that was not rolled back.
  bool is_touched() const { return state_.is_touched; }

 private:
  // All but the live allocations: small, so scopes keep a copy.
  struct State {
    Totals totals;
    uint64_t limit_bytes = ~uint64_t{0};
    uint64_t fail_after = ~uint64_t{0};
    std::optional<uint64_t> fragmentation_seed = {};
    std::vector<uint64_t> wave;
    uint64_t last_id = 0;
    bool is_touched = false;
  };

  void Keep();
  uint64_t EffectiveBytes(uint64_t bytes) const;

  UndoLog& undo_;
  State state_;
  absl::btree_map<uint64_t, uint64_t> live_;  // id -> effective bytes
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_VIRTUAL_MEMORY_LEDGER_H_
