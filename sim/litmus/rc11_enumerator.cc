// A candidate execution is chosen in four steps: which compare-exchanges
// succeed fixes the events; then which write each read reads from; then, per
// location, the order of the writes.  Values follow from these choices, and the
// axioms judge the whole.
//
// Every axiom forbids something that more edges cannot heal.  So a candidate
// with edges still missing that breaks one can be given up, and that is all
// that pruning does.
#include "sim/litmus/rc11_enumerator.h"

#include <vector>

#include "sim/base/check.h"
#include "sim/litmus/rc11_axioms.h"

namespace fozzy {
namespace {

constexpr uint32_t kNoEvent = ~uint32_t{0};

// What an event stands for.
struct EventOrigin {
  const LitmusOp* op = nullptr;  // null if it initialises a location
  bool is_rmw = false;
  // Of a write: the read its value depends on, or kNoEvent.
  uint32_t operand_read = kNoEvent;
};

// Whether the value of a write is that of its operand_read and something.
bool IsDependent(const EventOrigin& origin) {
  if (origin.op == nullptr || origin.operand_read == kNoEvent) return false;
  return origin.op->kind == LitmusOpKind::kFetchAdd ||
         origin.op->kind == LitmusOpKind::kStore;
}

// The events of a program and their order in threads, without rf and mo.
struct Skeleton {
  LitmusExecution execution = {};
  std::vector<EventOrigin> origins = {};           // by event
  std::vector<uint32_t> reads = {};                // events
  std::vector<std::vector<uint32_t>> writes = {};  // events, by location
  Relation data = {};  // from reads to the writes that depend on their values
};

class SkeletonBuilder {
 public:
  // Bit i of `succeeding` is whether the i-th compare-exchange succeeds.
  SkeletonBuilder(const LitmusProgram& program, uint64_t succeeding)
      : succeeding_(succeeding) {
    skeleton_.writes.resize(program.locations);
    for (uint32_t location = 0; location < program.locations; ++location) {
      AddEvent({.kind = LitmusEventKind::kWrite, .location = location}, {});
    }
    for (const std::vector<LitmusOp>& ops : program.threads) {
      earlier_ = (EventSet{1} << program.locations) - 1;
      for (const LitmusOp& op : ops) AddOp(op);
    }
  }

  const Skeleton& skeleton() const { return skeleton_; }

 private:
  void AddOp(const LitmusOp& op) {
    if (op.kind == LitmusOpKind::kFence) {
      AddEvent({.kind = LitmusEventKind::kFence, .order = op.order}, {&op});
      return;
    }
    MemoryOrder order = op.order;
    bool is_writing = IsWriting(op.kind);
    if (op.kind == LitmusOpKind::kCompareExchange) {
      is_writing = (succeeding_ & 1) != 0;
      succeeding_ >>= 1;
      if (!is_writing) order = op.failure_order;
    }
    const bool is_rmw = IsReading(op.kind) && is_writing;
    uint32_t read = kNoEvent;
    if (IsReading(op.kind)) {
      read =
          AddEvent({LitmusEventKind::kRead, op.location, order}, {&op, is_rmw});
      if (op.target != kNoRegister) setters_[op.target] = read;
    }
    if (!is_writing) return;
    if (op.source != kNoRegister) read = setters_[op.source];
    const uint32_t write = AddEvent(
        {LitmusEventKind::kWrite, op.location, order}, {&op, is_rmw, read});
    if (is_rmw) skeleton_.execution.rmw.Add(read, write);
    if (IsDependent(skeleton_.origins[write])) {
      skeleton_.data.Add(skeleton_.origins[write].operand_read, write);
    }
  }

  uint32_t AddEvent(const LitmusEvent& event, const EventOrigin& origin) {
    LitmusExecution& execution = skeleton_.execution;
    const auto number = static_cast<uint32_t>(execution.events.size());
    execution.events.push_back(event);
    skeleton_.origins.push_back(origin);
    if (event.kind == LitmusEventKind::kRead) {
      skeleton_.reads.push_back(number);
    }
    if (event.kind == LitmusEventKind::kWrite) {
      skeleton_.writes[event.location].push_back(number);
    }
    for (uint32_t a = 0; a < number; ++a) {
      if ((earlier_ & EventBit(a)) != 0) execution.sb.Add(a, number);
    }
    if (origin.op != nullptr) earlier_ |= EventBit(number);
    return number;
  }

  uint64_t succeeding_;
  EventSet earlier_ = 0;  // what is sequenced before the next event
  std::vector<uint32_t> setters_ = std::vector<uint32_t>(kLitmusRegistersMax);
  Skeleton skeleton_;
};

// Tries all executions of one skeleton.
class Enumerator {
 public:
  Enumerator(const LitmusProgram& program, const EnumerationOptions& options,
             std::set<Outcome>& outcomes)
      : program_(program), options_(options), outcomes_(outcomes) {}

  void Enumerate(const Skeleton& skeleton) {
    skeleton_ = &skeleton;
    execution_ = skeleton.execution;
    sources_.assign(skeleton.origins.size(), kNoEvent);
    ChooseSource(0);
  }

