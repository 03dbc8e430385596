#include "scenarios/bodies/body_server.h"

#include <map>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "backends/host/host_clock.h"
#include "backends/host/this_program.h"
#include "scenarios/bodies/body_registry.h"
#include "sim/base/status_macros.h"
#include "sim/core/list_strategy.h"
#include "sim/search/explain.h"
#include "sim/search/schedule_table.h"
#include "sim/search/shrink.h"

namespace fozzy {
namespace {

// The names of the places and tasks of a run, by number.
class RunNames final : public BodyListener {
 public:
  void OnTask(const TaskChoice&, uint32_t) override {}
  void OnValue(const ValueChoice&, uint64_t) override {}
  void OnOp(const Op& op, Site site) override {
    if (site.file != nullptr) names_.emplace(op.site, PlaceOf(site));
    tasks_.emplace(op.task.value, "");
  }
  void OnLog(TaskId, uint64_t, std::string_view) override {}

  std::string NameOf(uint32_t site) const {
    const auto found = names_.find(site);
    return found == names_.end() ? "a place that is not known" : found->second;
  }

  // To be called after the run.
  void NameTasks(BodyWorker& worker) {
    for (auto& [task, name] : tasks_) name = worker.NameOf(TaskId{task});
  }
  std::string NameOf(TaskId task) const {
    const auto found = tasks_.find(task.value);
    return found == tasks_.end() ? absl::StrCat("task ", task.value - 1)
                                 : found->second;
  }

 private:
  std::map<uint32_t, std::string> names_;
  std::map<uint32_t, std::string> tasks_;
};

}  // namespace

std::string BodyServer::AnswerBytes(absl::string_view request) {
  const auto decoded = DecodeRequest(request);
  if (decoded.ok()) return EncodeAnswer(Answer(*decoded));
  ControlAnswer answer;
  answer.error = std::string(decoded.status().message());
  return EncodeAnswer(answer);
}

ControlAnswer BodyServer::Answer(const ControlRequest& request) {
  ControlAnswer answer;
  answer.version = version_;
  const absl::Status status = Carry(request, answer);
  answer.error = std::string(status.message());
  return answer;
}

absl::Status BodyServer::Carry(const ControlRequest& request,
                               ControlAnswer& answer) {
  if (request.verb == ControlVerb::kList) {
    answer.program = ProgramName();
    answer.build_id = ProgramBuildId();
    for (const RegisteredBody& body : RegisteredBodies()) {
      answer.tests.push_back(body.name);
    }
    return absl::OkStatus();
  }
  FOZZY_RETURN_IF_ERROR(SetUp(request));
  switch (request.verb) {
    case ControlVerb::kSearch:
      return Search(request, answer);
    case ControlVerb::kRepeat:
      Repeat(request, answer);
      return absl::OkStatus();
    case ControlVerb::kShrink:
      return Shrink(request, answer);
    case ControlVerb::kExplain:
      return Explain(request, answer);
    case ControlVerb::kList:
      break;
  }
  return absl::OkStatus();
}

absl::Status BodyServer::SetUp(const ControlRequest& request) {
  const RegisteredBody* body = FindBody(request.test);
  if (body == nullptr) {
    return absl::NotFoundError(
        absl::StrCat("the program has no test ", request.test));
  }
  // Guarding is for what is done once.
  const bool has_crashed =
      request.guarded_from.has_value() ||
      (request.finding && request.finding->kind == FindingKind::kCrash);
  if (worker_ != nullptr && test_ == request.test &&
      config_ == request.config && !has_crashed && !is_guarded_) {
    return absl::OkStatus();
  }
  test_ = request.test;
  config_ = request.config;
  worker_ = std::make_unique<BodyWorker>(body->body, config_, state_);
  if (has_crashed) worker_->Guard(request.guarded_from.value_or(0));
  is_guarded_ = has_crashed;
  is_prepared_ = false;
  return absl::OkStatus();
}

absl::Status BodyServer::Search(const ControlRequest& request,
                                ControlAnswer& answer) {
  if (!is_prepared_) FOZZY_RETURN_IF_ERROR(worker_->Prepare());
  is_prepared_ = true;
  answer.block = worker_->Search(request.range, [] { return false; });
  answer.unmet = worker_->TakeUnmet();
  std::optional<BodyRecording>& found = answer.block->found;
  if (found && !found->finding) {
    // This time it did not crash, and that is what is to be found out.
    found->finding = request.finding;
    answer.block->found_digest.clear();
  }
  return absl::OkStatus();
}

void BodyServer::Repeat(const ControlRequest& request, ControlAnswer& answer) {
  ScheduleTable table;
  if (muted_ != nullptr) muted_->Pause();
  answer.recording = worker_->Repeat(request.decisions, &table);
  if (muted_ != nullptr) muted_->Resume();
  answer.text =
      table.Text([this](TaskId task) { return worker_->NameOf(task); });
}

absl::Status BodyServer::Shrink(const ControlRequest& request,
                                ControlAnswer& answer) {
  if (!request.finding) return absl::InvalidArgumentError("found no finding");
  ListStrategy list({.decisions = request.decisions});
  list.Begin(0);
  RecordedRun recorded;
  worker_->subject().Run(list, &recorded);
  ShrinkOptions options;
  options.try_candidates = TryOneByOne(worker_->subject());
  if (request.range.count > 0) options.runs_max = request.range.count;
  const uint64_t begin = MonotonicNs();
  if (request.time_ns > 0) {
    options.is_time_up = [begin, &request] {
      return MonotonicNs() - begin >= request.time_ns;
    };
  }
  options.shrinks_schedule = !request.keeps_schedule;
  options.shrinks_faults = !request.keeps_faults;
  options.shrinks_input = !request.keeps_input;
  const absl::StatusOr<ShrinkReport> report =
      fozzy::Shrink(recorded, *request.finding, options);
  FOZZY_RETURN_IF_ERROR(report.status());
  ShrunkBody shrunk;
  shrunk.recording = worker_->Repeat(report->run.decisions);
  shrunk.before = report->before;
  shrunk.after = report->after;
  shrunk.runs = report->runs;
  shrunk.is_fixpoint = report->is_fixpoint;
  answer.shrunk = std::move(shrunk);
  return absl::OkStatus();
}

absl::Status BodyServer::Explain(const ControlRequest& request,
                                 ControlAnswer& answer) {
  if (!request.finding) return absl::InvalidArgumentError("found no finding");
  RunNames names;
  worker_->Repeat(request.decisions, &names);
  names.NameTasks(*worker_);
  ListStrategy list({.decisions = request.decisions});
  list.Begin(0);
  RecordedRun recorded;
  worker_->subject().Run(list, &recorded);
  const absl::StatusOr<Explanation> why =
      fozzy::Explain(worker_->subject(), recorded, *request.finding,
                     {.seed = request.config.seed});
  FOZZY_RETURN_IF_ERROR(why.status());
  answer.text = ExplanationText(
      *why, [&names](uint32_t site) { return names.NameOf(site); },
      [&names](TaskId task) { return names.NameOf(task); });
  return absl::OkStatus();
}

}  // namespace fozzy
