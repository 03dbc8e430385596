#include "sim/litmus/operational.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

// Gives all lists of answers, one per run: the list is an odometer whose
// wheels, and how many there are, depend on the answers before them.
class ExhaustiveChooser final : public Chooser {
 public:
  uint64_t Choose(uint64_t last) override {
    if (last == 0) return 0;
    if (next_ == wheels_.size()) wheels_.push_back({.answer = 0, .last = last});
    FOZZY_CHECK(wheels_[next_].last == last);  // else runs do not repeat
    return wheels_[next_++].answer;
  }

  // Goes on to the next list; returns false if there is none.
  bool Advance() {
    FOZZY_CHECK(next_ == wheels_.size());
    next_ = 0;
    while (!wheels_.empty() && wheels_.back().answer == wheels_.back().last) {
      wheels_.pop_back();
    }
    if (wheels_.empty()) return false;
    ++wheels_.back().answer;
    return true;
  }

 private:
  struct Wheel {
    uint64_t answer;
    uint64_t last;
  };

  std::vector<Wheel> wheels_;
  size_t next_ = 0;
};

// Runs one program, again and again.
class LitmusRunner {
 public:
  LitmusRunner(const LitmusProgram& program, OperationalMachine& machine,
               Chooser& chooser)
      : program_(program), machine_(machine), chooser_(chooser) {}

  Outcome Run() {
    const auto threads = static_cast<uint32_t>(program_.threads.size());
    machine_.Reset(threads, program_.locations);
    outcome_ = {};
    next_ops_.assign(threads, 0);
    unfinished_.clear();
    for (uint32_t i = 0; i < threads; ++i) {
      if (!program_.threads[i].empty()) unfinished_.push_back(i);
    }
    while (!unfinished_.empty()) Step();
    for (uint32_t i = 0; i < program_.locations; ++i) {
      outcome_.locations[i] = machine_.FinalValue(i);
    }
    return outcome_;
  }

 private:
  void Step() {
    const uint64_t pick = chooser_.Choose(unfinished_.size() - 1);
    const uint32_t thread = unfinished_[pick];
    const std::vector<LitmusOp>& ops = program_.threads[thread];
    const LitmusOp& op = ops[next_ops_[thread]++];
    const uint64_t value = Execute(thread, op);
    if (op.target != kNoRegister) outcome_.registers[op.target] = value;
    if (next_ops_[thread] == ops.size()) {
      unfinished_.erase(unfinished_.begin() + static_cast<ptrdiff_t>(pick));
    }
  }

  // Returns what `op` reads, if it does.
  uint64_t Execute(uint32_t thread, const LitmusOp& op) {
    OperationalMachine::Write write = {.thread = thread,
                                       .location = op.location,
                                       .order = op.order,
                                       .operand = op.operand};
    switch (op.kind) {
      case LitmusOpKind::kLoad:
        return machine_.Load(thread, op.location, op.order, chooser_);
      case LitmusOpKind::kStore:
        if (op.source != kNoRegister) {
          write.operand += outcome_.registers[op.source];
        }
        machine_.Store(write, chooser_);
        return 0;
      case LitmusOpKind::kExchange:
        return machine_.Exchange(write, chooser_);
      case LitmusOpKind::kFetchAdd:
        return machine_.FetchAdd(write, chooser_);
      case LitmusOpKind::kCompareExchange: {
        const OperationalMachine::CompareResult result =
            machine_.CompareExchange(write, op.expected, op.failure_order,
                                     chooser_);
        FOZZY_CHECK(result.is_success == (result.observed == op.expected));
        return result.observed;
      }
      case LitmusOpKind::kFence:
        machine_.Fence(thread, op.order, chooser_);
        return 0;
    }
    FOZZY_CHECK(false);
    return 0;
  }

  const LitmusProgram& program_;
  OperationalMachine& machine_;
  Chooser& chooser_;
  std::vector<size_t> next_ops_;      // by thread
  std::vector<uint32_t> unfinished_;  // threads
  Outcome outcome_;
};

// Returns `title` and what is in `left` but not in `right`, a line each, or
// nothing.
std::string ListDifference(const char* title, const LitmusProgram& program,
                           const std::set<Outcome>& left,
                           const std::set<Outcome>& right) {
  std::vector<Outcome> difference;
  std::set_difference(left.begin(), left.end(), right.begin(), right.end(),
                      std::back_inserter(difference));
  std::string text;
  for (const Outcome& outcome : difference) {
    absl::StrAppend(&text, "  ", ToString(outcome, program), "\n");
  }
  return text.empty() ? text : absl::StrCat(title, "\n", text);
}

}  // namespace

OperationalOutcomes AllOutcomes(const LitmusProgram& program,
                                OperationalMachine& machine,
                                uint64_t runs_max) {
  FOZZY_CHECK(ProblemOf(program).empty());
  OperationalOutcomes result;
  ExhaustiveChooser chooser;
  LitmusRunner runner(program, machine, chooser);
  while (!result.is_complete && result.runs < runs_max) {
    result.outcomes.insert(runner.Run());
    ++result.runs;
    result.is_complete = !chooser.Advance();
  }
  return result;
}

std::string Compare(const LitmusProgram& program, OperationalMachine& machine,
                    const std::set<Outcome>& expected, uint64_t runs_max) {
  const OperationalOutcomes found = AllOutcomes(program, machine, runs_max);
  std::string text;
  if (found.is_complete) {
    text = ListDifference("missing:", program, expected, found.outcomes);
  }
  absl::StrAppend(
      &text, ListDifference("too many:", program, found.outcomes, expected));
  if (text.empty()) return text;
  return absl::StrCat(ToColumns(program), ToString(program), "\n", text,
                      found.runs, " runs, ",
                      found.is_complete ? "complete" : "cut short", "\n");
}

}  // namespace fozzy
