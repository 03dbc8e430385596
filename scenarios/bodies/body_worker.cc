#include "scenarios/bodies/body_worker.h"

#include <cstdlib>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "sim/base/check.h"
#include "sim/base/status_macros.h"
#include "sim/core/list_strategy.h"
#include "sim/core/make_strategy.h"
#include "sim/core/run_probe_strategy.h"

namespace fozzy {
namespace {

constexpr absl::string_view kDfs = "dfs";

void* Grow(size_t bytes) {
  void* block = std::aligned_alloc(64, bytes);
  FOZZY_CHECK(block != nullptr);
  std::memset(block, 0, bytes);
  return block;
}

std::string StrategyNames() {
  std::string names(kDfs);
  for (const StrategyMaker& maker : StrategyMakers()) {
    absl::StrAppend(&names, ", ",
                    absl::string_view(maker.name.data(), maker.name.size()));
    if (!maker.parameter.empty()) absl::StrAppend(&names, "[:N]");
  }
  return names;
}

// Writes a run down, and lets another listen.
class Recorder final : public BodyListener {
 public:
  Recorder(BodyRecording& recording, BodyListener* next)
      : recording_(recording), next_(next) {}

  void OnTask(const TaskChoice& choice, uint32_t answer) override {
    recording_.decisions.push_back({ChoiceKind::kTask, choice.current, answer});
    if (next_ != nullptr) next_->OnTask(choice, answer);
  }
  void OnValue(const ValueChoice& choice, uint64_t answer) override {
    recording_.decisions.push_back({choice.kind, choice.key.task, answer});
    if (next_ != nullptr) next_->OnValue(choice, answer);
  }
  void OnOp(const Op& op, Site site) override {
    if (next_ != nullptr) next_->OnOp(op, site);
  }
  void OnLog(TaskId task, uint64_t now, std::string_view text) override {
    recording_.log.push_back(
        {recording_.decisions.size(), task, now, std::string(text)});
    if (next_ != nullptr) next_->OnLog(task, now, text);
  }

