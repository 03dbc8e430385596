#include "scenarios/bodies/control.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "scenarios/bodies/proto/control.pb.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

namespace v1 = ::fozzy::control::v1;

std::string Text(absl::string_view text) { return std::string(text); }

void Write(const BodyConfig& config, v1::Config& out) {
  out.set_seed(config.seed);
  out.set_strategy(config.strategy);
  out.set_memory_model(Text(MemoryModelName(config.simulation.memory_model)));
  out.set_points_max(config.simulation.points_max);
  out.set_timer_races(config.simulation.timer_races);
  out.set_stack_bytes(config.simulation.stack_bytes);
}

void Write(const std::vector<Decision>& decisions, v1::Decisions& out) {
  for (const Decision& decision : decisions) {
    out.add_kind(static_cast<uint32_t>(decision.kind));
    out.add_task(decision.task.value);
    out.add_answer(decision.answer);
  }
}

void Write(const Finding& finding, v1::Finding& out) {
  out.set_kind(std::string(FindingKindName(finding.kind)));
  out.set_title(finding.title);
  out.set_message(finding.message);
  if (finding.step) out.set_step(*finding.step);
  out.set_details(finding.details);
}

void Write(const BodyRecording& recording, v1::Recording& out) {
  Write(recording.decisions, *out.mutable_decisions());
  for (const LogLine& line : recording.log) {
    v1::LogLine& written = *out.add_log();
    written.set_decisions(line.decisions);
    written.set_task(line.task.value);
    written.set_time_ns(line.time_ns);
    written.set_text(line.text);
  }
  if (recording.finding) Write(*recording.finding, *out.mutable_finding());
  out.set_ops_digest(recording.ops_digest);
  out.set_points(recording.points);
  out.set_time_ns(recording.time_ns);
  out.set_is_crash(recording.is_crash);
}

void Write(const BodyBlock& block, v1::Block& out) {
  out.set_first(block.first);
  for (const uint64_t digest : block.digests) out.add_digest(digest);
  out.set_points(block.points);
  if (block.found) Write(*block.found, *out.mutable_found());
  out.set_found_digest(block.found_digest);
  out.set_is_exhausted(block.is_exhausted);
  out.set_is_exhaustive(block.is_exhaustive);
}

void Write(const RunMeasure& measure, v1::Measure& out) {
  out.set_preemptions(measure.preemptions);
  out.set_switches(measure.switches);
  out.set_faults(measure.faults);
  out.set_values(measure.values);
  out.set_points(measure.points);
}

absl::Status Bad(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("found a message with a bad ", what));
}

absl::StatusOr<BodyConfig> Read(const v1::Config& in) {
  BodyConfig config;
  config.seed = in.seed();
  config.strategy = in.strategy();
  const auto model = MemoryModelOf(in.memory_model());
  if (!model) return Bad("memory model");
  config.simulation.memory_model = *model;
  config.simulation.points_max = in.points_max();
  config.simulation.timer_races = in.timer_races();
  config.simulation.stack_bytes = in.stack_bytes();
  return config;
}

absl::StatusOr<std::vector<Decision>> Read(const v1::Decisions& in) {
  const int size = in.kind_size();
  if (in.task_size() != size || in.answer_size() != size) {
    return Bad("list of decisions");
  }
  std::vector<Decision> decisions;
  decisions.reserve(static_cast<size_t>(size));
  for (int i = 0; i < size; ++i) {
    if (in.kind(i) >= kChoiceKinds) return Bad("kind of decision");
    decisions.push_back({static_cast<ChoiceKind>(in.kind(i)),
                         TaskId{in.task(i)}, in.answer(i)});
  }
  return decisions;
}

absl::StatusOr<Finding> Read(const v1::Finding& in) {
  const auto kind = FindingKindOf(in.kind());
  if (!kind) return Bad("kind of finding");
  Finding finding = {*kind, in.title(), in.message(), std::nullopt,
                     in.details()};
  if (in.has_step()) finding.step = in.step();
  return finding;
}

absl::StatusOr<BodyRecording> Read(const v1::Recording& in) {
  BodyRecording recording;
  FOZZY_ASSIGN_OR_RETURN(recording.decisions, Read(in.decisions()));
  for (const v1::LogLine& line : in.log()) {
    recording.log.push_back(
        {line.decisions(), TaskId{line.task()}, line.time_ns(), line.text()});
  }
  if (in.has_finding()) {
    FOZZY_ASSIGN_OR_RETURN(recording.finding, Read(in.finding()));
  }
  recording.ops_digest = in.ops_digest();
  recording.points = in.points();
  recording.time_ns = in.time_ns();
  recording.is_crash = in.is_crash();
  return recording;
}

absl::StatusOr<BodyBlock> Read(const v1::Block& in) {
  BodyBlock block;
  block.first = in.first();
  block.digests.assign(in.digest().begin(), in.digest().end());
  block.points = in.points();
  if (in.has_found()) {
    FOZZY_ASSIGN_OR_RETURN(block.found, Read(in.found()));
  }
  block.found_digest = in.found_digest();
  block.is_exhausted = in.is_exhausted();
  block.is_exhaustive = in.is_exhaustive();
  return block;
}

