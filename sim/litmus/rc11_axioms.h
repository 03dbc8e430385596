// The memory model as axioms: which execution graphs are executions of a C++
// program.  This is the definition that operational models are judged by, so it
// is written to be read beside the paper, not to be fast.
//
// Source: Lahav, Vafeiadis, Kang, Hur, Dreyer, "Repairing Sequential
// Consistency in C/C++11", PLDI 2017, section 3.  Deviations:
// * A release sequence is a release write and the read-modify-writes that
//   follow it, without later plain writes of the same thread: C++20, P0982R1.
// * Consume is acquire.
// * There are no accesses that are not atomic, and so no data races.
#ifndef FOZZY_SIM_LITMUS_RC11_AXIOMS_H_
#define FOZZY_SIM_LITMUS_RC11_AXIOMS_H_

#include <cstdint>
#include <vector>

#include "fozzy/strategy.h"
#include "sim/litmus/relation.h"

namespace fozzy {

enum class LitmusEventKind : uint8_t { kRead = 0, kWrite, kFence };

// An event of an execution.  A read-modify-write is two, a read and then a
// write, both with its order.
struct LitmusEvent {
  LitmusEventKind kind = LitmusEventKind::kFence;
  uint32_t location = 0;  // unused by fences
  MemoryOrder order = MemoryOrder::kRelaxed;
};

// An execution graph.  The writes that initialise locations are events, too,
// and sb-before all events of threads.
struct LitmusExecution {
  std::vector<LitmusEvent> events = {};
  Relation sb = {};   // sequenced before; transitive
  Relation rmw = {};  // from the read of a read-modify-write to its write
  Relation rf = {};   // reads from: from the write to the read
  Relation mo = {};   // modification order: total per location, transitive
};

// Happens-before, hb.  It does not depend on mo.
Relation HappensBefore(const LitmusExecution& execution);

// The axioms, each named as in the paper.
bool IsCoherent(const LitmusExecution& execution);
bool IsAtomic(const LitmusExecution& execution);
bool IsPscAcyclic(const LitmusExecution& execution);
bool HasNoThinAir(const LitmusExecution& execution);

// What the C++ standard asks for in place of NO-THIN-AIR, which it only
// recommends: no value comes from itself.  `data` is from reads to the writes
// whose values depend on them.  Loads may be buffered: they may read what is
// stored after them.
bool HasNoValueFromItself(const LitmusExecution& execution,
                          const Relation& data);

// Whether all four hold.
bool IsRc11Consistent(const LitmusExecution& execution);

// Whether `execution` is one of sequential consistency: a single order of all
// events in which each read sees the last write.
//
// Source: Shasha, Snir, "Efficient and Correct Execution of Parallel Programs
// that Share Memory", TOPLAS 1988: sb | rf | mo | rb is acyclic.
bool IsSequentiallyConsistent(const LitmusExecution& execution);

}  // namespace fozzy

#endif  // FOZZY_SIM_LITMUS_RC11_AXIOMS_H_