 private:
  // Chooses what the reads from the `index`-th on read from.
  void ChooseSource(size_t index) {
    if (index == skeleton_->reads.size()) {
      JudgeValues();
      return;
    }
    const uint32_t read = skeleton_->reads[index];
    for (const uint32_t write :
         skeleton_->writes[execution_.events[read].location]) {
      sources_[read] = write;
      execution_.rf.Add(write, read);
      if (HasValues()) ChooseSource(index + 1);
      execution_.rf.rows[write] &= ~EventBit(read);
    }
  }

  bool IsLoadBuffering() const {
    return options_.model == LitmusModel::kLoadBuffering;
  }

  // Values are found by following rf and data back, so a cycle is never let
  // through: NO-THIN-AIR, which sequential consistency has as well, or less.
  bool HasValues() const {
    return IsLoadBuffering() ? HasNoValueFromItself(execution_, skeleton_->data)
                             : HasNoThinAir(execution_);
  }

  // Requires that no value comes from itself, so that this ends.
  uint64_t ValueOf(uint32_t event) const {
    const EventOrigin& origin = skeleton_->origins[event];
    if (execution_.events[event].kind == LitmusEventKind::kRead) {
      return ValueOf(sources_[event]);
    }
    if (origin.op == nullptr) return 0;
    if (!IsDependent(origin)) return origin.op->operand;
    return ValueOf(origin.operand_read) + origin.op->operand;
  }

  // Goes on if compare-exchanges read what their success demands.
  void JudgeValues() {
    if (IsLoadBuffering() && HasNoThinAir(execution_)) return;
    for (const uint32_t read : skeleton_->reads) {
      const EventOrigin& origin = skeleton_->origins[read];
      const uint64_t value = ValueOf(read);
      if (origin.op->kind == LitmusOpKind::kCompareExchange &&
          (value == origin.op->expected) != origin.is_rmw) {
        return;
      }
      if (origin.op->target != kNoRegister) {
        outcome_.registers[origin.op->target] = value;
      }
    }
    execution_.mo = {};
    if (!options_.is_pruned || IsSoFarSound()) ChooseNextWrite(0, 0, kNoEvent);
  }

  // Chooses the write that follows `last` in the modification order of
  // `location`, where the writes of the set `placed` have their place.
  void ChooseNextWrite(uint32_t location, EventSet placed, uint32_t last) {
    if (location == program_.locations) {
      JudgeExecution();
      return;
    }
    bool is_complete = true;
    for (const uint32_t write : skeleton_->writes[location]) {
      if ((placed & EventBit(write)) != 0) continue;
      is_complete = false;
      const Relation before = execution_.mo;
      PutBehind(placed, write);
      if (!options_.is_pruned || IsSoFarSound()) {
        ChooseNextWrite(location, placed | EventBit(write), write);
      }
      execution_.mo = before;
    }
    if (!is_complete) return;
    outcome_.locations[location] = ValueOf(last);
    ChooseNextWrite(location + 1, 0, kNoEvent);
  }

  // Puts `write` behind all of the set `placed` in modification order.
  void PutBehind(EventSet placed, uint32_t write) {
    for (uint32_t earlier = 0; earlier < execution_.events.size(); ++earlier) {
      if ((placed & EventBit(earlier)) != 0) execution_.mo.Add(earlier, write);
    }
  }

  // COHERENCE and ATOMICITY of the edges there are.  Sequential consistency
  // has them as well: all of hb and eco is in its order.
  bool IsSoFarSound() const {
    return IsCoherent(execution_) && IsAtomic(execution_);
  }

  void JudgeExecution() {
    if (options_.is_pruned && outcomes_.count(outcome_) != 0) return;
    if (IsConsistent()) outcomes_.insert(outcome_);
  }

  bool IsConsistent() const {
    switch (options_.model) {
      case LitmusModel::kRc11:
        return IsRc11Consistent(execution_);
      case LitmusModel::kLoadBuffering:
        return IsSoFarSound() && IsPscAcyclic(execution_);
      case LitmusModel::kSequentialConsistency:
        return IsSequentiallyConsistent(execution_);
    }
    return false;
  }

  const LitmusProgram& program_;
  const EnumerationOptions& options_;
  std::set<Outcome>& outcomes_;
  const Skeleton* skeleton_ = nullptr;
  LitmusExecution execution_;
  std::vector<uint32_t> sources_;  // by event: what a read reads from
  Outcome outcome_;
};

}  // namespace

std::set<Outcome> EnumerateOutcomes(const LitmusProgram& program,
                                    const EnumerationOptions& options) {
  FOZZY_CHECK(ProblemOf(program).empty());
  uint32_t compare_exchanges = 0;
  for (const std::vector<LitmusOp>& ops : program.threads) {
    for (const LitmusOp& op : ops) {
      if (op.kind == LitmusOpKind::kCompareExchange) ++compare_exchanges;
    }
  }
  std::set<Outcome> outcomes;
  Enumerator enumerator(program, options, outcomes);
  for (uint64_t mask = 0; mask < uint64_t{1} << compare_exchanges; ++mask) {
    const SkeletonBuilder builder(program, mask);
    enumerator.Enumerate(builder.skeleton());
  }
  FOZZY_CHECK(!outcomes.empty() ||
              options.model == LitmusModel::kLoadBuffering);
  return outcomes;
}

}  // namespace fozzy
