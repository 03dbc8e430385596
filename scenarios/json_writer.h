// Writing JSON for reports.
#ifndef FOZZY_SCENARIOS_JSON_WRITER_H_
#define FOZZY_SCENARIOS_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace fozzy {

// Writes one JSON value from calls in the order of the text:
//
//   JsonWriter json(JsonWriter::Style::kCompact);
//   json.BeginObject();
//   json.Key("seed").Uint(7);
//   json.Key("tags").BeginArray().String("a").EndArray();
//   json.EndObject();
//   return json.Take();  // {"seed":7,"tags":["a"]}
//
// Calls that would not make JSON (a value without a key in an object, an end
// without a begin) abort.  Keys are written as given, also twice.
class JsonWriter {
 public:
  enum class Style : uint8_t {
    kCompact = 0,
    kPretty,  // two spaces, `"key": value`, `{}` and `[]` if empty
  };

  explicit JsonWriter(Style style) : style_(style) {}

  JsonWriter& BeginObject() { return Begin('{'); }
  JsonWriter& EndObject() { return End('{', '}'); }
  JsonWriter& BeginArray() { return Begin('['); }
  JsonWriter& EndArray() { return End('[', ']'); }

  JsonWriter& Key(absl::string_view key);

  // Bytes that are not UTF-8 become U+FFFD.
  JsonWriter& String(absl::string_view text);
  JsonWriter& Uint(uint64_t number);
  JsonWriter& Int(int64_t number);
  JsonWriter& Bool(bool value);
  JsonWriter& Null();
  // The shortest that reads the same, `50.0`; null if it is not finite.
  JsonWriter& Double(double number);
  // A value that is JSON already; it is not laid out anew.
  JsonWriter& Raw(absl::string_view json);

  // Returns the text.  Requires that it is complete.
  std::string Take();

 private:
  // An open array or object.
  struct Frame {
    char bracket = '[';
    bool is_empty = true;
    bool has_key = false;  // its value comes next
  };

  JsonWriter& Begin(char bracket);
  JsonWriter& End(char begin, char end);
  // Writes what comes before a value or key.
  void BeforeValue();
  void BeforeItem(Frame& frame);
  void NewLine();

  const Style style_;
  std::string output_;
  std::vector<Frame> frames_;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_JSON_WRITER_H_
