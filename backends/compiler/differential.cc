#include "backends/compiler/differential.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

using compiler::FailureKind;
using compiler::HostValue;
using compiler::Outcome;
using compiler::Program;
using compiler::ProgramOptions;

// Numbers that kernels are called with: dull, negative, and at the edges.
const std::vector<int64_t> kArguments[] = {
    {0, 0}, {1, 3}, {-1, -9}, {5, 4294967297}, {INT32_MIN, INT64_MAX}};

// Keeps what it was asked, and answers by that alone.
class LoggingHost final : public compiler::Host {
 public:
  bool Call(const std::string& name, const std::vector<HostValue>& arguments,
            int64_t& result) override {
    absl::StrAppend(&log_, name);
    for (const HostValue& value : arguments) {
      absl::StrAppend(&log_, " ", value.number, " '", value.text, "'");
      for (const int64_t number : value.numbers) {
        absl::StrAppend(&log_, ",", number);
      }
      result += value.number;
    }
    log_ += "\n";
    result = result * 3 + static_cast<int64_t>(log_.size());
    return ++calls_ < kCallsMax;
  }

  const std::string& log() const { return log_; }

 private:
  static constexpr int kCallsMax = 50;
  std::string log_;
  int calls_ = 0;
};

struct Observed {
  Outcome outcome;
  std::string log;
};

Observed Observe(Program& program, const std::vector<int64_t>& arguments) {
  LoggingHost host;
  Observed observed;
  observed.outcome = program.Run(arguments, host);
  observed.log = host.log();
  return observed;
}

std::string TextOf(const Observed& observed) {
  const Outcome& outcome = observed.outcome;
  return absl::StrCat(outcome.failure.kind == FailureKind::kNoFailure
                          ? absl::StrCat(outcome.result)
                          : outcome.failure.Text(),
                      " after\n", observed.log);
}

std::string Difference(Program& model, Program& other) {
  for (const std::vector<int64_t>& arguments : kArguments) {
    const Observed expected = Observe(model, arguments);
    const Observed found = Observe(other, arguments);
    if (found.outcome.failure.kind == FailureKind::kMemory) continue;
    if (expected.outcome == found.outcome && expected.log == found.log) {
      continue;
    }
    return absl::StrCat("of (", arguments[0], ", ", arguments[1],
                        ") the model gives ", TextOf(expected),
                        "and not ", TextOf(found));
  }
  return "";
}

}  // namespace

std::string FindDifference(const std::string& source,
                           const std::vector<ProgramOptions>& others) {
  ProgramOptions options;
  options.backend = compiler::Backend::kInterp;
  options.loops_max = kDifferentialTurns;
  const auto model = Program::Make(source, options);
  if (!model.ok()) {
    return absl::StrCat("it is refused: ", model.status().message());
  }
  for (size_t i = 0; i < others.size(); ++i) {
    options = others[i];
    options.loops_max = kDifferentialTurns;
    const auto other = Program::Make(source, options);
    if (!other.ok()) {
      return absl::StrCat("configuration ", i, " is refused: ",
                          other.status().message());
    }
    const std::string difference = Difference(**model, **other);
    if (!difference.empty()) {
      return absl::StrCat("configuration ", i, ": ", difference);
    }
  }
  return "";
}

std::vector<uint64_t> ShrinkGenerated(
    std::vector<uint64_t> answers, int trials,
    const std::function<bool(const std::vector<uint64_t>&)>& fails) {
  FOZZY_CHECK(fails(answers));
  const auto accept = [&](const std::vector<uint64_t>& candidate) {
    if (trials <= 0) return false;
    --trials;
    if (!fails(candidate)) return false;
    answers = candidate;
    return true;
  };
  bool is_smaller = true;
  while (is_smaller && trials > 0) {
    is_smaller = false;
    for (size_t size = answers.size(); size > 0; size /= 2) {
      for (size_t at = 0; at + size <= answers.size();) {
        std::vector<uint64_t> without = answers;
        without.erase(without.begin() + static_cast<std::ptrdiff_t>(at),
                      without.begin() + static_cast<std::ptrdiff_t>(at + size));
        std::vector<uint64_t> dull = answers;
        std::fill_n(dull.begin() + static_cast<std::ptrdiff_t>(at), size, 0);
        if (accept(without) || (dull != answers && accept(dull))) {
          is_smaller = true;
        } else {
          at += size;
        }
      }
    }
    for (size_t at = 0; at < answers.size(); ++at) {
      while (answers[at] > 0) {
        std::vector<uint64_t> less = answers;
        --less[at];
        if (!accept(less)) break;
        is_smaller = true;
      }
    }
  }
  return answers;
}

}  // namespace fozzy
