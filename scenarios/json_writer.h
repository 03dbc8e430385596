#ifndef FOZZY_SCENARIOS_JSON_WRITER_H_
#define FOZZY_SCENARIOS_JSON_WRITER_H_
#include <string>
#include <vector>
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
namespace fozzy {
class JsonWriter {
 public:
  enum Style { kCompact, kPretty };
  explicit JsonWriter(Style style) : style_(style) {}
  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Close('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Close(']'); }
  JsonWriter& Key(absl::string_view k) { Next(); Quote(k); text_ += style_ == kPretty ? ": " : ":"; after_key_ = true; return *this; }
  JsonWriter& Text(absl::string_view t) { Next(); Quote(t); return *this; }
  JsonWriter& Bool(bool b) { return Raw(b ? "true" : "false"); }
  JsonWriter& U64(uint64_t n) { return Raw(absl::StrCat(n)); }
  JsonWriter& I64(int64_t n) { return Raw(absl::StrCat(n)); }
  JsonWriter& Null() { return Raw("null"); }
  JsonWriter& Raw(absl::string_view t) { Next(); absl::StrAppend(&text_, t); return *this; }
  std::string Take() { return std::move(text_); }
 private:
  JsonWriter& Open(char c) { Next(); text_ += c; counts_.push_back(0); return *this; }
  JsonWriter& Close(char c) { const int n = counts_.back(); counts_.pop_back(); if (n > 0) Line(); text_ += c; return *this; }
  void Line() { if (style_ == kPretty) { text_ += '\n'; text_.append(2 * counts_.size(), ' '); } }
  void Next() { if (after_key_) { after_key_ = false; return; } if (counts_.empty()) return; if (counts_.back()++ > 0) text_ += ','; Line(); }
  void Quote(absl::string_view t) { text_ += '"'; for (char c : t) { if (c == '"' || c == '\\') { text_ += '\\'; text_ += c; } else if (c == '\n') text_ += "\\n"; else if (c == '\t') text_ += "\\t"; else if (static_cast<unsigned char>(c) < 32) { absl::StrAppend(&text_, "\\u00", absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad2)); } else text_ += c; } text_ += '"'; }
  Style style_; std::string text_; std::vector<int> counts_; bool after_key_ = false;
};
}  // namespace fozzy
#endif
