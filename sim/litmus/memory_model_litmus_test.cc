// The memory model of simulated atomics against the axioms.
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <set>
#include <string>
#include <vector>

#include "sim/core/memory_model.h"
#include "sim/litmus/litmus_parser.h"
#include "sim/litmus/litmus_shapes.h"
#include "sim/litmus/operational.h"
#include "sim/litmus/random_litmus.h"
#include "sim/litmus/rc11_enumerator.h"
#include "sim/litmus/shape_variant.h"

namespace fozzy {
namespace {

void* Zeroed(size_t bytes) {
  void* memory = std::aligned_alloc(64, (bytes + 63) / 64 * 64);
  return std::memset(memory, 0, bytes);
}

// Hands questions on to the chooser of the moment.
class ChooserOracle final : public ValueOracle {
 public:
  uint64_t Ask(ChoiceKind, uint64_t last) override {
    return chooser->Choose(last);
  }

  Chooser* chooser = nullptr;
};

// What a machine is made to do that the model is not asked for.
enum class Weakening {
  kNone,
  kAcquireIsRelaxed,
  kReleaseIsRelaxed,
  kScIsAcquireRelease,
  kScFenceIsAcquireRelease,
  kNewestOnly,
};

// The memory model, with thread i as task i + 2.
class ModelMachine final : public OperationalMachine {
 public:
  explicit ModelMachine(MemoryModelKind kind = MemoryModelKind::kCpp20,
                        Weakening weakening = Weakening::kNone)
      : kind_(kind), weakening_(weakening) {}

  void Reset(uint32_t threads, uint32_t locations) override {
    model_.Reset(kind_);
    for (uint32_t i = 0; i < locations; ++i) model_.CreateBeforeAll({});
    for (uint32_t i = 0; i < threads; ++i) model_.Fork({0}, Task(i));
  }

  uint64_t Load(uint32_t thread, uint32_t location, MemoryOrder order,
                Chooser& chooser) override {
    oracle_.chooser = &chooser;
    if (weakening_ == Weakening::kNewestOnly) model_.ReadNewest(Task(thread));
    return model_.Load(Task(thread), location + 1, Weak(order)).low;
  }

  void Store(const Write& write, Chooser& chooser) override {
    oracle_.chooser = &chooser;
    model_.Store(Task(write.thread), write.location + 1, {write.operand, 0},
                 Weak(write.order));
  }

  uint64_t Exchange(const Write& write, Chooser& chooser) override {
    const uint64_t old = BeginUpdate(write, chooser);
    model_.EndUpdate({write.operand, 0});
    return old;
  }

  uint64_t FetchAdd(const Write& write, Chooser& chooser) override {
    const uint64_t old = BeginUpdate(write, chooser);
    model_.EndUpdate({old + write.operand, 0});
    return old;
  }

  CompareResult CompareExchange(const Write& write, uint64_t expected,
                                MemoryOrder failure_order,
                                Chooser& chooser) override {
    oracle_.chooser = &chooser;
    MemoryValue observed = {expected, 0};
    const bool is_success = model_.CompareExchange(
        Task(write.thread), write.location + 1, observed, {write.operand, 0},
        {Weak(write.order), Weak(failure_order), false});
    return {.is_success = is_success, .observed = observed.low};
  }

  void Fence(uint32_t thread, MemoryOrder order, Chooser& chooser) override {
    oracle_.chooser = &chooser;
    if (weakening_ == Weakening::kScFenceIsAcquireRelease &&
        order == MemoryOrder::kSequentiallyConsistent) {
      order = MemoryOrder::kAcquireRelease;
    }
    model_.Fence(Task(thread), Weak(order));
  }

  uint64_t FinalValue(uint32_t location) const override {
    return model_.Newest(location + 1).low;
  }

 private:
  static TaskId Task(uint32_t thread) { return {thread + 2}; }

  uint64_t BeginUpdate(const Write& write, Chooser& chooser) {
    oracle_.chooser = &chooser;
    return model_
        .BeginUpdate(Task(write.thread), write.location + 1, Weak(write.order))
        .low;
  }

