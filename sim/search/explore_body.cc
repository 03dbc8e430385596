#include <algorithm>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "fozzy/explore.h"
#include "sim/base/check.h"
#include "sim/base/status_macros.h"
#include "sim/core/list_strategy.h"
#include "sim/search/body_service.h"
#include "sim/search/body_subject.h"
#include "sim/search/confirm.h"
#include "sim/search/forked_subject.h"
#include "sim/search/message.h"
#include "sim/search/program_globals.h"
#include "sim/search/property_sums.h"
#include "sim/search/schedule_table.h"
#include "sim/search/search_strategy.h"
#include "sim/search/search_tally.h"
#include "sim/search/search_worker.h"

namespace fozzy {
namespace {

// Runs of a block: what is done between two looks at the time is short, and
// what is done between two blocks does not count.
constexpr uint64_t kBlockRuns = 64;

absl::StatusOr<Simulation::Options> WorldOf(const ExploreOptions& options) {
  Simulation::Options world;
  if (options.memory_model == "sc") {
    world.memory_model = MemoryModelKind::kSc;
  } else if (options.memory_model != "cpp20") {
    return absl::InvalidArgumentError(
        absl::StrCat("memory model \"", options.memory_model,
                     "\": expected \"cpp20\" or \"sc\""));
  }
  world.points_max = options.points_max;
  world.timer_races = options.timer_races;
  world.stack_bytes = options.stack_bytes;
  return world;
}

// One search.
class Exploration {
 public:
  Exploration(const ExploreOptions& options, const std::function<void()>& body)
      : options_(options), body_(body) {}

  ExploreReport Run();

 private:
  absl::Status Prepare();
  absl::Status Resume();
  ProbedShape ProbeBody();
  SearchBlock RunBlock(const SearchRange& range);
  SearchBlock Crashed(uint64_t run);
  ForkedSubject& Forked();
  void Search();
  void ReportFinding();
  void ReportProperties();
  void LookForNeverReached();
  std::string TableOf(const std::vector<Decision>& decisions);
  std::string Save() const;
  bool IsTimeUp() const { return options_.is_time_up && options_.is_time_up(); }

  const ExploreOptions& options_;
  const std::function<void()>& body_;
  ExploreReport report_;
  std::unique_ptr<BodyService> service_;   // null: no fresh processes
  std::unique_ptr<BodySubject> here_;      // the body in this process
  std::unique_ptr<ForkedSubject> forked_;  // null: not needed so far
  std::unique_ptr<TwiceSubject> twice_;
  std::unique_ptr<RestoringSubject> restoring_;
  Subject* subject_ = nullptr;
  Simulation::Options world_;
  ProbedShape shape_;
  std::unique_ptr<SearchStrategy> strategy_;
  PropertySums sums_;
  SearchTally tally_;
};

ExploreReport Exploration::Run() {
  report_.name = options_.name;
  report_.strategy = options_.strategy;
  report_.seed = options_.seed;
  const absl::Status status = Prepare();
  if (!status.ok()) {
    report_.error = std::string(status.message());
    return std::move(report_);
  }
  Search();
  report_.runs = tally_.runs();
  report_.abandoned = tally_.abandoned();
  report_.distinct = tally_.digests().count();
  report_.points = tally_.points();
  report_.is_exhaustive = tally_.is_exhaustive();
  ReportProperties();
  if (tally_.found()) {
    ReportFinding();
  } else {
    report_.state = Save();
    if (!report_.is_time_up) LookForNeverReached();
  }
  return std::move(report_);
}

absl::Status Exploration::Prepare() {
  FOZZY_ASSIGN_OR_RETURN(const Simulation::Options world, WorldOf(options_));
  // Says what is wrong with the name before anything is run.
  FOZZY_ASSIGN_OR_RETURN(
      strategy_,
      SearchStrategy::Make({.name = options_.strategy, .shape = {}}));
  const bool forks = options_.isolation == Isolation::kFork;
  if (forks && strategy_->is_sequential()) {
    return absl::InvalidArgumentError(
        absl::StrCat("strategy \"", options_.strategy,
                     "\" depends on earlier runs: expected another isolation "
                     "than fork"));
  }
  if (forks || options_.confirms_findings) {
    service_ = std::make_unique<BodyService>(
        body_, BodyService::Options{.simulation = world,
                                    .strategy = options_.strategy,
                                    .seed = options_.seed,
                                    .run_twice = options_.run_twice});
  }
  world_ = world;
  here_ = std::make_unique<BodySubject>(body_, world);
  twice_ = std::make_unique<TwiceSubject>(*here_);
  subject_ = here_.get();
  if (options_.run_twice) subject_ = twice_.get();
  if (options_.isolation == Isolation::kGlobals) {
    restoring_ = std::make_unique<RestoringSubject>(*subject_);
    subject_ = restoring_.get();
  }
  if (SearchStrategy::NeedsShape(options_.strategy)) shape_ = ProbeBody();
  FOZZY_ASSIGN_OR_RETURN(
      strategy_,
      SearchStrategy::Make(
          {.name = options_.strategy, .seed = options_.seed, .shape = shape_}));
  return Resume();
}

absl::Status Exploration::Resume() {
  if (options_.state.empty()) return absl::OkStatus();
  MessageReader reader(options_.state);
  const std::string strategy = reader.Text();
  const uint64_t seed = reader.Number();
  const std::string tally = reader.Text();
  const std::string memory = reader.Text();
  if (strategy != options_.strategy || seed != options_.seed) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the state is that of strategy \"", strategy, "\" with seed ", seed,
        ": expected \"", options_.strategy, "\" with seed ", options_.seed));
  }
  FOZZY_ASSIGN_OR_RETURN(tally_, SearchTally::Load(tally));
  if (!strategy_->Load(memory)) {
    return absl::DataLossError("the state of the strategy is damaged");
  }
  return absl::OkStatus();
}

