#include "sim/litmus/litmus_parser.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

absl::Status Malformed(absl::string_view text, absl::string_view expected) {
  return absl::InvalidArgumentError(
      absl::StrCat("found \"", text, "\", expected ", expected));
}

std::optional<uint32_t> FindLocation(absl::string_view text) {
  if (text == "x") return 0;
  if (text == "y") return 1;
  if (text == "z") return 2;
  return std::nullopt;
}

std::optional<uint32_t> FindRegister(absl::string_view text) {
  uint32_t number = 0;
  if (!absl::ConsumePrefix(&text, "r") || !absl::SimpleAtoi(text, &number) ||
      number >= kLitmusRegistersMax) {
    return std::nullopt;
  }
  return number;
}

std::optional<MemoryOrder> FindOrder(absl::string_view text) {
  for (uint8_t i = 0; i <= 5; ++i) {
    const auto order = static_cast<MemoryOrder>(i);
    if (text == MemoryOrderWord(order)) return order;
  }
  return std::nullopt;
}

// Reads "1,2" into `numbers`.
bool ParseNumbers(absl::string_view text, std::vector<uint64_t>& numbers) {
  for (const absl::string_view part : absl::StrSplit(text, ',')) {
    if (!absl::SimpleAtoi(part, &numbers.emplace_back())) return false;
  }
  return true;
}

// Reads "swap(1)" and its like, what follows the dot, into `op`.
bool ParseMethod(absl::string_view text, LitmusOp& op) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '(');
  std::vector<uint64_t> numbers;
  if (parts.size() != 2) return false;
  absl::string_view arguments = parts[1];
  if (!absl::ConsumeSuffix(&arguments, ")") ||
      !ParseNumbers(arguments, numbers)) {
    return false;
  }
  op.operand = numbers.back();
  if (parts[0] == "cas" && numbers.size() == 2) {
    op.kind = LitmusOpKind::kCompareExchange;
    op.expected = numbers[0];
    return true;
  }
  op.kind =
      parts[0] == "swap" ? LitmusOpKind::kExchange : LitmusOpKind::kFetchAdd;
  return numbers.size() == 1 && (parts[0] == "swap" || parts[0] == "add");
}

// Reads "r0+1", what a store stores, into `op`.
bool ParseStored(absl::string_view text, LitmusOp& op) {
  op.kind = LitmusOpKind::kStore;
  if (absl::SimpleAtoi(text, &op.operand)) return true;
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '+');
  const std::optional<uint32_t> source = FindRegister(parts[0]);
  if (!source.has_value() || parts.size() > 2) return false;
  op.source = *source;
  op.operand = 0;
  return parts.size() == 1 || absl::SimpleAtoi(parts[1], &op.operand);
}

// Reads "r0=x.add(1)", an operation without its orders, into `op`.
bool ParseAction(absl::string_view text, LitmusOp& op) {
  if (text == "fence") return true;
  const std::vector<absl::string_view> sides = absl::StrSplit(text, '=');
  if (sides.size() > 2) return false;
  if (sides.size() == 2) {
    const std::optional<uint32_t> location = FindLocation(sides[0]);
    if (location.has_value()) {
      op.location = *location;
      return ParseStored(sides[1], op);
    }
    const std::optional<uint32_t> target = FindRegister(sides[0]);
    if (!target.has_value()) return false;
    op.target = *target;
  }
  const std::vector<absl::string_view> parts =
      absl::StrSplit(sides.back(), absl::MaxSplits('.', 1));
  const std::optional<uint32_t> location = FindLocation(parts[0]);
  if (!location.has_value()) return false;
  op.location = *location;
  op.kind = LitmusOpKind::kLoad;
  return parts.size() == 1 || ParseMethod(parts[1], op);
}

absl::StatusOr<LitmusOp> ParseOp(absl::string_view text) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(text, ' ', absl::SkipEmpty());
  LitmusOp op;
  if (words.empty() || !ParseAction(words[0], op)) {
    return Malformed(text, "an operation, \"r0=x acq\" say");
  }
  const size_t orders = op.kind == LitmusOpKind::kCompareExchange ? 2 : 1;
  if (words.size() != 1 + orders) {
    return Malformed(text, absl::StrCat(orders, " memory order(s)"));
  }
  for (size_t i = 0; i < orders; ++i) {
    const std::optional<MemoryOrder> order = FindOrder(words[1 + i]);
    if (!order.has_value()) {
      return Malformed(words[1 + i], "rlx, con, acq, rel, ar or sc");
    }
    (i == 0 ? op.order : op.failure_order) = *order;
  }
  return op;
}

// Makes room in `program` for what `op` names.
void Cover(const LitmusOp& op, LitmusProgram& program) {
  if (op.kind != LitmusOpKind::kFence) {
    program.locations = std::max(program.locations, op.location + 1);
  }
  for (const uint32_t number : {op.source, op.target}) {
    if (number == kNoRegister) continue;
    program.registers = std::max(program.registers, number + 1);
  }
}

}  // namespace

absl::StatusOr<LitmusProgram> ParseLitmusProgram(absl::string_view text) {
  LitmusProgram program;
  for (const absl::string_view thread : absl::StrSplit(text, "||")) {
    std::vector<LitmusOp>& ops = program.threads.emplace_back();
    for (const absl::string_view part : absl::StrSplit(thread, ';')) {
      FOZZY_ASSIGN_OR_RETURN(const LitmusOp op, ParseOp(part));
      Cover(op, program);
      ops.push_back(op);
    }
  }
  const std::string problem = ProblemOf(program);
  if (!problem.empty()) return absl::InvalidArgumentError(problem);
  return program;
}

bool OutcomePattern::Fits(const Outcome& outcome) const {
  for (uint32_t i = 0; i < kLitmusRegistersMax; ++i) {
    if (registers[i].value_or(outcome.registers[i]) != outcome.registers[i]) {
      return false;
    }
  }
  for (uint32_t i = 0; i < kLitmusLocationsMax; ++i) {
    if (locations[i].value_or(outcome.locations[i]) != outcome.locations[i]) {
      return false;
    }
  }
  return true;
}

absl::StatusOr<OutcomePattern> ParseOutcomePattern(absl::string_view text) {
  OutcomePattern pattern;
  for (const absl::string_view part :
       absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    const std::vector<absl::string_view> sides = absl::StrSplit(part, '=');
    uint64_t value = 0;
    if (sides.size() != 2 || !absl::SimpleAtoi(sides[1], &value)) {
      return Malformed(part, "a value, \"r0=1\" say");
    }
    const std::optional<uint32_t> number = FindRegister(sides[0]);
    const std::optional<uint32_t> location = FindLocation(sides[0]);
    if (!number.has_value() && !location.has_value()) {
      return Malformed(part, "r0 to r15, x, y or z");
    }
    if (number.has_value()) pattern.registers[*number] = value;
    if (location.has_value()) pattern.locations[*location] = value;
  }
  return pattern;
}

}  // namespace fozzy
