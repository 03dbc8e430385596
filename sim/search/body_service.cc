#include "sim/search/body_service.h"

#include <utility>

#include "sim/core/list_strategy.h"
#include "sim/search/body_subject.h"
#include "sim/search/message.h"
#include "sim/search/program_globals.h"
#include "sim/search/property_sums.h"
#include "sim/search/schedule_table.h"
#include "sim/search/search_worker.h"

namespace fozzy {
namespace {

enum class Verb : uint64_t { kReplay = 0, kProbe, kRunBlock };

// Both listeners of a run that is repeated.
class BothListeners final : public BodyListener {
 public:
  BothListeners(BodyListener& a, BodyListener& b) : a_(a), b_(b) {}
  void OnTask(const TaskChoice& choice, uint32_t answer) override {
    a_.OnTask(choice, answer);
    b_.OnTask(choice, answer);
  }
  void OnValue(const ValueChoice& choice, uint64_t answer) override {
    a_.OnValue(choice, answer);
    b_.OnValue(choice, answer);
  }
  void OnOp(const Op& op, Site site) override {
    a_.OnOp(op, site);
    b_.OnOp(op, site);
  }
  void OnLog(TaskId task, uint64_t now, std::string_view text) override {
    a_.OnLog(task, now, text);
    b_.OnLog(task, now, text);
  }

 private:
  BodyListener& a_;
  BodyListener& b_;
};

void PutDifference(MessageWriter& writer,
                   const std::optional<RunDifference>& difference) {
  writer.Put(uint64_t{difference.has_value()});
  if (!difference) return;
  writer.Put(absl::string_view(difference->place));
  writer.Put(absl::string_view(difference->message));
}

std::optional<RunDifference> TakeDifference(MessageReader& reader) {
  if (reader.Number() == 0) return std::nullopt;
  RunDifference difference;
  difference.place = reader.Text();
  difference.message = reader.Text();
  return difference;
}

std::string AnswerText(const ReplayAnswer& answer) {
  std::string text;
  MessageWriter writer(text);
  writer.Put(uint64_t{answer.outcomes.size()});
  for (const RunOutcome& outcome : answer.outcomes) writer.Put(outcome);
  writer.Put(absl::string_view(answer.schedule));
  writer.Put(answer.hashes);
  PutDifference(writer, answer.from_other);
  PutDifference(writer, answer.from_first);
  writer.Put(uint64_t{answer.changed.size()});
  for (const std::string& name : answer.changed) {
    writer.Put(absl::string_view(name));
  }
  return text;
}

ReplayAnswer TakeAnswer(MessageReader& reader) {
  ReplayAnswer answer;
  for (uint64_t left = reader.Number(); left > 0 && reader.is_sound(); --left) {
    answer.outcomes.push_back(reader.Outcome());
  }
  answer.schedule = reader.Text();
  answer.hashes = reader.Numbers();
  answer.from_other = TakeDifference(reader);
  answer.from_first = TakeDifference(reader);
  for (uint64_t left = reader.Number(); left > 0 && reader.is_sound(); --left) {
    answer.changed.push_back(reader.Text());
  }
  return answer;
}

std::string ReplayHere(BodySubject& subject, MessageReader& reader) {
  const std::vector<Decision> decisions = reader.Decisions();
  const uint64_t times = reader.Number();
  const std::vector<uint64_t> hashes = reader.Numbers();
  ReplayAnswer answer;
  const ProgramGlobals globals;
  for (uint64_t i = 0; i < times; ++i) {
    ListStrategy list({.decisions = decisions});
    list.Begin(0);
    ScheduleTable table;
    RunTrail trail(subject.simulation(), nullptr);
    BothListeners both(table, trail);
    answer.outcomes.push_back(subject.RunWith(list, both));
    if (i > 0) {
      if (!answer.from_first) {
        answer.from_first = trail.DifferenceFrom(answer.hashes);
      }
      continue;
    }
    answer.schedule = table.Text(
        [&](TaskId task) { return subject.simulation().NameOf(task); });
    answer.hashes = trail.hashes();
    if (!hashes.empty()) answer.from_other = trail.DifferenceFrom(hashes);
    if (times > 1) answer.changed = globals.Changed();
  }
  return AnswerText(answer);
}

std::string ProbeHere(BodySubject& subject, uint64_t seed) {
  const ProbedShape shape = Probe(subject, seed);
  std::string text;
  MessageWriter(text).Put(SaveShape(shape));
  return text;
}

std::string RunBlockHere(BodySubject& body, const BodyService::Options& options,
                         MessageReader& reader) {
  SearchRange range;
  range.first = reader.Number();
  range.count = reader.Number();
  auto strategy = SearchStrategy::Make({.name = options.strategy,
                                        .seed = options.seed,
                                        .shape = LoadShape(reader.Numbers())});
  if (!strategy.ok()) return "";
  TwiceSubject twice(body);
  Subject& once = body;
  Subject& subject = options.run_twice ? twice : once;
  PropertySums sums;
  SearchWorker worker(subject, **strategy);
  SearchBlock block = worker.Run(
      range, [] { return false; },
      [&] { sums.Add(body.simulation().properties()); });
  block.properties = sums.Take();
  return block.Save();
}

}  // namespace

BodyService::BodyService(std::function<void()> body, const Options& options)
    : body_(std::move(body)),
      options_(options),
      process_([this](absl::string_view request) { return Handle(request); }) {}

std::string BodyService::Handle(absl::string_view request) const {
  MessageReader reader(request);
  const auto verb = static_cast<Verb>(reader.Number());
  BodySubject subject(body_, options_.simulation);
  switch (verb) {
    case Verb::kReplay:
      return ReplayHere(subject, reader);
    case Verb::kProbe:
      return ProbeHere(subject, options_.seed);
    case Verb::kRunBlock:
      return RunBlockHere(subject, options_, reader);
  }
  return "";
}

std::optional<ReplayAnswer> BodyService::Replay(const ReplayRequest& request) {
  std::string text;
  MessageWriter writer(text);
  writer.Put(static_cast<uint64_t>(Verb::kReplay));
  writer.Put(request.decisions);
  writer.Put(request.times);
  writer.Put(request.hashes);
  const std::optional<std::string> answer = process_.Call(text);
  if (!answer) return std::nullopt;
  MessageReader reader(*answer);
  return TakeAnswer(reader);
}

std::optional<ProbedShape> BodyService::Probe() {
  std::string text;
  MessageWriter(text).Put(static_cast<uint64_t>(Verb::kProbe));
  const std::optional<std::string> answer = process_.Call(text);
  if (!answer) return std::nullopt;
  return LoadShape(MessageReader(*answer).Numbers());
}

std::optional<SearchBlock> BodyService::RunBlock(const SearchRange& range,
                                                 const ProbedShape& shape) {
  std::string text;
  MessageWriter writer(text);
  writer.Put(static_cast<uint64_t>(Verb::kRunBlock));
  writer.Put(range.first);
  writer.Put(range.count);
  writer.Put(SaveShape(shape));
  const std::optional<std::string> answer = process_.Call(text);
  if (!answer) return std::nullopt;
  absl::StatusOr<SearchBlock> block = SearchBlock::Load(*answer);
  if (!block.ok()) return std::nullopt;
  return *std::move(block);
}

}  // namespace fozzy
