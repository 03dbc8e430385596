#include "sim/litmus/random_litmus.h"

#include <utility>

#include "sim/base/check.h"
#include "sim/base/rng.h"

namespace fozzy {
namespace {

// How often each kind of operation is drawn, of 20.
constexpr std::pair<LitmusOpKind, uint64_t> kKindWeights[] = {
    {LitmusOpKind::kLoad, 7},     {LitmusOpKind::kStore, 6},
    {LitmusOpKind::kExchange, 1}, {LitmusOpKind::kFetchAdd, 2},
    {LitmusOpKind::kFence, 3},    {LitmusOpKind::kCompareExchange, 1},
};
constexpr uint64_t kKindWeightsSum = 20;

// Draws one program.
class Generator {
 public:
  explicit Generator(const RandomLitmusOptions& options)
      : options_(options), rng_("litmus", options.seed, options.index) {}

  LitmusProgram Generate() {
    FOZZY_CHECK(options_.threads_max >= 2);
    FOZZY_CHECK(options_.threads_max <= kLitmusThreadsMax);
    FOZZY_CHECK(options_.ops_per_thread_max >= 1);
    FOZZY_CHECK(options_.ops_max <= kOpsMax);
    program_.locations = rng_.Chance(1, 4) ? 3 : 2;
    DrawPalette();
    const uint64_t threads = 2 + rng_.UpTo(options_.threads_max - 2);
    for (uint64_t i = 0; i < threads; ++i) {
      GenerateThread();
      if (program_.threads.back().empty()) program_.threads.pop_back();
    }
    return std::move(program_);
  }

 private:
  static constexpr uint32_t kOrders = 6;
  // Each may set a register, and be two events.
  static constexpr uint32_t kOpsMax = 14;

  // One program in four mixes nothing but relaxed and SC, where the SC axiom
  // is subtle; some have no relaxed operations, some SC ones only.
  void DrawPalette() {
    constexpr uint64_t kAll = (uint64_t{1} << kOrders) - 1;
    constexpr uint64_t kRelaxed = 1;
    constexpr uint64_t kSc = uint64_t{1} << (kOrders - 1);
    const uint64_t draw = rng_.UpTo(7);
    palette_ = rng_.UpTo(kAll - 1) + 1;
    if (draw <= 1) palette_ = kRelaxed | kSc;
    if (draw == 2) palette_ = kAll - kRelaxed;
    if (draw == 3) palette_ = kSc;
  }

  void GenerateThread() {
    std::vector<LitmusOp>& ops = program_.threads.emplace_back();
    readable_.clear();
    last_location_ = kLitmusLocationsMax;
    // Longer threads are the interesting ones.
    uint64_t last = rng_.UpTo(options_.ops_per_thread_max - 1);
    if (last == 0) last = rng_.UpTo(options_.ops_per_thread_max - 1);
    for (uint64_t i = 0; i <= last; ++i) {
      if (ops_ == options_.ops_max) return;
      const uint32_t registers_before = program_.registers;
      ops.push_back(DrawOp());
      if (IsAffordable()) {
        ++ops_;
        continue;
      }
      ops.pop_back();
      program_.registers = registers_before;
      return;
    }
  }

  LitmusOp DrawOp() {
    LitmusOp op;
    op.kind = DrawKind();
    // A fence before all others orders nothing.
    while (op.kind == LitmusOpKind::kFence && program_.threads.back().empty()) {
      op.kind = DrawKind();
    }
    if (op.kind == LitmusOpKind::kFence) {
      op.order = DrawOrder(LitmusOpKind::kExchange);
      return op;
    }
    op.order = DrawOrder(op.kind);
    op.location = DrawLocation();
    if (IsWriting(op.kind)) op.operand = 1 + rng_.UpTo(2);
    if (op.kind == LitmusOpKind::kCompareExchange) {
      op.failure_order = DrawOrder(LitmusOpKind::kLoad);
      op.expected = rng_.UpTo(2);
    }
    if (op.kind == LitmusOpKind::kStore && !readable_.empty() &&
        rng_.Chance(1, 4)) {
      op.source = readable_[rng_.UpTo(readable_.size() - 1)];
    }
    if (IsReading(op.kind)) {
      op.target = program_.registers++;
      readable_.push_back(op.target);
    }
    return op;
  }

  LitmusOpKind DrawKind() {
    uint64_t draw = rng_.UpTo(kKindWeightsSum - 1);
    for (const auto& [kind, weight] : kKindWeights) {
      if (draw < weight) return kind;
      draw -= weight;
    }
    FOZZY_CHECK(false);
    return LitmusOpKind::kFence;
  }

  // Prefers locations that the thread has not just used: what shows how weak
  // a model is goes from one location to another.
  uint32_t DrawLocation() {
    const auto drawn = static_cast<uint32_t>(rng_.UpTo(program_.locations - 1));
    if (drawn != last_location_ || rng_.Chance(1, 4)) {
      last_location_ = drawn;
    } else {
      last_location_ = (drawn + 1) % program_.locations;
    }
    return last_location_;
  }

  // Draws an order of the palette that `kind` may have, or any that it may
  // have if the palette has none.
  MemoryOrder DrawOrder(LitmusOpKind kind) {
    std::vector<MemoryOrder> orders = LegalOrders(kind, palette_);
    if (orders.empty()) orders = LegalOrders(kind, ~uint64_t{0});
    return orders[rng_.UpTo(orders.size() - 1)];
  }

  static std::vector<MemoryOrder> LegalOrders(LitmusOpKind kind,
                                              uint64_t palette) {
    std::vector<MemoryOrder> orders;
    for (uint8_t i = 0; i < kOrders; ++i) {
      const auto order = static_cast<MemoryOrder>(i);
      const bool is_in_palette = (palette >> i & 1) != 0;
      if (is_in_palette && IsLegalOrder(kind, order)) orders.push_back(order);
    }
    return orders;
  }

  // Whether there are at most candidates_max candidates.
  bool IsAffordable() const {
    uint64_t candidates = 1;
    for (uint32_t i = 0; i < program_.locations; ++i) {
      const uint64_t writes = Count(i, IsWriting);
      const uint64_t reads = Count(i, IsReading);
      for (uint64_t n = 2; n <= writes; ++n) candidates *= n;
      for (uint64_t n = 0; n < reads; ++n) candidates *= writes + 1;
      if (candidates > options_.candidates_max) return false;
    }
    return true;
  }

  // Returns how many operations of a kind that `predicate` holds of use
  // `location`.
  uint64_t Count(uint32_t location, bool (*predicate)(LitmusOpKind)) const {
    uint64_t count = 0;
    for (const std::vector<LitmusOp>& ops : program_.threads) {
      for (const LitmusOp& op : ops) {
        count += predicate(op.kind) && op.location == location ? 1u : 0u;
      }
    }
    return count;
  }

  const RandomLitmusOptions& options_;
  Rng rng_;
  uint64_t palette_ = 0;  // bit i: order i may be drawn
  uint32_t ops_ = 0;
  std::vector<uint32_t> readable_;  // registers set by the current thread
  uint32_t last_location_ = 0;      // used by the current thread
  LitmusProgram program_;
};

}  // namespace

LitmusProgram RandomLitmusProgram(const RandomLitmusOptions& options) {
  return Generator(options).Generate();
}

}  // namespace fozzy
