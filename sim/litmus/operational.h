// Memory models that execute: what they have to offer to be judged, and how all
// that they do is listed.
//
//   MyMachine machine;  // an OperationalMachine
//   EXPECT_EQ(Compare(program, machine, EnumerateOutcomes(program)), "");
#ifndef FOZZY_SIM_LITMUS_OPERATIONAL_H_
#define FOZZY_SIM_LITMUS_OPERATIONAL_H_

#include <cstdint>
#include <set>
#include <string>

#include "fozzy/strategy.h"
#include "sim/litmus/litmus_program.h"

namespace fozzy {

// Answers the questions of a machine.
class Chooser {
 public:
  Chooser(const Chooser&) = delete;
  Chooser& operator=(const Chooser&) = delete;

  // Returns a number from 0 to `last`.
  virtual uint64_t Choose(uint64_t last) = 0;

 protected:
  Chooser() = default;
  ~Chooser() = default;
};

// A memory that carries out one operation after another and asks a Chooser
// where the model leaves something open.  Threads are numbered from 0, and so
// are locations; all locations hold 0 at first, written by what happens before
// all threads.  Threads share nothing but these locations.
//
// A machine is a function of the calls since Reset and of the answers.
class OperationalMachine {
 public:
  OperationalMachine(const OperationalMachine&) = delete;
  OperationalMachine& operator=(const OperationalMachine&) = delete;

  // Starts anew, with that many threads and locations.
  virtual void Reset(uint32_t threads, uint32_t locations) = 0;

  // One operation of `thread`, as of std::atomic<uint64_t>.
  virtual uint64_t Load(uint32_t thread, uint32_t location, MemoryOrder order,
                        Chooser& chooser) = 0;

  // What the operations that write have in common.
  struct Write {
    uint32_t thread = 0;
    uint32_t location = 0;
    MemoryOrder order = MemoryOrder::kRelaxed;
    // What is stored or added.
    uint64_t operand = 0;
  };
  virtual void Store(const Write& write, Chooser& chooser) = 0;
  // These return the value they replace.
  virtual uint64_t Exchange(const Write& write, Chooser& chooser) = 0;
  virtual uint64_t FetchAdd(const Write& write, Chooser& chooser) = 0;

  struct CompareResult {
    bool is_success = false;
    uint64_t observed = 0;
  };
  // Compares with `expected` and stores write.operand if equal, in the order
  // of `write`; else loads, in `failure_order`.  Never fails when equal.
  virtual CompareResult CompareExchange(const Write& write, uint64_t expected,
                                        MemoryOrder failure_order,
                                        Chooser& chooser) = 0;

  virtual void Fence(uint32_t thread, MemoryOrder order, Chooser& chooser) = 0;

  // After all operations: the last value in the modification order.
  virtual uint64_t FinalValue(uint32_t location) const = 0;

 protected:
  OperationalMachine() = default;
  ~OperationalMachine() = default;
};

struct OperationalOutcomes {
  std::set<Outcome> outcomes = {};
  uint64_t runs = 0;
  // Whether every schedule was tried with every answer.
  bool is_complete = false;
};

// Never a million million runs because of one program that is too large.
inline constexpr uint64_t kOperationalRunsMax = 20'000'000;

// Lists the outcomes of `program` on `machine`: every interleaving of the
// operations of its threads, with every list of answers, each run from Reset.
// Stops after `runs_max` runs.  Requires a program without problem.
OperationalOutcomes AllOutcomes(const LitmusProgram& program,
                                OperationalMachine& machine,
                                uint64_t runs_max = kOperationalRunsMax);

// Compares what `machine` makes of `program` with `expected`.  Returns an
// empty text if they agree, or the program, what is missing and what there is
// too much.  If there are more than `runs_max` runs, nothing is called
// missing.
std::string Compare(const LitmusProgram& program, OperationalMachine& machine,
                    const std::set<Outcome>& expected,
                    uint64_t runs_max = kOperationalRunsMax);

}  // namespace fozzy

#endif  // FOZZY_SIM_LITMUS_OPERATIONAL_H_
