// Litmus programs: a few threads of a few atomic operations each, without
// branches.  They are small enough that all they can do is listed, which is how
// one memory model is judged by another.
#ifndef FOZZY_SIM_LITMUS_LITMUS_PROGRAM_H_
#define FOZZY_SIM_LITMUS_LITMUS_PROGRAM_H_

#include <array>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "fozzy/strategy.h"

namespace fozzy {

inline constexpr uint32_t kLitmusThreadsMax = 4;
inline constexpr uint32_t kLitmusLocationsMax = 3;
inline constexpr uint32_t kLitmusRegistersMax = 16;

// Stands for "no register".
inline constexpr uint32_t kNoRegister = ~uint32_t{0};

enum class LitmusOpKind : uint8_t {
  kLoad = 0,
  kStore,
  kExchange,
  kFetchAdd,
  kCompareExchange,  // strong: it fails only if it reads something else
  kFence,
};

// One operation.  What a kind does not use stays as it is here.
struct LitmusOp {
  LitmusOpKind kind = LitmusOpKind::kFence;
  uint32_t location = 0;
  MemoryOrder order = MemoryOrder::kRelaxed;
  // Of a compare-exchange that fails: not releasing.
  MemoryOrder failure_order = MemoryOrder::kRelaxed;
  // What is stored or added; for a store, the register `source` is added to it.
  uint64_t operand = 0;
  uint64_t expected = 0;  // by a compare-exchange
  // Read by a store: set by an earlier operation of the same thread.
  uint32_t source = kNoRegister;
  // Set to the value read, also by operations that write and by a
  // compare-exchange that fails.
  uint32_t target = kNoRegister;

  friend bool operator==(const LitmusOp&, const LitmusOp&) = default;
};

// Whether operations of `kind` read memory, and whether they may write it.
bool IsReading(LitmusOpKind kind);
bool IsWriting(LitmusOpKind kind);

// Whether C++ lets operations of `kind` have `order`.
bool IsLegalOrder(LitmusOpKind kind, MemoryOrder order);

// A program.  Locations and registers are numbered from 0 over all threads.
// All locations are 0 before the threads start, and so are all registers; a
// register is the target of at most one operation.
struct LitmusProgram {
  std::vector<std::vector<LitmusOp>> threads = {};
  uint32_t locations = 0;
  uint32_t registers = 0;

  friend bool operator==(const LitmusProgram&, const LitmusProgram&) = default;
};

// Returns what is wrong with `program`, as in "thread 1 reads r7, which it has
// not set", or an empty text.
std::string ProblemOf(const LitmusProgram& program);

// What can be seen of one execution: every register, and the value of the last
// write to each location in its modification order.  Numbers that the program
// does not have are 0.
struct Outcome {
  std::array<uint64_t, kLitmusRegistersMax> registers = {};
  std::array<uint64_t, kLitmusLocationsMax> locations = {};

  friend bool operator==(const Outcome&, const Outcome&) = default;
  friend bool operator<(const Outcome& a, const Outcome& b) {
    return std::tie(a.registers, a.locations) <
           std::tie(b.registers, b.locations);
  }
};

// Returns "relaxed" as "rlx", and so on: rlx, con, acq, rel, ar, sc.
std::string MemoryOrderWord(MemoryOrder order);

// Returns `op` as the parser reads it, "r0=x.cas(0,1) ar rlx" say.
std::string ToString(const LitmusOp& op);

// Returns `program` in one line, as the parser reads it.
std::string ToString(const LitmusProgram& program);

// Returns `program` with a column per thread, every line ended.
std::string ToColumns(const LitmusProgram& program);

// Returns "r0=1 r1=0 x=1": what `program` has, registers first.
std::string ToString(const Outcome& outcome, const LitmusProgram& program);

}  // namespace fozzy

#endif  // FOZZY_SIM_LITMUS_LITMUS_PROGRAM_H_
