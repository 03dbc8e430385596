#include "sim/litmus/shape_variant.h"

#include "sim/base/check.h"
#include "sim/base/rng.h"
#include "sim/litmus/litmus_parser.h"
#include "sim/litmus/litmus_shapes.h"

namespace fozzy {
namespace {

constexpr uint32_t kOrders = 6;
constexpr size_t kOpsMax = 9;

// Draws one variant.
class Varier {
 public:
  Varier(uint64_t seed, uint64_t index) : rng_("shapes", seed, index) {}

  LitmusProgram Vary() {
    const absl::Span<const LitmusShape> shapes = LitmusShapes();
    const LitmusShape& shape = shapes[rng_.UpTo(shapes.size() - 1)];
    absl::StatusOr<LitmusProgram> program = ParseLitmusProgram(shape.program);
    FOZZY_CHECK(program.ok());
    for (const std::vector<LitmusOp>& ops : program->threads) {
      ops_ += ops.size();
    }
    for (std::vector<LitmusOp>& ops : program->threads) {
      for (LitmusOp& op : ops) VaryOp(op);
      ops = VaryFences(ops);
    }
    return *std::move(program);
  }

 private:
  void VaryOp(LitmusOp& op) {
    const bool is_variable = op.source == kNoRegister && rng_.Chance(1, 10);
    if (is_variable && op.kind == LitmusOpKind::kLoad) {
      op.kind = LitmusOpKind::kFetchAdd;
    } else if (is_variable && op.kind == LitmusOpKind::kStore) {
      op.kind = LitmusOpKind::kExchange;
    }
    if (rng_.Chance(1, 3)) op.order = DrawOrder(op.kind);
    if (op.kind == LitmusOpKind::kCompareExchange && rng_.Chance(1, 3)) {
      op.failure_order = DrawOrder(LitmusOpKind::kLoad);
    }
  }

  // Returns `ops` with a fence less or more here and there.
  std::vector<LitmusOp> VaryFences(const std::vector<LitmusOp>& ops) {
    std::vector<LitmusOp> varied;
    for (const LitmusOp& op : ops) {
      const bool is_fence = op.kind == LitmusOpKind::kFence;
      if (is_fence && rng_.Chance(1, 8)) continue;
      if (!is_fence && !varied.empty() && ops_ < kOpsMax &&
          rng_.Chance(1, 10)) {
        ++ops_;
        varied.push_back({.kind = LitmusOpKind::kFence,
                          .order = DrawOrder(LitmusOpKind::kFence)});
      }
      varied.push_back(op);
    }
    return varied;
  }

  MemoryOrder DrawOrder(LitmusOpKind kind) {
    for (;;) {
      const auto order = static_cast<MemoryOrder>(rng_.UpTo(kOrders - 1));
      if (IsLegalOrder(kind, order)) return order;
    }
  }

  Rng rng_;
  size_t ops_ = 0;
};

}  // namespace

LitmusProgram RandomShapeVariant(uint64_t seed, uint64_t index) {
  return Varier(seed, index).Vary();
}

}  // namespace fozzy
