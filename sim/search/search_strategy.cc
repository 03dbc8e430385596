#include "sim/search/search_strategy.h"

#include <cstdlib>
#include <cstring>
#include <span>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "sim/base/check.h"
#include "sim/base/status_macros.h"
#include "sim/core/feedback_strategy.h"
#include "sim/core/make_strategy.h"
#include "sim/core/run_probe_strategy.h"

namespace fozzy {
namespace {

void* ZeroedBlock(size_t bytes) {
  void* block = std::aligned_alloc(64, bytes);
  FOZZY_CHECK(block != nullptr);
  return std::memset(block, 0, bytes);
}

absl::string_view BaseName(absl::string_view name) {
  return name.substr(0, name.find(':'));
}

}  // namespace

ProbedShape Probe(Subject& subject, uint64_t seed) {
  Arena arena(ZeroedBlock, std::free);
  RunProbeStrategy probe({.seed = seed}, arena);
  FOZZY_CHECK(probe.Begin(0));
  subject.Run(probe, nullptr);
  probe.End({});
  const RunShape& shape = probe.shape();
  return {shape.questions,
          {shape.tasks.begin(), shape.tasks.end()},
          {shape.shared.begin(), shape.shared.end()}};
}

std::vector<uint64_t> SaveShape(const ProbedShape& shape) {
  std::vector<uint64_t> numbers = {shape.questions, shape.tasks.size()};
  for (const RunShape::TaskOps& task : shape.tasks) {
    numbers.insert(numbers.end(),
                   {task.task.value, task.parent.value, task.ops});
  }
  for (const RunShape::SharedOps& shared : shape.shared) {
    numbers.insert(numbers.end(),
                   {shared.object, shared.task.value, shared.ops});
  }
  return numbers;
}

ProbedShape LoadShape(const std::vector<uint64_t>& numbers) {
  ProbedShape shape;
  if (numbers.size() < 2) return shape;
  shape.questions = numbers[0];
  for (size_t i = 2; i + 2 < numbers.size(); i += 3) {
    const auto first = static_cast<uint32_t>(numbers[i]);
    const auto second = static_cast<uint32_t>(numbers[i + 1]);
    if ((i - 2) / 3 < numbers[1]) {
      shape.tasks.push_back({{first}, {second}, numbers[i + 2]});
    } else {
      shape.shared.push_back({first, {second}, numbers[i + 2]});
    }
  }
  return shape;
}

absl::StatusOr<std::unique_ptr<SearchStrategy>> SearchStrategy::Make(
    Options options) {
  std::unique_ptr<SearchStrategy> made(new SearchStrategy(std::move(options)));
  const absl::string_view name = made->options_.name;
  if (name == "dfs") {
    FOZZY_RETURN_IF_ERROR(made->MakeDfs(""));
  } else if (name.substr(0, 4) == "dfs:") {
    FOZZY_RETURN_IF_ERROR(made->MakeDfs(name.substr(4)));
  } else {
    FOZZY_RETURN_IF_ERROR(made->MakeByName());
  }
  return made;
}

bool SearchStrategy::NeedsShape(absl::string_view name) {
  constexpr absl::string_view kWithout[] = {
      "calm", "dfs", "feedback", "newest", "pos", "random", "round_robin"};
  for (const absl::string_view without : kWithout) {
    if (BaseName(name) == without) return false;
  }
  return true;
}

SearchStrategy::SearchStrategy(Options options)
    : options_(std::move(options)), arena_(ZeroedBlock, std::free) {}

absl::Status SearchStrategy::MakeDfs(absl::string_view bound) {
  is_sequential_ = true;
  if (options_.name == "dfs") {
    dpor_ = std::make_unique<DporStrategy>(arena_, DporStrategy::Options{});
    strategy_ = dpor_.get();
    return absl::OkStatus();
  }
  uint64_t preemptions = 0;
  if (!absl::SimpleAtoi(bound, &preemptions)) {
    return absl::InvalidArgumentError(
        absl::StrCat("strategy \"", options_.name,
                     "\": expected a number of preemptions after \"dfs:\""));
  }
  dfs_ = std::make_unique<DfsStrategy>(
      arena_, DfsStrategy::Options{.preemptions_max = preemptions});
  strategy_ = dfs_.get();
  return absl::OkStatus();
}

absl::Status SearchStrategy::MakeByName() {
  const RunShape shape = {.questions = options_.shape.questions,
                          .tasks = options_.shape.tasks,
                          .shared = options_.shape.shared};
  const MadeStrategy made = MakeStrategy(
      options_.name, {.seed = options_.seed, .shape = shape}, arena_);
  if (made.problem != nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("strategy \"", options_.name, "\": ", made.problem));
  }
  strategy_ = made.strategy;
  if (BaseName(options_.name) == "feedback") {
    feedback_ = static_cast<FeedbackStrategy*>(made.strategy);
    is_sequential_ = true;
  }
  return absl::OkStatus();
}

bool SearchStrategy::is_exhaustive() const {
  return (dfs_ && dfs_->is_exhaustive()) || (dpor_ && dpor_->is_exhaustive());
}

bool SearchStrategy::has_drifted() const {
  return (dfs_ && dfs_->has_drifted()) || (dpor_ && dpor_->has_drifted());
}

std::string SearchStrategy::Save() const {
  std::string bytes(strategy_->Save({}), '\0');
  strategy_->Save(std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

bool SearchStrategy::Load(absl::string_view bytes) {
  const auto span = std::as_bytes(std::span(bytes.data(), bytes.size()));
  if (dfs_) return dfs_->Load(span);
  if (dpor_) return dpor_->Load(span);
  if (feedback_ != nullptr) return feedback_->Load(span);
  return bytes.empty();
}

}  // namespace fozzy