std::string Exploration::Save() const {
  std::string state;
  MessageWriter writer(state);
  writer.Put(absl::string_view(options_.strategy));
  writer.Put(options_.seed);
  writer.Put(absl::string_view(tally_.Save()));
  writer.Put(absl::string_view(strategy_->Save()));
  return state;
}

ProbedShape Exploration::ProbeBody() {
  if (options_.isolation != Isolation::kFork) {
    return Probe(*subject_, options_.seed);
  }
  return service_->Probe().value_or(ProbedShape{});
}

void Exploration::Search() {
  while (!tally_.is_over() && tally_.runs() < options_.runs) {
    if (IsTimeUp()) {
      report_.is_time_up = true;
      return;
    }
    const uint64_t block_max =
        options_.isolation == Isolation::kFork ? 1 : kBlockRuns;
    const uint64_t left = options_.runs - tally_.runs();
    tally_.Add(RunBlock({tally_.runs(), std::min(left, block_max)}));
  }
}

SearchBlock Exploration::RunBlock(const SearchRange& range) {
  if (options_.isolation != Isolation::kFork) {
    SearchWorker worker(*subject_, *strategy_);
    SearchBlock block = worker.Run(
        range, [&] { return IsTimeUp(); },
        [&] { sums_.Add(here_->simulation().properties()); });
    block.properties = sums_.Take();
    return block;
  }
  if (auto block = service_->RunBlock(range, shape_)) return *std::move(block);
  return Crashed(range.first);
}

// Does a run that ended its process once more, and writes it down.
SearchBlock Exploration::Crashed(uint64_t run) {
  FOZZY_CHECK(strategy_->strategy().Begin(run));
  RecordedRun recorded;
  const RunOutcome outcome = Forked().Run(strategy_->strategy(), &recorded);
  SearchBlock crashed;
  crashed.first = run;
  crashed.runs = 1;
  crashed.found =
      FoundRun{.run = run,
               .finding = {.kind = FindingKind::kCrash,
                           .title = "process",
                           .message = absl::StrCat("the process of run ", run,
                                                   " did not come to its end"),
                           .step = std::nullopt,
                           .details = ""},
               .digest = outcome.digest,
               .decisions = std::move(recorded.decisions),
               .is_repeatable = outcome.finding.has_value()};
  if (outcome.finding) crashed.found->finding = *outcome.finding;
  return crashed;
}

ForkedSubject& Exploration::Forked() {
  if (forked_ == nullptr) {
    forked_ = std::make_unique<ForkedSubject>(body_, world_);
  }
  return *forked_;
}

void Exploration::ReportFinding() {
  const FoundRun& found = *tally_.found();
  report_.finding_run = found.run;
  report_.decisions = found.decisions;
  report_.finding = found.finding;
  if (found.finding.kind == FindingKind::kCrash) {
    ListStrategy list({.decisions = found.decisions});
    list.Begin(0);
    ScheduleTable table;
    const RunOutcome again = Forked().RunWith(list, table);
    report_.is_confirmed = found.is_repeatable &&
                           again.digest == found.digest &&
                           again.finding == found.finding;
    report_.schedule =
        table.Text([this](TaskId task) { return Forked().NameOf(task); });
    return;
  }
  if (service_) {
    Confirmation confirmation = Confirm(*service_, found);
    report_.finding = std::move(confirmation.finding);
    report_.schedule = std::move(confirmation.schedule);
    report_.is_confirmed = confirmation.is_confirmed;
    return;
  }
  report_.schedule = TableOf(found.decisions);
  if (found.is_repeatable) return;
  report_.finding = {
      .kind = FindingKind::kNondeterminism,
      .title = "repetition",
      .message = absl::StrCat("run ", found.run,
                              " did not come back when it was repeated; it had "
                              "found: ",
                              found.finding.message),
      .step = std::nullopt,
      .details = ""};
}

std::string Exploration::TableOf(const std::vector<Decision>& decisions) {
  ListStrategy list({.decisions = decisions});
  list.Begin(0);
  ScheduleTable table;
  here_->RunWith(list, table);
  return table.Text(
      [this](TaskId task) { return here_->simulation().NameOf(task); });
}

void Exploration::ReportProperties() {
  for (uint64_t place = 0; place < sums_.known().size(); ++place) {
    const auto count = tally_.properties().find(place);
    const bool is_met = count != tally_.properties().end();
    if (!is_met && !options_.expects_all_properties) continue;
    const Property& property = sums_.known()[place];
    report_.properties.push_back({.kind = property.kind,
                                  .text = property.text,
                                  .place = PlaceOf(property.site),
                                  .reached = is_met ? count->second.reached : 0,
                                  .held = is_met ? count->second.held : 0});
  }
}

void Exploration::LookForNeverReached() {
  for (const PropertySum& sum : report_.properties) {
    const bool is_owed = sum.kind == PropertyKind::kSometimes ||
                         sum.kind == PropertyKind::kReachable;
    if (!is_owed || sum.held > 0) continue;
    report_.finding = {
        .kind = FindingKind::kNeverReached,
        .title = sum.text,
        .message = absl::StrCat(
            sum.place, ": in ", report_.runs, " runs ",
            sum.reached == 0 ? "this was never come by: "
                             : absl::StrCat("this was come by ", sum.reached,
                                            " times and never held: "),
            sum.text),
        .step = std::nullopt,
        .details = ""};
    return;
  }
}

}  // namespace

ExploreReport Explore(const ExploreOptions& options,
                      const std::function<void()>& body) {
  return Exploration(options, body).Run();
}

}  // namespace fozzy
