#include "sim/litmus/litmus_program.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

constexpr const char* kLocationNames[kLitmusLocationsMax] = {"x", "y", "z"};

std::string RegisterName(uint32_t number) { return absl::StrCat("r", number); }

// Returns "r0+1": what the store `op` stores.
std::string StoredText(const LitmusOp& op) {
  if (op.source == kNoRegister) return absl::StrCat(op.operand);
  if (op.operand == 0) return RegisterName(op.source);
  return absl::StrCat(RegisterName(op.source), "+", op.operand);
}

// Returns what `op` does, without its orders and its target.
std::string ActionText(const LitmusOp& op) {
  const char* const location = kLocationNames[op.location];
  switch (op.kind) {
    case LitmusOpKind::kLoad:
      return location;
    case LitmusOpKind::kStore:
      return absl::StrCat(location, "=", StoredText(op));
    case LitmusOpKind::kExchange:
      return absl::StrCat(location, ".swap(", op.operand, ")");
    case LitmusOpKind::kFetchAdd:
      return absl::StrCat(location, ".add(", op.operand, ")");
    case LitmusOpKind::kCompareExchange:
      return absl::StrCat(location, ".cas(", op.expected, ",", op.operand, ")");
    case LitmusOpKind::kFence:
      return "fence";
  }
  FOZZY_CHECK(false);
  return "";
}

bool IsAcquiring(MemoryOrder order) {
  return order == MemoryOrder::kAcquire || order == MemoryOrder::kConsume;
}

// Finds what is wrong with one thread after another.
class ProblemFinder {
 public:
  explicit ProblemFinder(const LitmusProgram& program) : program_(program) {}

  std::string Find() {
    for (uint32_t thread = 0; thread < program_.threads.size(); ++thread) {
      const std::string problem = FindInThread(thread);
      if (!problem.empty()) {
        return absl::StrCat("thread ", thread, " ", problem);
      }
    }
    return "";
  }

 private:
  static constexpr uint32_t kNobody = ~uint32_t{0};

  std::string FindInThread(uint32_t thread) {
    for (const LitmusOp& op : program_.threads[thread]) {
      std::string problem = FindInOp(thread, op);
      if (!problem.empty()) return problem;
    }
    return "";
  }

  std::string FindInOp(uint32_t thread, const LitmusOp& op) {
    if (op.kind != LitmusOpKind::kFence && op.location >= program_.locations) {
      return absl::StrCat("uses location ", op.location, " of ",
                          program_.locations);
    }
    if (!IsLegalOrder(op.kind, op.order)) {
      return absl::StrCat("has the illegal ", ToString(op));
    }
    if (op.kind == LitmusOpKind::kCompareExchange &&
        !IsLegalOrder(LitmusOpKind::kLoad, op.failure_order)) {
      return absl::StrCat("has the illegal failure of ", ToString(op));
    }
    if (op.source != kNoRegister &&
        (op.kind != LitmusOpKind::kStore || op.source >= program_.registers ||
         setters_[op.source] != thread)) {
      return absl::StrCat("reads r", op.source, ", which it has not set");
    }
    return SetTarget(thread, op);
  }

  std::string SetTarget(uint32_t thread, const LitmusOp& op) {
    if (op.target == kNoRegister) {
      return op.kind == LitmusOpKind::kLoad ? "loads into no register" : "";
    }
    if (op.target >= program_.registers) {
      return absl::StrCat("uses register ", op.target, " of ",
                          program_.registers);
    }
    if (!IsReading(op.kind) || setters_[op.target] != kNobody) {
      return absl::StrCat("sets r", op.target, " wrongly or twice");
    }
    setters_[op.target] = thread;
    return "";
  }

  const LitmusProgram& program_;
  std::vector<uint32_t> setters_ =
      std::vector<uint32_t>(kLitmusRegistersMax, kNobody);
};

}  // namespace

bool IsReading(LitmusOpKind kind) {
  return kind != LitmusOpKind::kStore && kind != LitmusOpKind::kFence;
}

bool IsWriting(LitmusOpKind kind) {
  return kind != LitmusOpKind::kLoad && kind != LitmusOpKind::kFence;
}

bool IsLegalOrder(LitmusOpKind kind, MemoryOrder order) {
  const bool is_acquiring = IsAcquiring(order);
  const bool is_releasing = order == MemoryOrder::kRelease;
  const bool is_both = order == MemoryOrder::kAcquireRelease;
  if (kind == LitmusOpKind::kLoad) return !is_releasing && !is_both;
  if (kind == LitmusOpKind::kStore) return !is_acquiring && !is_both;
  return true;
}

std::string ProblemOf(const LitmusProgram& program) {
  if (program.threads.size() > kLitmusThreadsMax ||
      program.locations > kLitmusLocationsMax ||
      program.registers > kLitmusRegistersMax) {
    return absl::StrCat(program.threads.size(), " threads, ", program.locations,
                        " locations and ", program.registers,
                        " registers, at most ", kLitmusThreadsMax, ", ",
                        kLitmusLocationsMax, " and ", kLitmusRegistersMax,
                        " can be had");
  }
  return ProblemFinder(program).Find();
}

std::string MemoryOrderWord(MemoryOrder order) {
  constexpr const char* kWords[] = {"rlx", "con", "acq", "rel", "ar", "sc"};
  return kWords[static_cast<size_t>(order)];
}

std::string ToString(const LitmusOp& op) {
  std::string text =
      absl::StrCat(ActionText(op), " ", MemoryOrderWord(op.order));
  if (op.target != kNoRegister) {
    text = absl::StrCat(RegisterName(op.target), "=", text);
  }
  if (op.kind == LitmusOpKind::kCompareExchange) {
    absl::StrAppend(&text, " ", MemoryOrderWord(op.failure_order));
  }
  return text;
}

std::string ToString(const LitmusProgram& program) {
  std::vector<std::string> threads;
  for (const std::vector<LitmusOp>& ops : program.threads) {
    std::vector<std::string> texts;
    for (const LitmusOp& op : ops) texts.push_back(ToString(op));
    threads.push_back(absl::StrJoin(texts, "; "));
  }
  return absl::StrJoin(threads, " || ");
}

std::string ToColumns(const LitmusProgram& program) {
  size_t rows = 0;
  size_t width = 0;
  for (const std::vector<LitmusOp>& ops : program.threads) {
    rows = std::max(rows, ops.size());
    for (const LitmusOp& op : ops) width = std::max(width, ToString(op).size());
  }
  std::string text;
  for (size_t row = 0; row < rows; ++row) {
    std::string line;
    for (const std::vector<LitmusOp>& ops : program.threads) {
      std::string cell = row < ops.size() ? ToString(ops[row]) : "";
      cell.resize(width, ' ');
      absl::StrAppend(&line, line.empty() ? "" : " | ", cell);
    }
    line.resize(line.find_last_not_of(' ') + 1);
    absl::StrAppend(&text, line, "\n");
  }
  return text;
}

std::string ToString(const Outcome& outcome, const LitmusProgram& program) {
  std::vector<std::string> texts;
  for (uint32_t i = 0; i < program.registers; ++i) {
    texts.push_back(absl::StrCat(RegisterName(i), "=", outcome.registers[i]));
  }
  for (uint32_t i = 0; i < program.locations; ++i) {
    texts.push_back(absl::StrCat(kLocationNames[i], "=", outcome.locations[i]));
  }
  return absl::StrJoin(texts, " ");
}

}  // namespace fozzy
