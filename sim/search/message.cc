#include "sim/search/message.h"

#include <utility>

namespace fozzy {

void MessageWriter::Put(uint64_t number) {
  while (number >= 0x80) {
    out_.push_back(static_cast<char>(number | 0x80));
    number >>= 7;
  }
  out_.push_back(static_cast<char>(number));
}

void MessageWriter::Put(absl::string_view text) {
  Put(uint64_t{text.size()});
  out_.append(text.data(), text.size());
}

void MessageWriter::Put(const Finding& finding) {
  Put(uint64_t{static_cast<uint8_t>(finding.kind)});
  Put(absl::string_view(finding.title));
  Put(absl::string_view(finding.message));
  Put(absl::string_view(finding.details));
}

void MessageWriter::Put(const std::vector<uint64_t>& numbers) {
  Put(uint64_t{numbers.size()});
  for (const uint64_t number : numbers) Put(number);
}

void MessageWriter::Put(const std::vector<Decision>& decisions) {
  Put(uint64_t{decisions.size()});
  for (const Decision& decision : decisions) {
    Put(uint64_t{static_cast<uint8_t>(decision.kind)});
    Put(uint64_t{decision.task.value});
    Put(decision.answer);
  }
}

void MessageWriter::Put(const RunOutcome& outcome) {
  Put(outcome.finding ? uint64_t{1} : uint64_t{0});
  if (outcome.finding) Put(*outcome.finding);
  Put(outcome.digest.low());
  Put(outcome.digest.high());
  Put(outcome.points);
  Put(uint64_t{outcome.is_abandoned});
  Put(uint64_t{outcome.is_forced});
}

uint64_t MessageReader::Number() {
  uint64_t number = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (bytes_.empty()) break;
    const auto byte = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    number |= uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return number;
  }
  is_sound_ = false;
  bytes_ = {};
  return 0;
}

uint64_t MessageReader::Count(uint64_t bytes) {
  const uint64_t count = Number();
  if (count <= bytes_.size() / bytes) return count;
  is_sound_ = false;
  bytes_ = {};
  return 0;
}

std::string MessageReader::Text() {
  const uint64_t size = Count(1);
  std::string text(bytes_.substr(0, size));
  bytes_.remove_prefix(size);
  return text;
}

Finding MessageReader::TakeFinding() {
  Finding finding;
  const uint64_t kind = Number();
  if (kind >= kFindingKinds) {
    is_sound_ = false;
    return finding;
  }
  finding.kind = static_cast<FindingKind>(kind);
  finding.title = Text();
  finding.message = Text();
  finding.details = Text();
  return finding;
}

std::vector<uint64_t> MessageReader::Numbers() {
  std::vector<uint64_t> numbers(Count(1));
  for (uint64_t& number : numbers) number = Number();
  return numbers;
}

std::vector<Decision> MessageReader::Decisions() {
  std::vector<Decision> decisions(Count(3));
  for (Decision& decision : decisions) {
    const uint64_t kind = Number();
    if (kind >= kChoiceKinds) is_sound_ = false;
    decision.kind =
        kind < kChoiceKinds ? static_cast<ChoiceKind>(kind) : ChoiceKind::kTask;
    decision.task = TaskId{static_cast<uint32_t>(Number())};
    decision.answer = Number();
  }
  return decisions;
}

RunOutcome MessageReader::Outcome() {
  RunOutcome outcome;
  if (Number() != 0) outcome.finding = TakeFinding();
  const uint64_t low = Number();
  outcome.digest = Digest::FromLanes(low, Number());
  outcome.points = Number();
  outcome.is_abandoned = Number() != 0;
  outcome.is_forced = Number() != 0;
  return outcome;
}

}  // namespace fozzy
