#include "sim/litmus/rc11_enumerator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "sim/litmus/litmus_parser.h"
#include "sim/litmus/litmus_shapes.h"
#include "sim/litmus/random_litmus.h"
#include "sim/litmus/shape_variant.h"

namespace fozzy {
namespace {

constexpr EnumerationOptions kRc11 = {};
constexpr EnumerationOptions kSc = {.model =
                                        LitmusModel::kSequentialConsistency};

// Random programs per test: fewer where each takes long.
#ifdef NDEBUG
constexpr uint64_t kPrograms = 200;
#else
constexpr uint64_t kPrograms = 40;
#endif

// Returns a random program or a variant of a shape, in turn.
LitmusProgram Sample(uint64_t seed, uint64_t i) {
  if (i % 2 == 0) return RandomShapeVariant(seed, i);
  return RandomLitmusProgram({.seed = seed, .index = i});
}

// Returns the outcomes of the program `text`, as texts.
std::set<std::string> Outcomes(absl::string_view text,
                               const EnumerationOptions& options = kRc11) {
  const LitmusProgram program = ParseLitmusProgram(text).value();
  std::set<std::string> texts;
  for (const Outcome& outcome : EnumerateOutcomes(program, options)) {
    texts.insert(ToString(outcome, program));
  }
  return texts;
}

// Returns `program` with every order replaced by sc.
LitmusProgram MadeSc(LitmusProgram program) {
  for (std::vector<LitmusOp>& ops : program.threads) {
    for (LitmusOp& op : ops) {
      op.order = MemoryOrder::kSequentiallyConsistent;
      op.failure_order = MemoryOrder::kSequentiallyConsistent;
    }
  }
  return program;
}

// Returns `program` with an SC fence between any two operations of a thread.
LitmusProgram Fenced(const LitmusProgram& program) {
  LitmusProgram fenced = program;
  for (std::vector<LitmusOp>& ops : fenced.threads) {
    for (size_t i = 1; i < ops.size(); i += 2) {
      ops.insert(ops.begin() + static_cast<ptrdiff_t>(i),
                 {.kind = LitmusOpKind::kFence,
                  .order = MemoryOrder::kSequentiallyConsistent});
    }
  }
  return fenced;
}

bool Includes(const std::set<Outcome>& all, const std::set<Outcome>& part) {
  return std::includes(all.begin(), all.end(), part.begin(), part.end());
}

bool Allows(const LitmusShape& shape, const EnumerationOptions& options) {
  const LitmusProgram program = ParseLitmusProgram(shape.program).value();
  const OutcomePattern pattern = ParseOutcomePattern(shape.outcome).value();
  const std::set<Outcome> outcomes = EnumerateOutcomes(program, options);
  return std::any_of(
      outcomes.begin(), outcomes.end(),
      [&](const Outcome& outcome) { return pattern.Fits(outcome); });
}

TEST(Rc11EnumeratorTest, SaysOfEveryShapeWhatTheLiteratureSays) {
  for (const LitmusShape& shape : LitmusShapes()) {
    EXPECT_EQ(Allows(shape, kRc11), shape.verdict != LitmusVerdict::kForbidden)
        << shape.name << ": " << shape.program << ", " << shape.outcome << " ("
        << shape.source << ")";
  }
}

TEST(Rc11EnumeratorTest, SequentialConsistencyHasNoWeakOutcome) {
  for (const LitmusShape& shape : LitmusShapes()) {
    EXPECT_EQ(Allows(shape, kSc), shape.verdict == LitmusVerdict::kStrong)
        << shape.name << ": " << shape.program << ", " << shape.outcome;
  }
}

TEST(Rc11EnumeratorTest, StoreBufferingHasAllFourOutcomes) {
  constexpr absl::string_view kProgram =
      "x=1 rlx; r0=y rlx || y=1 rlx; r1=x rlx";
  EXPECT_EQ(Outcomes(kProgram),
            (std::set<std::string>{"r0=0 r1=0 x=1 y=1", "r0=0 r1=1 x=1 y=1",
                                   "r0=1 r1=0 x=1 y=1", "r0=1 r1=1 x=1 y=1"}));
  EXPECT_EQ(Outcomes(kProgram, kSc),
            (std::set<std::string>{"r0=0 r1=1 x=1 y=1", "r0=1 r1=0 x=1 y=1",
                                   "r0=1 r1=1 x=1 y=1"}));
}

TEST(Rc11EnumeratorTest, BufferedLoadsReadWhatIsStoredAfterThem) {
  constexpr EnumerationOptions kBuffering = {.model =
                                                 LitmusModel::kLoadBuffering};
  EXPECT_EQ(Outcomes("r0=x rlx; y=1 rlx || r1=y rlx; x=1 rlx", kBuffering),
            (std::set<std::string>{"r0=1 r1=1 x=1 y=1"}));
  EXPECT_EQ(Outcomes("r0=x rlx; y=r0 rlx || r1=y rlx; x=5 rlx", kBuffering),
            (std::set<std::string>{"r0=5 r1=5 x=5 y=5"}));
  // No value comes from itself, nor from what happens later.
  for (const absl::string_view sound :
       {"r0=x rlx; y=r0 rlx || r1=y rlx; x=r1 rlx",
        "r0=x.add(1) rlx; y=r0 rlx || r1=y rlx; x=r1 rlx",
        "r0=x acq; y=1 rlx || r1=y acq; x=1 rel", "r0=x rlx; y=1 rlx",
        "x=1 rlx; r0=y rlx || y=1 rlx; r1=x rlx"}) {
    EXPECT_EQ(Outcomes(sound, kBuffering), std::set<std::string>()) << sound;
  }
}

TEST(Rc11EnumeratorTest, ValuesFollowRegistersThroughThreads) {
  EXPECT_EQ(Outcomes("x=3 rlx || r0=x rlx; y=r0+1 rlx || r1=y rlx; z=r1 rlx"),
            (std::set<std::string>{
                "r0=0 r1=0 x=3 y=1 z=0", "r0=0 r1=1 x=3 y=1 z=1",
                "r0=3 r1=0 x=3 y=4 z=0", "r0=3 r1=4 x=3 y=4 z=4"}));
}

TEST(Rc11EnumeratorTest, ReadModifyWritesReturnWhatTheyReplace) {
  EXPECT_EQ(Outcomes("r0=x.add(2) rlx; r1=x.swap(7) rlx; r2=x.cas(7,9) rlx "
                     "rlx; r3=x.cas(7,8) rlx rlx"),
            (std::set<std::string>{"r0=0 r1=2 r2=7 r3=9 x=9"}));
}

TEST(Rc11EnumeratorTest, ACompareExchangeFailsOnlyOnAnotherValue) {
  // Were the store between the halves, r0=0 x=1 could be seen.
  EXPECT_EQ(Outcomes("r0=x.cas(0,1) rlx rlx || x=5 rlx"),
            (std::set<std::string>{"r0=0 x=5", "r0=5 x=5"}));
}

TEST(Rc11EnumeratorTest, AnEmptyThreadDoesNothing) {
  LitmusProgram program = ParseLitmusProgram("x=1 rlx").value();
  program.threads.emplace_back();
  EXPECT_EQ(EnumerateOutcomes(program).size(), 1u);
}

TEST(Rc11EnumeratorTest, SequentialConsistencyIsAlwaysAllowed) {
  for (uint64_t i = 0; i < kPrograms; ++i) {
    const LitmusProgram program = Sample(12, i);
    EXPECT_TRUE(Includes(EnumerateOutcomes(program, kRc11),
                         EnumerateOutcomes(program, kSc)))
        << ToColumns(program);
  }
}

// The data-race-freedom theorem of the paper: nothing but SC accesses.
TEST(Rc11EnumeratorTest, ScAccessesAreSequentiallyConsistent) {
  for (uint64_t i = 0; i < kPrograms; ++i) {
    const LitmusProgram program = MadeSc(Sample(13, i));
    EXPECT_EQ(EnumerateOutcomes(program, kRc11),
              EnumerateOutcomes(program, kSc))
        << ToColumns(program);
  }
}

// The theorem on fences of the paper, which C++11 did not have.
TEST(Rc11EnumeratorTest, ScFencesRestoreSequentialConsistency) {
  for (uint64_t i = 0; i < kPrograms; ++i) {
    const LitmusProgram program = Fenced(Sample(14, i));
    EXPECT_EQ(EnumerateOutcomes(program, kRc11),
              EnumerateOutcomes(program, kSc))
        << ToColumns(program);
  }
}

// RC11 is monotonic: no stronger order adds an outcome.
TEST(Rc11EnumeratorTest, StrongerOrdersAllowNothingNew) {
  for (uint64_t i = 0; i < kPrograms; ++i) {
    LitmusProgram program = Sample(15, i);
    std::set<Outcome> allowed = EnumerateOutcomes(program);
    for (std::vector<LitmusOp>& ops : program.threads) {
      LitmusOp& op = ops[i % ops.size()];
      op.order = MemoryOrder::kSequentiallyConsistent;
      op.failure_order = MemoryOrder::kSequentiallyConsistent;
      std::set<Outcome> stronger = EnumerateOutcomes(program);
      EXPECT_TRUE(Includes(allowed, stronger)) << ToColumns(program);
      allowed = std::move(stronger);
    }
  }
}

TEST(Rc11EnumeratorTest, ConsumeIsAcquire) {
  EXPECT_EQ(Outcomes("x=1 rlx; y=1 rel || r0=y con; r1=x rlx"),
            Outcomes("x=1 rlx; y=1 rel || r0=y acq; r1=x rlx"));
  EXPECT_EQ(Outcomes("x=1 rlx; y=1 rel || r0=y rlx; fence con; r1=x rlx"),
            Outcomes("x=1 rlx; y=1 rel || r0=y rlx; fence acq; r1=x rlx"));
}

TEST(Rc11EnumeratorTest, PruningLosesNothing) {
  for (const EnumerationOptions& pruned : {kRc11, kSc}) {
    EnumerationOptions naive = pruned;
    naive.is_pruned = false;
    for (uint64_t i = 0; i < 60; ++i) {
      const LitmusProgram program =
          RandomLitmusProgram({.ops_max = 5, .seed = 11, .index = i});
      EXPECT_EQ(EnumerateOutcomes(program, pruned),
                EnumerateOutcomes(program, naive))
          << ToColumns(program);
    }
  }
}

}  // namespace
}  // namespace fozzy
