#include "backends/compiler/differential.h"

#include <algorithm>
#include <memory>
#include <utility>

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
    {0, 0}, {1, 3}, {2, 7}, {-1, -9}, {5, 4294967297}, {INT32_MIN, INT64_MAX}};

// Keeps what it was asked, and answers by that alone.
class LoggingHost final : public compiler::Host {
 public:
  bool Call(const std::string& name, const std::vector<HostValue>& arguments,
            int64_t& result) override {
    uint64_t sum = 0;
    absl::StrAppend(&log_, name);
    for (const HostValue& value : arguments) {
      absl::StrAppend(&log_, " ", value.number, " '", value.text, "'");
      for (const int64_t number : value.numbers) {
        absl::StrAppend(&log_, ",", number);
      }
      sum += static_cast<uint64_t>(value.number);
    }
    log_ += "\n";
    result = static_cast<int64_t>(sum * 3 + log_.size());
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
                        ") the model gives ", TextOf(expected), "and not ",
                        TextOf(found));
  }
  return "";
}

// Tries lists of answers that are shorter, or as long with smaller numbers.
class Shrinker {
 public:
  using Answers = std::vector<uint64_t>;

  Shrinker(Answers answers, int trials,
           const std::function<bool(const Answers&)>& fails)
      : answers_(std::move(answers)), trials_(trials), fails_(fails) {}

  Answers Run() {
    bool is_smaller = true;
    while (is_smaller && trials_ > 0) {
      is_smaller = false;
      for (size_t size = answers_.size(); size > 0; size /= 2) {
        if (Remove(size)) is_smaller = true;
      }
      if (Dull()) is_smaller = true;
      // What belongs together is of any length.
      for (size_t size = kSpanMax; size > 0; --size) {
        if (Remove(size)) is_smaller = true;
      }
    }
    return answers_;
  }

 private:
  static constexpr size_t kSpanMax = 12;
  static constexpr size_t kTailMax = 6;

  bool Accept(Answers candidate) {
    if (trials_ <= 0 || candidate == answers_) return false;
    --trials_;
    if (!fails_(candidate)) return false;
    answers_ = std::move(candidate);
    return true;
  }

  // Returns the answers without `size` of them from `at` on.
  Answers Without(size_t at, size_t size) const {
    Answers without = answers_;
    const auto begin = without.begin() + static_cast<std::ptrdiff_t>(at);
    without.erase(begin, begin + static_cast<std::ptrdiff_t>(size));
    return without;
  }

  // From the end, where most is free to go.
  bool Remove(size_t size) {
    bool is_smaller = false;
    size_t at = answers_.size();
    while (at >= size && trials_ > 0) {
      const size_t begin = at - size;
      if (begin + size <= answers_.size() && Accept(Without(begin, size))) {
        is_smaller = true;
      }
      if (at-- == 0) break;
    }
    return is_smaller;
  }

  // Lowers each answer, to 0 if that will do, and takes out what it asked for.
  bool Dull() {
    bool is_smaller = false;
    for (size_t at = 0; at < answers_.size(); ++at) {
      for (size_t tail = 0; tail <= kTailMax && answers_[at] > 0; ++tail) {
        if (at + 1 + tail > answers_.size()) break;
        Answers zero = Without(at + 1, tail);
        zero[at] = 0;
        if (Accept(std::move(zero))) is_smaller = true;
      }
      while (answers_[at] > 0) {
        Answers less = answers_;
        --less[at];
        if (!Accept(std::move(less))) break;
        is_smaller = true;
      }
    }
    return is_smaller;
  }

  Answers answers_;
  int trials_;
  const std::function<bool(const Answers&)>& fails_;
};

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
      return absl::StrCat("configuration ", i,
                          " is refused: ", other.status().message());
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
  return Shrinker(std::move(answers), trials, fails).Run();
}

}  // namespace fozzy
