#include "sim/litmus/operational.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <deque>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/litmus/litmus_parser.h"
#include "sim/litmus/litmus_shapes.h"
#include "sim/litmus/random_litmus.h"
#include "sim/litmus/rc11_enumerator.h"
#include "sim/litmus/shape_variant.h"

namespace fozzy {
namespace {

constexpr EnumerationOptions kSc = {.model =
                                        LitmusModel::kSequentialConsistency};
// Random programs per test: fewer where each takes long.
#ifdef NDEBUG
constexpr uint64_t kPrograms = 600;
#else
constexpr uint64_t kPrograms = 80;
#endif

LitmusProgram Parse(absl::string_view text) {
  return ParseLitmusProgram(text).value();
}

// What a machine gets wrong on purpose.
enum class Flaw {
  kNone,
  kForgetting,  // the chooser may have it lose a store
  kTimid,       // a load sees 0 for 2: outcomes are missing, others too many
};

// Sequential consistency: an array.
class ScMachine final : public OperationalMachine {
 public:
  explicit ScMachine(Flaw flaw = Flaw::kNone) : flaw_(flaw) {}

  void Reset(uint32_t, uint32_t) override { values_ = {}; }

  uint64_t Load(uint32_t, uint32_t location, MemoryOrder, Chooser&) override {
    const uint64_t value = values_[location];
    return flaw_ == Flaw::kTimid && value == 2 ? 0 : value;
  }

  void Store(const Write& write, Chooser& chooser) override {
    if (flaw_ == Flaw::kForgetting && chooser.Choose(1) != 0) return;
    values_[write.location] = write.operand;
  }

  uint64_t Exchange(const Write& write, Chooser&) override {
    return std::exchange(values_[write.location], write.operand);
  }

  uint64_t FetchAdd(const Write& write, Chooser&) override {
    const uint64_t old = values_[write.location];
    values_[write.location] += write.operand;
    return old;
  }

  CompareResult CompareExchange(const Write& write, uint64_t expected,
                                MemoryOrder, Chooser&) override {
    const uint64_t old = values_[write.location];
    if (old == expected) values_[write.location] = write.operand;
    return {.is_success = old == expected, .observed = old};
  }

  void Fence(uint32_t, MemoryOrder, Chooser&) override {}

  uint64_t FinalValue(uint32_t location) const override {
    return values_[location];
  }

 private:
  Flaw flaw_;
  std::array<uint64_t, kLitmusLocationsMax> values_ = {};
};

// An x86 processor that runs what a compiler makes of C++: stores wait in a
// buffer per thread, and what is sequentially consistent and writes waits for
// the buffer to be empty.  What is left at the end is written thread by thread,
// so that not all that a processor can do is seen.
//
// Source: Sewell et al., "x86-TSO", CACM 2010; Batty et al., POPL 2011,
// table 1.
class TsoMachine final : public OperationalMachine {
 public:
  void Reset(uint32_t threads, uint32_t locations) override {
    memory_.Reset(threads, locations);
    buffers_.assign(threads, {});
  }

  uint64_t Load(uint32_t thread, uint32_t location, MemoryOrder order,
                Chooser& chooser) override {
    DrainSome(chooser);
    const std::deque<Write>& buffer = buffers_[thread];
    for (auto write = buffer.rbegin(); write != buffer.rend(); ++write) {
      if (write->location == location) return write->operand;
    }
    return memory_.Load(thread, location, order, chooser);
  }

  void Store(const Write& write, Chooser& chooser) override {
    DrainSome(chooser);
    buffers_[write.thread].push_back(write);
    if (write.order == MemoryOrder::kSequentiallyConsistent) {
      DrainAll(write.thread, chooser);
    }
  }

  uint64_t Exchange(const Write& write, Chooser& chooser) override {
    DrainAll(write.thread, chooser);
    return memory_.Exchange(write, chooser);
  }

  uint64_t FetchAdd(const Write& write, Chooser& chooser) override {
    DrainAll(write.thread, chooser);
    return memory_.FetchAdd(write, chooser);
  }

  CompareResult CompareExchange(const Write& write, uint64_t expected,
                                MemoryOrder failure_order,
                                Chooser& chooser) override {
    DrainAll(write.thread, chooser);
    return memory_.CompareExchange(write, expected, failure_order, chooser);
  }

  void Fence(uint32_t thread, MemoryOrder order, Chooser& chooser) override {
    if (order == MemoryOrder::kSequentiallyConsistent) {
      DrainAll(thread, chooser);
    }
  }

  uint64_t FinalValue(uint32_t location) const override {
    uint64_t value = memory_.FinalValue(location);
    for (const std::deque<Write>& buffer : buffers_) {
      for (const Write& write : buffer) {
        if (write.location == location) value = write.operand;
      }
    }
    return value;
  }

 private:
  void DrainOne(uint32_t thread, Chooser& chooser) {
    memory_.Store(buffers_[thread].front(), chooser);
    buffers_[thread].pop_front();
  }

  void DrainAll(uint32_t thread, Chooser& chooser) {
    DrainSome(chooser);
    while (!buffers_[thread].empty()) DrainOne(thread, chooser);
  }

  // Writes any number of the oldest stores of each thread, in the order of
  // threads: other orders come from draining later.
  void DrainSome(Chooser& chooser) {
    for (uint32_t thread = 0; thread < buffers_.size(); ++thread) {
      for (uint64_t n = chooser.Choose(buffers_[thread].size()); n > 0; --n) {
        DrainOne(thread, chooser);
      }
    }
  }