  MemoryOrder Weak(MemoryOrder order) const {
    switch (weakening_) {
      case Weakening::kAcquireIsRelaxed:
        return order == MemoryOrder::kAcquire ? MemoryOrder::kRelaxed : order;
      case Weakening::kReleaseIsRelaxed:
        return order == MemoryOrder::kRelease ? MemoryOrder::kRelaxed : order;
      case Weakening::kScIsAcquireRelease:
        return order == MemoryOrder::kSequentiallyConsistent
                   ? MemoryOrder::kAcquireRelease
                   : order;
      default:
        return order;
    }
  }

  MemoryModelKind kind_;
  Weakening weakening_;
  Arena arena_{Zeroed, std::free};
  ChooserOracle oracle_;
  MemoryModel model_{arena_, oracle_};
};

// Random programs per test, and the most operations of one: less where each
// takes long.
#ifdef NDEBUG
constexpr uint64_t kPrograms = 500;
constexpr uint32_t kOpsMax = 9;
#else
constexpr uint64_t kPrograms = 150;
constexpr uint32_t kOpsMax = 7;
#endif

LitmusProgram Parse(absl::string_view text) {
  return ParseLitmusProgram(text).value();
}

TEST(MemoryModelLitmusTest, ShapesOfTheLiteratureDoWhatTheAxiomsAllow) {
  ModelMachine machine;
  for (const LitmusShape& shape : LitmusShapes()) {
    const LitmusProgram program = Parse(shape.program);
    EXPECT_EQ(Compare(program, machine, EnumerateOutcomes(program)), "")
        << shape.name;
  }
}

TEST(MemoryModelLitmusTest, RandomProgramsDoWhatTheAxiomsAllow) {
  ModelMachine machine;
  for (uint64_t index = 0; index < kPrograms; ++index) {
    const LitmusProgram program =
        RandomLitmusProgram({.ops_max = kOpsMax, .seed = 11, .index = index});
    ASSERT_EQ(Compare(program, machine, EnumerateOutcomes(program)), "")
        << index;
  }
}

TEST(MemoryModelLitmusTest, VariedShapesDoWhatTheAxiomsAllow) {
  ModelMachine machine;
  for (uint64_t index = 0; index < kPrograms; ++index) {
    const LitmusProgram program = RandomShapeVariant(12, index);
    ASSERT_EQ(Compare(program, machine, EnumerateOutcomes(program)), "")
        << index;
  }
}

// Programs that some part of psc alone makes forbid an outcome, or that less
// than psc is to allow.  An access that is not sequentially consistent in the
// right place ends the chain before all others are executed.
constexpr absl::string_view kDelicate[] = {
    // sb; hb; sb at three locations
    "x=1 sc; y=1 rel || r0=y acq; r1=z sc || z=1 sc; r2=x sc",
    "x=1 sc; y=1 rel || r0=y acq; r1=z sc || r3=y rlx; z=1 sc; r2=x sc",
    "x=1 sc; y=1 sc || y=2 sc; z=1 sc || r0=z acq; r1=x sc",
    "x=1 sc; z=1 sc || r0=z.add(0) acq; r1=y sc || y.swap(1) sc; r2=x sc",
    // ... where the last location is met again
    "x=1 sc; y=1 rel || r0=y acq; r3=z rlx; r1=z sc || z=1 sc; r2=x sc",
    "x=1 sc; y=1 rel || r0=y acq; r3=z rlx; r1=z sc || "
    "r4=y rlx; z=1 sc; r2=x sc",
    // ... and that at two locations orders nothing
    "x=1 sc; y=1 rel || r0=y.add(1) sc; r1=y rlx || y=3 sc; r2=x sc",
    "x=1 sc; y=1 rel || r0=y acq; r1=y sc || y=3 sc; r2=x sc",
    // a fence, synchronisation, and something before the access
    "y=1 rlx; fence sc; z=1 rel || r0=z acq; r1=x sc || x=1 sc; r2=y sc",
    "y=1 rlx; fence sc; x=1 rlx || r0=x sc; r1=y sc || x=2 sc; r2=y sc",
    // an access before what happened before a fence
    "x=1 sc; z=1 rel || r0=z acq; fence sc; r1=y rlx || y=1 sc; r2=x sc",
    "x=1 sc; z=1 rel || r0=z acq; fence sc; r1=y rlx || "
    "r3=z rlx; y=1 sc; r2=x sc",
    "x=1 sc || r0=x acq; fence sc; r1=y rlx || y=1 sc; r2=x sc",
    "x=1 sc || r0=x acq; fence sc; r1=y rlx || r3=z rlx; y=1 sc; r2=x sc",
    // the halves of an update follow each other, unlike a store
    "r0=x.swap(1) sc || r1=x rlx; fence sc; r2=y rlx || y=1 sc; r3=x sc",
    "r0=x.swap(1) sc || r1=x rlx; fence sc; r2=y rlx || "
    "r4=z rlx; y=1 sc; r3=x sc",
    "x=1 sc || r1=x rlx; fence sc; r2=y rlx || y=1 sc; r3=x sc",
    "x=1 sc || r1=x rlx; fence sc; r2=y rlx || r4=z rlx; y=1 sc; r3=x sc",
    // fences with a read between them in the extended coherence order
    "y=1 rlx; fence sc; z=1 rel || r0=z acq; x=1 rlx || "
    "r1=x rlx; fence sc; r2=y rlx",
    "x=1 rlx || r0=x rlx; fence sc; r1=y rlx || y=1 rlx; fence sc; r2=x rlx",
    // ... which does not order an access before a fence
    "x=1 rlx || r0=x rlx; fence sc; r1=y rlx || y=1 sc; r2=x sc",
    "x=1 rlx || r0=x rlx; fence sc; r1=y rlx; z=1 rlx || "
    "r3=z rlx; y=1 sc; r2=x sc",
    // fences and accesses from before there was anything else
    "y=1 sc; fence sc; x=1 sc || x=2 rlx || r0=x rlx; fence sc; r1=y rlx",
    "y=1 sc; fence sc; x=1 sc || x=3 sc; x=2 rlx || "
    "r0=x rlx; fence sc; r1=y rlx",
    "x=1 sc; fence sc; r0=y rlx || y=1 sc; fence sc; r1=x rlx",
    "x=1 sc; fence sc; r0=y rlx || y=1 sc; r1=x sc",
    "fence sc; x=1 sc; r0=y rlx || y=1 sc; fence sc; r1=x rlx",
    // old events that are overtaken, by one that is overtaken
    "x=1 sc || r0=z rlx; y=1 sc; r1=x sc || z=1 sc; r2=y sc || "
    "r3=x sc; r4=z sc",
    "x=1 sc || r0=z rlx; y=1 sc; r1=x sc || r3=x sc; r2=y sc",
};

TEST(MemoryModelLitmusTest, DelicateProgramsDoWhatTheAxiomsAllow) {
  ModelMachine machine;
  for (const absl::string_view text : kDelicate) {
    const LitmusProgram program = Parse(text);
    EXPECT_EQ(Compare(program, machine, EnumerateOutcomes(program)), "");
  }
}

TEST(MemoryModelLitmusTest, UnderScTheresNothingButInterleavings) {
  ModelMachine machine(MemoryModelKind::kSc);
  for (const LitmusShape& shape : LitmusShapes()) {
    const LitmusProgram program = Parse(shape.program);
    EXPECT_EQ(
        Compare(program, machine,
                EnumerateOutcomes(
                    program, {.model = LitmusModel::kSequentialConsistency})),
        "")
        << shape.name;
  }
}

// Whether some shape comes to what the axioms do not say.
bool IsNoticed(ModelMachine& machine) {
  for (const LitmusShape& shape : LitmusShapes()) {
    const LitmusProgram program = Parse(shape.program);
    const std::set<Outcome> allowed = EnumerateOutcomes(program);
    if (!Compare(program, machine, allowed).empty()) return true;
  }
  return false;
}

TEST(MemoryModelLitmusTest, EveryWeakeningIsNoticed) {
  for (const Weakening weakening :
       {Weakening::kAcquireIsRelaxed, Weakening::kReleaseIsRelaxed,
        Weakening::kScIsAcquireRelease, Weakening::kScFenceIsAcquireRelease,
        Weakening::kNewestOnly}) {
    ModelMachine machine(MemoryModelKind::kCpp20, weakening);
    EXPECT_TRUE(IsNoticed(machine)) << static_cast<int>(weakening);
  }
}

}  // namespace
}  // namespace fozzy
