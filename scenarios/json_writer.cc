#include "scenarios/json_writer.h"

#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "scenarios/json_number.h"
#include "scenarios/json_text.h"
#include "sim/base/check.h"

namespace fozzy {

JsonWriter& JsonWriter::Key(absl::string_view key) {
  FOZZY_CHECK(!frames_.empty());
  Frame& frame = frames_.back();
  FOZZY_CHECK(frame.bracket == '{');
  FOZZY_CHECK(!frame.has_key);
  BeforeItem(frame);
  frame.has_key = true;
  AppendJsonText(key, output_);
  output_ += style_ == Style::kPretty ? ": " : ":";
  return *this;
}

JsonWriter& JsonWriter::String(absl::string_view text) {
  BeforeValue();
  AppendJsonText(text, output_);
  return *this;
}

JsonWriter& JsonWriter::Uint(uint64_t number) {
  BeforeValue();
  absl::StrAppend(&output_, number);
  return *this;
}

JsonWriter& JsonWriter::Int(int64_t number) {
  BeforeValue();
  absl::StrAppend(&output_, number);
  return *this;
}

JsonWriter& JsonWriter::Bool(bool value) {
  return Raw(value ? "true" : "false");
}

JsonWriter& JsonWriter::Null() { return Raw("null"); }

JsonWriter& JsonWriter::Double(double number) {
  if (!std::isfinite(number)) return Null();
  BeforeValue();
  AppendJsonDouble(number, output_);
  return *this;
}

JsonWriter& JsonWriter::Raw(absl::string_view json) {
  BeforeValue();
  absl::StrAppend(&output_, json);
  return *this;
}

std::string JsonWriter::Take() {
  FOZZY_CHECK(frames_.empty());
  FOZZY_CHECK(!output_.empty());
  return std::exchange(output_, {});
}

JsonWriter& JsonWriter::Begin(char bracket) {
  BeforeValue();
  output_ += bracket;
  frames_.push_back({bracket, true, false});
  return *this;
}

JsonWriter& JsonWriter::End(char begin, char end) {
  FOZZY_CHECK(!frames_.empty());
  const Frame frame = frames_.back();
  FOZZY_CHECK(frame.bracket == begin);
  FOZZY_CHECK(!frame.has_key);
  frames_.pop_back();
  if (!frame.is_empty) NewLine();
  output_ += end;
  return *this;
}

void JsonWriter::BeforeValue() {
  if (frames_.empty()) {
    FOZZY_CHECK(output_.empty());
    return;
  }
  Frame& frame = frames_.back();
  if (frame.bracket == '{') {
    FOZZY_CHECK(frame.has_key);
    frame.has_key = false;
  } else {
    BeforeItem(frame);
  }
}

void JsonWriter::BeforeItem(Frame& frame) {
  if (!frame.is_empty) output_ += ',';
  frame.is_empty = false;
  NewLine();
}

void JsonWriter::NewLine() {
  if (style_ == Style::kCompact) return;
  output_ += '\n';
  output_.append(2 * frames_.size(), ' ');
}

}  // namespace fozzy