  ScMachine memory_;
  std::vector<std::deque<Write>> buffers_;  // by thread, oldest first
};

TEST(OperationalTest, AnArrayIsSequentiallyConsistentOnEveryShape) {
  ScMachine machine;
  for (const LitmusShape& shape : LitmusShapes()) {
    const LitmusProgram program = Parse(shape.program);
    EXPECT_EQ(Compare(program, machine, EnumerateOutcomes(program, kSc)), "")
        << shape.name;
  }
}

TEST(OperationalTest, AnArrayIsSequentiallyConsistentOnRandomPrograms) {
  ScMachine machine;
  for (uint64_t i = 0; i < kPrograms; ++i) {
    const LitmusProgram program = RandomLitmusProgram({.seed = 7, .index = i});
    EXPECT_EQ(Compare(program, machine, EnumerateOutcomes(program, kSc)), "");
    const LitmusProgram variant = RandomShapeVariant(7, i);
    EXPECT_EQ(Compare(variant, machine, EnumerateOutcomes(variant, kSc)), "");
  }
}

// Returns the outcomes of `program` that an x86 processor has and the axioms
// forbid, as a message.
std::string ForbiddenOnX86(const LitmusProgram& program) {
  TsoMachine machine;
  std::set<Outcome> allowed = EnumerateOutcomes(program);
  const std::set<Outcome> seen = AllOutcomes(program, machine).outcomes;
  if (std::includes(allowed.begin(), allowed.end(), seen.begin(), seen.end())) {
    return "";
  }
  return Compare(program, machine, allowed);
}

TEST(OperationalTest, AnX86ProcessorDoesNothingThatTheAxiomsForbid) {
  for (uint64_t i = 0; i < kPrograms; ++i) {
    EXPECT_EQ(ForbiddenOnX86(
                  RandomLitmusProgram({.ops_max = 6, .seed = 8, .index = i})),
              "");
    EXPECT_EQ(ForbiddenOnX86(RandomShapeVariant(8, i)), "");
  }
}

TEST(OperationalTest, AnX86ProcessorBuffersStores) {
  TsoMachine machine;
  const LitmusProgram program = Parse("x=1 rlx; r0=y sc || y=1 rlx; r1=x sc");
  EXPECT_EQ(Compare(program, machine, EnumerateOutcomes(program)), "");
}

TEST(OperationalTest, TooManyOutcomesAreShown) {
  ScMachine machine(Flaw::kForgetting);
  const LitmusProgram program = Parse("x=1 rlx || r0=x rlx");
  EXPECT_EQ(Compare(program, machine, EnumerateOutcomes(program)),
            "x=1 rlx  | r0=x rlx\n"
            "x=1 rlx || r0=x rlx\n"
            "too many:\n"
            "  r0=0 x=0\n"
            "4 runs, complete\n");
}

TEST(OperationalTest, MissingOutcomesAreShown) {
  ScMachine machine(Flaw::kTimid);
  const LitmusProgram program = Parse("x=2 rlx; r0=x rlx");
  EXPECT_EQ(Compare(program, machine, EnumerateOutcomes(program)),
            "x=2 rlx\n"
            "r0=x rlx\n"
            "x=2 rlx; r0=x rlx\n"
            "missing:\n"
            "  r0=2 x=2\n"
            "too many:\n"
            "  r0=0 x=2\n"
            "1 runs, complete\n");
}

TEST(OperationalTest, NothingIsMissingFromASearchCutShort) {
  ScMachine machine;
  const LitmusProgram program = Parse("x=1 rlx || r0=x rlx");
  const std::set<Outcome> expected = EnumerateOutcomes(program);
  const OperationalOutcomes found = AllOutcomes(program, machine, 1);
  EXPECT_EQ(found.runs, 1u);
  EXPECT_FALSE(found.is_complete);
  EXPECT_EQ(found.outcomes.size(), 1u);
  EXPECT_EQ(Compare(program, machine, expected, 1), "");
  EXPECT_EQ(Compare(program, machine, expected, 2), "");
}

TEST(OperationalTest, EveryInterleavingIsRunOnce) {
  ScMachine machine;
  // 9! / (3! 3! 3!), and (2 + 1)! / (2! 1!) with an empty thread.
  EXPECT_EQ(AllOutcomes(Parse("x=1 rlx; x=1 rlx; x=1 rlx || x=1 rlx; x=1 rlx; "
                              "x=1 rlx || x=1 rlx; x=1 rlx; x=1 rlx"),
                        machine)
                .runs,
            1680u);
  LitmusProgram program = Parse("x=1 rlx; x=1 rlx || x=1 rlx");
  program.threads.emplace_back();
  EXPECT_EQ(AllOutcomes(program, machine).runs, 3u);
}

TEST(OperationalTest, EveryAnswerIsGivenInEveryInterleaving) {
  ScMachine machine(Flaw::kForgetting);
  EXPECT_EQ(AllOutcomes(Parse("x=1 rlx; r0=x rlx || y=1 rlx"), machine).runs,
            3u * 2u * 2u);
}

// Whatever is broken, some shape tells.
TEST(OperationalTest, PlantedFlawsAreCaughtByShapes) {
  for (const Flaw flaw : {Flaw::kForgetting, Flaw::kTimid}) {
    ScMachine machine(flaw);
    int caught = 0;
    for (const LitmusShape& shape : LitmusShapes()) {
      const LitmusProgram program = Parse(shape.program);
      const std::set<Outcome> expected = EnumerateOutcomes(program, kSc);
      if (!Compare(program, machine, expected).empty()) ++caught;
    }
    EXPECT_GT(caught, 0);
  }
}

}  // namespace
}  // namespace fozzy