RunMeasure Read(const v1::Measure& in) {
  RunMeasure measure;
  measure.preemptions = in.preemptions();
  measure.switches = in.switches();
  measure.faults = in.faults();
  measure.values = in.values();
  measure.points = in.points();
  return measure;
}

absl::StatusOr<ShrunkBody> Read(const v1::Shrunk& in) {
  ShrunkBody shrunk;
  FOZZY_ASSIGN_OR_RETURN(shrunk.recording, Read(in.recording()));
  shrunk.before = Read(in.before());
  shrunk.after = Read(in.after());
  shrunk.runs = in.runs();
  shrunk.is_fixpoint = in.is_fixpoint();
  return shrunk;
}

template <class Message>
absl::Status Parse(absl::string_view bytes, Message& message) {
  if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::OkStatus();
  }
  return absl::DataLossError(
      absl::StrCat("found ", bytes.size(), " bytes that are no message"));
}

}  // namespace

std::string EncodeRequest(const ControlRequest& request) {
  v1::Request out;
  out.set_verb(static_cast<v1::Request::Verb>(request.verb));
  out.set_test(request.test);
  Write(request.config, *out.mutable_config());
  out.set_first(request.range.first);
  out.set_count(request.range.count);
  Write(request.decisions, *out.mutable_decisions());
  if (request.finding) Write(*request.finding, *out.mutable_finding());
  out.set_time_ns(request.time_ns);
  out.set_keeps_schedule(request.keeps_schedule);
  out.set_keeps_faults(request.keeps_faults);
  out.set_keeps_input(request.keeps_input);
  if (request.guarded_from) out.set_guarded_from(*request.guarded_from);
  return out.SerializeAsString();
}

std::string EncodeAnswer(const ControlAnswer& answer) {
  v1::Answer out;
  out.set_error(answer.error);
  out.set_version(answer.version);
  out.set_program(answer.program);
  out.set_build_id(answer.build_id);
  for (const std::string& test : answer.tests) out.add_test(test);
  if (answer.block) Write(*answer.block, *out.mutable_block());
  for (const UnmetProperty& unmet : answer.unmet) {
    v1::Property& written = *out.mutable_block()->add_unmet();
    written.set_place(unmet.place);
    written.set_text(unmet.text);
    written.set_is_tried(unmet.is_tried);
  }
  if (answer.recording) Write(*answer.recording, *out.mutable_recording());
  out.set_text(answer.text);
  if (answer.shrunk) {
    v1::Shrunk& shrunk = *out.mutable_shrunk();
    Write(answer.shrunk->recording, *shrunk.mutable_recording());
    Write(answer.shrunk->before, *shrunk.mutable_before());
    Write(answer.shrunk->after, *shrunk.mutable_after());
    shrunk.set_runs(answer.shrunk->runs);
    shrunk.set_is_fixpoint(answer.shrunk->is_fixpoint);
  }
  return out.SerializeAsString();
}

absl::StatusOr<ControlRequest> DecodeRequest(absl::string_view bytes) {
  v1::Request in;
  FOZZY_RETURN_IF_ERROR(Parse(bytes, in));
  if (!v1::Request::Verb_IsValid(in.verb())) return Bad("verb");
  ControlRequest request;
  request.verb = static_cast<ControlVerb>(in.verb());
  request.test = in.test();
  FOZZY_ASSIGN_OR_RETURN(request.config, Read(in.config()));
  request.range = {in.first(), in.count()};
  FOZZY_ASSIGN_OR_RETURN(request.decisions, Read(in.decisions()));
  if (in.has_finding()) {
    FOZZY_ASSIGN_OR_RETURN(request.finding, Read(in.finding()));
  }
  request.time_ns = in.time_ns();
  request.keeps_schedule = in.keeps_schedule();
  request.keeps_faults = in.keeps_faults();
  request.keeps_input = in.keeps_input();
  if (in.has_guarded_from()) request.guarded_from = in.guarded_from();
  return request;
}

absl::StatusOr<ControlAnswer> DecodeAnswer(absl::string_view bytes) {
  v1::Answer in;
  FOZZY_RETURN_IF_ERROR(Parse(bytes, in));
  ControlAnswer answer;
  answer.error = in.error();
  answer.version = in.version();
  answer.program = in.program();
  answer.build_id = in.build_id();
  answer.tests.assign(in.test().begin(), in.test().end());
  if (in.has_block()) {
    FOZZY_ASSIGN_OR_RETURN(answer.block, Read(in.block()));
    for (const v1::Property& unmet : in.block().unmet()) {
      answer.unmet.push_back({unmet.place(), unmet.text(), unmet.is_tried()});
    }
  }
  if (in.has_recording()) {
    FOZZY_ASSIGN_OR_RETURN(answer.recording, Read(in.recording()));
  }
  answer.text = in.text();
  if (in.has_shrunk()) {
    FOZZY_ASSIGN_OR_RETURN(answer.shrunk, Read(in.shrunk()));
  }
  return answer;
}

}  // namespace fozzy
