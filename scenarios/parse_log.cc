#include "scenarios/parse_log.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "scenarios/json_utf8.h"

namespace fozzy {
namespace {

constexpr size_t kExcerptBytesMax = 40;

bool IsInside(char c) { return (static_cast<uint8_t>(c) & 0xC0) == 0x80; }

bool IsControl(char c) { return static_cast<uint8_t>(c) < 0x20 || c == 0x7F; }

// Returns the start of `text` on one line: control characters are spaces, and
// of several spaces one is left.
std::string Excerpt(absl::string_view text) {
  std::string excerpt;
  for (const char c : text) {
    // Not cut in the middle of a character.
    if (excerpt.size() >= kExcerptBytesMax && !IsInside(c)) {
      return excerpt + "...";
    }
    const char shown = IsControl(c) ? ' ' : c;
    const bool is_repeated =
        shown == ' ' && !excerpt.empty() && excerpt.back() == ' ';
    if (!is_repeated) excerpt += shown;
  }
  return excerpt;
}

absl::string_view TypeName(JsonNode::Kind kind) {
  switch (kind) {
    case JsonNode::Kind::kNull:
      return "null";
    case JsonNode::Kind::kFalse:
    case JsonNode::Kind::kTrue:
      return "a boolean";
    case JsonNode::Kind::kNumber:
      return "a number";
    case JsonNode::Kind::kText:
      return "a string";
    case JsonNode::Kind::kArray:
      return "an array";
    case JsonNode::Kind::kObject:
      return "an object";
  }
  return "";
}

bool ByPosition(const Problem& a, const Problem& b) {
  if (a.severity != b.severity) return a.severity < b.severity;
  return a.offset < b.offset;
}

// Sets line and column of all `problems` in one walk over `source`.
void SetPositions(absl::string_view source, std::vector<Problem>& problems) {
  std::vector<Problem*> by_offset;
  for (Problem& problem : problems) by_offset.push_back(&problem);
  std::stable_sort(
      by_offset.begin(), by_offset.end(),
      [](const Problem* a, const Problem* b) { return a->offset < b->offset; });
  uint32_t line = 1;
  size_t line_start = 0;
  for (Problem* const problem : by_offset) {
    const size_t offset = std::min<size_t>(problem->offset, source.size());
    for (;;) {
      const size_t end = source.find('\n', line_start);
      if (end == absl::string_view::npos || end >= offset) break;
      ++line;
      line_start = end + 1;
    }
    problem->line = line;
    problem->column = static_cast<uint32_t>(offset - line_start + 1);
  }
}

}  // namespace

std::string DescribeValue(const JsonNode& node, absl::string_view source) {
  if (node.kind == JsonNode::Kind::kNull) return "null";
  return absl::StrCat(Excerpt(node.Raw(source)), ", ", TypeName(node.kind));
}

std::string QuoteForMessage(absl::string_view text) {
  return absl::StrCat("\"", Excerpt(text), "\"");
}

void ParseLog::Fail(Problem problem) {
  if (!failure_.has_value()) failure_ = std::move(problem);
}

void ParseLog::FailAbove(Problem problem) { failure_ = std::move(problem); }

void ParseLog::Add(Problem problem) {
  if (checks_.size() < kCheckProblemsMax) checks_.push_back(std::move(problem));
}

void ParseLog::Warn(Problem problem) {
  if (wants_warning()) {
    warnings_.push_back(std::move(problem));
  } else {
    ++warnings_left_out_;
  }
}

std::vector<Problem> ParseLog::Take(absl::string_view source) && {
  std::vector<Problem> problems;
  if (failure_.has_value()) {
    problems.push_back(*std::move(failure_));
  } else {
    problems = std::move(checks_);
  }
  if (warnings_left_out_ > 0) {
    Problem more = warnings_.back();
    more.found = absl::StrCat(warnings_left_out_, " unknown fields after it");
    more.step.clear();
    more.field.clear();
    warnings_.push_back(std::move(more));
  }
  std::move(warnings_.begin(), warnings_.end(), std::back_inserter(problems));
  std::stable_sort(problems.begin(), problems.end(), ByPosition);
  SetPositions(source, problems);
  return problems;
}

}  // namespace fozzy
