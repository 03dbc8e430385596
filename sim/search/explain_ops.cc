#include "sim/search/explain_ops.h"

#include "sim/base/check.h"

namespace fozzy {
namespace {

// Returns the last of ops[0..end) for which `is_it` holds.
template <typename IsIt>
std::optional<Op> LastOp(const std::vector<Op>& ops, size_t end, IsIt is_it) {
  for (size_t i = end; i-- > 0;) {
    if (is_it(ops[i])) return ops[i];
  }
  return std::nullopt;
}

bool IsStoring(OpKind kind) {
  return kind == OpKind::kStore || kind == OpKind::kReadModifyWrite ||
         kind == OpKind::kWrite;
}

// The op that asked is the last one: ops are told right before they happen.
CriticalOps OpsOfValue(const OpRecorder& recorded,
                       const AskedQuestion& question) {
  CriticalOps found;
  if (question.ops == 0) return found;
  const Op asking = recorded.ops()[question.ops - 1];
  found.then = asking;
  if (question.kind != ChoiceKind::kReadsFrom) return found;
  found.left_done =
      LastOp(recorded.ops(), question.ops - 1, [&asking](const Op& op) {
        return IsStoring(op.kind) && op.object == asking.object &&
               op.offset == asking.offset;
      });
  return found;
}

// Objects of different families may have the same number.
enum class Family : uint8_t { kNone, kMemory, kLock, kSignal };

Family FamilyOf(OpKind kind) {
  switch (kind) {
    case OpKind::kLoad:
    case OpKind::kStore:
    case OpKind::kReadModifyWrite:
    case OpKind::kRead:
    case OpKind::kWrite:
      return Family::kMemory;
    case OpKind::kLock:
    case OpKind::kTryLock:
    case OpKind::kUnlock:
    case OpKind::kLockShared:
    case OpKind::kUnlockShared:
      return Family::kLock;
    case OpKind::kWait:
    case OpKind::kNotify:
      return Family::kSignal;
    default:
      return Family::kNone;
  }
}

bool Clash(const Op& a, const Op& b) {
  return a.object == b.object && FamilyOf(a.kind) == FamilyOf(b.kind) &&
         FamilyOf(a.kind) != Family::kNone &&
         !(IsReading(a.kind) && IsReading(b.kind));
}

// How many ops of the task that was left are looked at, on either side.
constexpr size_t kNearMax = 64;

// Looks for two ops that clash, one of the task that was left and one of those
// that ran until it came back.
class ClashFinder {
 public:
  ClashFinder(const std::vector<Op>& ops, const AskedQuestion& left)
      : ops_(ops), left_(left), back_(left.ops) {
    while (back_ < ops.size() && ops[back_].task != left.task) ++back_;
    for (size_t i = left.ops; i-- > 0 && before_.size() < kNearMax;) {
      if (ops[i].task == left.task) before_.push_back(ops[i]);
    }
    if (back_ == ops.size()) after_.push_back(left.left_next);
    for (size_t i = back_; i < ops.size() && after_.size() < kNearMax; ++i) {
      if (ops[i].task == left.task) after_.push_back(ops[i]);
    }
  }

  void Find(CriticalOps& found) const {
    for (size_t distance = 0; distance < kNearMax; ++distance) {
      if (Meet(after_, distance, found)) return;
      found.left_is_first = Meet(before_, distance, found);
      if (found.left_is_first) return;
    }
  }

 private:
  bool Meet(const std::vector<Op>& own, size_t distance,
            CriticalOps& found) const {
    if (distance >= own.size()) return false;
    for (size_t i = left_.ops; i < back_; ++i) {
      if (!Clash(ops_[i], own[distance])) continue;
      found.other = ops_[i];
      found.left = own[distance];
      return true;
    }
    return false;
  }

  const std::vector<Op>& ops_;
  const AskedQuestion& left_;
  size_t back_;  // the first op of the task that was left, when it is back
  std::vector<Op> before_;  // its ops, the nearest to the switch first
  std::vector<Op> after_;
};

}  // namespace

OpRecorder::OpRecorder(const Options& options)
    : inner_(*options.inner), options_(options) {
  FOZZY_CHECK(options.inner != nullptr);
  ops_.reserve(options.ops_max);
  questions_.reserve(options.questions_max);
}

bool OpRecorder::Begin(uint64_t run_index) {
  ops_.clear();
  questions_.clear();
  ops_count_ = 0;
  questions_count_ = 0;
  return inner_.Begin(run_index);
}

uint32_t OpRecorder::PickTask(const TaskChoice& choice) {
  const uint32_t index = inner_.PickTask(choice);
  if (index == kAbandon) return index;
  AskedQuestion question = {.task = choice.current,
                            .chosen = choice.runnable[index],
                            .left_next = {},
                            .ops = ops_count_};
  if (choice.current.value < choice.pending.size()) {
    question.left_next = choice.pending[choice.current.value];
  }
  Keep(question);
  return index;
}

uint64_t OpRecorder::PickValue(const ValueChoice& choice) {
  Keep({.kind = choice.kind,
        .task = choice.key.task,
        .chosen = choice.key.task,
        .left_next = {},
        .ops = ops_count_});
  return inner_.PickValue(choice);
}

void OpRecorder::Executed(const Op& op) {
  ++ops_count_;
  if (ops_.size() < options_.ops_max) ops_.push_back(op);
  if (inner_.WantsOps()) inner_.Executed(op);
}

void OpRecorder::Keep(const AskedQuestion& question) {
  ++questions_count_;
  if (questions_.size() < options_.questions_max) {
    questions_.push_back(question);
  }
}

CriticalOps CriticalOpsOf(const OpRecorder& recorded, size_t critical) {
  const std::vector<AskedQuestion>& questions = recorded.questions();
  FOZZY_CHECK(critical < questions.size());
  FOZZY_CHECK(recorded.ops().size() == recorded.ops_count());
  const AskedQuestion& question = questions[critical];
  if (question.kind != ChoiceKind::kTask) return OpsOfValue(recorded, question);
  CriticalOps found;
  if (question.ops < recorded.ops().size()) {
    found.then = recorded.ops()[question.ops];
  }
  size_t last_switch = critical + 1;
  while (last_switch > 0 &&
         questions[last_switch - 1].task == questions[last_switch - 1].chosen) {
    --last_switch;
  }
  if (last_switch == 0) return found;
  const AskedQuestion& left = questions[last_switch - 1];
  found.left_done = LastOp(recorded.ops(), left.ops, [&left](const Op& op) {
    return op.task == left.task;
  });
  if (left.left_next.kind != OpKind::kNone) found.left_next = left.left_next;
  ClashFinder(recorded.ops(), left).Find(found);
  return found;
}

}  // namespace fozzy