 private:
  BodyRecording& recording_;
  BodyListener* next_;
};

}  // namespace

BodySubject& RenewedSubject::Current() {
  if (findings_ >= kFindingsMax) subject_.reset();
  if (subject_ == nullptr) {
    subject_ = std::make_unique<BodySubject>(body_, options_);
    findings_ = 0;
  }
  return *subject_;
}

RunOutcome RenewedSubject::Count(RunOutcome outcome) {
  Note(false);
  if (outcome.finding) ++findings_;
  return outcome;
}

RunOutcome RenewedSubject::Run(Strategy& strategy, RecordedRun* recorded) {
  Note(true);
  return Count(Current().Run(strategy, recorded));
}

RunOutcome RenewedSubject::RunWith(Strategy& strategy, BodyListener& listener) {
  Note(true);
  return Count(Current().RunWith(strategy, listener));
}

BodyWorker::BodyWorker(std::function<void()> body, const BodyConfig& config,
                       WorkerState* state)
    : config_(config),
      body_(std::move(body)),
      state_(state),
      subject_(body_, config.simulation, state),
      arena_(Grow, std::free),
      states_(properties_.size()) {}

void BodyWorker::Guard(uint64_t first_guarded) {
  FOZZY_CHECK(strategy_ == nullptr);
  forked_ = std::make_unique<ForkedSubject>(body_, config_.simulation);
  first_guarded_ = first_guarded;
}

Subject& BodyWorker::subject() {
  if (forked_ != nullptr) return *forked_;
  return subject_;
}

std::string BodyWorker::NameOf(TaskId task) {
  return forked_ != nullptr ? forked_->NameOf(task)
                            : subject_.simulation().NameOf(task);
}

absl::Status BodyWorker::Prepare() {
  FOZZY_RETURN_IF_ERROR(CheckStrategy(config_.strategy));
  if (config_.strategy == kDfs) {
    dfs_ = ::new (arena_.Allocate(sizeof(DfsStrategy), alignof(DfsStrategy)))
        DfsStrategy(arena_, {});
    strategy_ = dfs_;
    return absl::OkStatus();
  }
  // What it finds is found again: it is a run like any other.
  auto* probe = ::new (
      arena_.Allocate(sizeof(RunProbeStrategy), alignof(RunProbeStrategy)))
      RunProbeStrategy({.seed = config_.seed}, arena_);
  probe->Begin(0);
  Probe(*probe);
  probe->End({});
  strategy_ =
      MakeStrategy(config_.strategy,
                   {.seed = config_.seed, .shape = probe->shape()}, arena_)
          .strategy;
  return absl::OkStatus();
}

void BodyWorker::Probe(Strategy& probe) {
  if (state_ != nullptr) state_->run = kProbeRun;
  if (forked_ == nullptr || first_guarded_ != kProbeRun) {
    subject_.Run(probe, nullptr);
    return;
  }
  BodyRecording recording = Record(probe, nullptr);
  if (recording.is_crash) probe_crash_ = std::move(recording);
}

BodyBlock BodyWorker::Search(const BodyRange& range,
                             absl::FunctionRef<bool()> is_stopped) {
  FOZZY_CHECK(strategy_ != nullptr);
  if (NeedsOneWorker(config_.strategy)) CatchUp(range.first);
  BodyBlock block;
  block.first = range.first;
  if (probe_crash_) {
    block.digests.push_back(0);
    block.found_digest = probe_crash_->ops_digest;
    block.found = std::move(probe_crash_);
    return block;
  }
  for (uint64_t i = 0; i < range.count; ++i) {
    if (i > 0 && is_stopped()) break;
    if (state_ != nullptr) state_->run = range.first + i;
    next_ = range.first + i + 1;
    if (!strategy_->Begin(range.first + i)) {
      block.is_exhausted = true;
      block.is_exhaustive = dfs_ != nullptr && dfs_->is_exhaustive();
      break;
    }
    if (!RunNext(block)) break;
  }
  return block;
}

// Does the runs before `run` that have not been done.
void BodyWorker::CatchUp(uint64_t run) {
  if (next_ == run) return;
  FOZZY_CHECK(next_ < run);
  Search({next_, run - next_}, [] { return false; });
}

// Returns whether those after it are wanted.
bool BodyWorker::RunNext(BodyBlock& block) {
  if (forked_ != nullptr &&
      block.first + block.digests.size() >= first_guarded_) {
    return RunGuarded(block);
  }
  const RunOutcome outcome = subject_.Run(*strategy_, nullptr);
  block.digests.push_back(outcome.digest.low());
  block.points += outcome.points;
  NoteProperties();
  if (outcome.finding) {
    block.found_digest = outcome.digest.Hex();
    strategy_->Begin(block.first + block.digests.size() - 1);
    block.found = Record(*strategy_, nullptr);
    if (!block.found->finding) block.found->finding = outcome.finding;
  }
  strategy_->End({.found = outcome.finding.has_value(),
                  .abandoned = outcome.is_abandoned,
                  .digest = outcome.digest.low(),
                  .points = outcome.points});
  if (outcome.is_forced && !block.found) {
    // Nothing was open: every run is this one.
    block.is_exhausted = true;
    block.is_exhaustive = true;
  }
  return !block.found && !block.is_exhausted;
}

// The last run of a search that has crashed before.
bool BodyWorker::RunGuarded(BodyBlock& block) {
  BodyRecording recording = Record(*strategy_, nullptr);
  block.digests.push_back(0);
  block.points += recording.points;
  block.found_digest = recording.ops_digest;
  block.found = std::move(recording);
  return false;
}

void BodyWorker::NoteProperties() {
  for (const PropertyLog::Count& count :
       subject_.simulation().properties().counts()) {
    const PropertyState state =
        count.held > 0 ? PropertyState::kMet : PropertyState::kTried;
    for (size_t i = 0; i < properties_.size(); ++i) {
      if (states_[i] >= state ||
          properties_[i].site.line != count.property.site.line ||
          PlaceOf(properties_[i].site) != PlaceOf(count.property.site)) {
        continue;
      }
      states_[i] = state;
    }
  }
}

std::vector<UnmetProperty> BodyWorker::TakeUnmet() {
  std::vector<UnmetProperty> unmet;
  for (size_t i = 0; i < properties_.size(); ++i) {
    const Property& property = properties_[i];
    const bool is_wanted = property.kind == PropertyKind::kSometimes ||
                           property.kind == PropertyKind::kReachable;
    if (is_wanted && states_[i] != PropertyState::kMet) {
      unmet.push_back({PlaceOf(property.site), property.text,
                       states_[i] == PropertyState::kTried});
    }
  }
  states_.assign(properties_.size(), PropertyState::kNever);
  return unmet;
}

BodyRecording BodyWorker::Repeat(const std::vector<Decision>& decisions,
                                 BodyListener* listener) {
  ListStrategy list({.decisions = decisions});
  list.Begin(0);
  return Record(list, listener);
}

BodyRecording BodyWorker::Record(Strategy& strategy, BodyListener* listener) {
  BodyRecording recording;
  Recorder recorder(recording, listener);
  RunOutcome outcome = forked_ != nullptr
                           ? forked_->RunWith(strategy, recorder)
                           : subject_.RunWith(strategy, recorder);
  recording.finding = std::move(outcome.finding);
  recording.ops_digest = outcome.digest.Hex();
  recording.points = outcome.points;
  recording.time_ns = forked_ != nullptr
                          ? forked_->now()
                          : subject_.simulation().executor().now();
  recording.is_crash = forked_ != nullptr && forked_->has_crashed();
  return recording;
}

bool NeedsOneWorker(absl::string_view strategy) {
  return strategy == kDfs || strategy == "feedback";
}

absl::Status CheckStrategy(const std::string& strategy) {
  if (strategy == kDfs) return absl::OkStatus();
  Arena arena(Grow, std::free);
  const MadeStrategy made = MakeStrategy(strategy, {}, arena);
  if (made.problem == nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("found the strategy \"", strategy, "\": ", made.problem,
                   "; expected one of ", StrategyNames()));
}

}  // namespace fozzy
