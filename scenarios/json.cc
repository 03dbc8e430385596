// The reader is RapidJSON's; no other file includes it.  Facts of version 1.1
// that this file rests on, each with a test:
//  * It reads a stream of ours in place, see json_stream.h, without using its
//    own stack.  (Its copying streams are slower, need room after the end of
//    the source, and start with arithmetic on a null pointer.)
//  * A handler is called when the token has been read whole.
//  * It takes `\udc00` alone for good.
//  * Its recursion ends when a handler refuses an array or object.
#include "scenarios/json.h"

#include <rapidjson/reader.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "scenarios/json_number.h"
#include "scenarios/json_stream.h"
#include "scenarios/json_utf8.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

// Longer numbers, and those with exponents, may be out of range.
constexpr size_t kSafeNumberBytes = 300;

constexpr uint32_t kReadFlags =
    rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseInsituFlag;

bool IsSurrogateEscape(absl::string_view escape) {
  return escape.size() >= 6 && escape[1] == 'u' &&
         (escape[2] == 'd' || escape[2] == 'D');
}

bool IsHighSurrogate(absl::string_view escape) {
  return IsSurrogateEscape(escape) &&
         (escape[3] == '8' || escape[3] == '9' || escape[3] == 'a' ||
          escape[3] == 'A' || escape[3] == 'b' || escape[3] == 'B');
}

// Returns where in `raw`, a well-formed text with escapes, `\udc00` to `\udfff`
// stands without its first half; npos if nowhere.
size_t FindLoneSurrogate(absl::string_view raw) {
  size_t at = 0;
  while (at < raw.size()) {
    const absl::string_view rest = raw.substr(at);
    if (rest[0] != '\\') {
      ++at;
    } else if (IsHighSurrogate(rest)) {
      at += 12;
    } else if (IsSurrogateEscape(rest) && rest[3] > '7') {
      return at;
    } else {
      at += 2;
    }
  }
  return absl::string_view::npos;
}

// Builds nodes from what RapidJSON reads.  In the tape are, always, the open
// arrays and objects and what is complete in them, unless a listener took it.
class TapeBuilder {
 public:
  // Either of `tape` and `listener` gets what was read.
  TapeBuilder(absl::string_view source, ScenarioArena& arena,
              std::vector<JsonNode>& tape, JsonListener* listener)
      : source_(source),
        stream_(source),
        arena_(arena),
        tape_(tape),
        listener_(listener) {}

  JsonStream& stream() { return stream_; }
  // Why reading was stopped, if a function below returned false.
  const std::optional<JsonError>& error() const { return error_; }

  bool Null() { return Word(JsonNode::Kind::kNull, 4); }
  bool Bool(bool value) {
    return value ? Word(JsonNode::Kind::kTrue, 4)
                 : Word(JsonNode::Kind::kFalse, 5);
  }
  bool Int(int /*value*/) { return false; }
  bool Uint(unsigned /*value*/) { return false; }
  bool Int64(int64_t /*value*/) { return false; }
  bool Uint64(uint64_t /*value*/) { return false; }
  bool Double(double /*value*/) { return false; }
  bool RawNumber(const char* /*text*/, uint32_t size, bool /*copy*/);
  bool String(const char* /*text*/, uint32_t size, bool /*copy*/) {
    return Text(size) && Complete(tape_.size() - 1);
  }
  bool Key(const char* /*text*/, uint32_t size, bool /*copy*/);
  bool StartObject() { return Open(JsonNode::Kind::kObject); }
  bool StartArray() { return Open(JsonNode::Kind::kArray); }
  bool EndObject(uint32_t members) { return Close(members); }
  bool EndArray(uint32_t items) { return Close(items); }

 private:
  uint32_t Tell() const { return static_cast<uint32_t>(stream_.Tell()); }

  JsonNode& Add(JsonNode::Kind kind, uint32_t begin, uint32_t end);
  bool Word(JsonNode::Kind kind, uint32_t size);
  bool Text(uint32_t size);
  bool JoinText(JsonNode& node);
  bool Open(JsonNode::Kind kind);
  bool Close(uint32_t size);

  // The value at `start` of the tape is complete.
  bool Complete(size_t start) {
    if (listener_ != nullptr && depth_ <= 2) Deliver(start);
    return true;
  }
  void Deliver(size_t start);
  bool Refuse(uint32_t offset, std::string found, std::string expected);

  const absl::string_view source_;
  JsonStream stream_;
  ScenarioArena& arena_;
  std::vector<JsonNode>& tape_;
  JsonListener* const listener_;
  std::optional<JsonError> error_;
  uint32_t open_[kJsonDepthMax] = {};  // indexes of open arrays and objects
  size_t depth_ = 0;                   // how many of them
  bool is_split_ = false;  // whether the current member of the root is
};

JsonNode& TapeBuilder::Add(JsonNode::Kind kind, uint32_t begin, uint32_t end) {
  JsonNode& node = tape_.emplace_back();
  node.kind = kind;
  node.begin = begin;
  node.end = end;
  return node;
}

bool TapeBuilder::Word(JsonNode::Kind kind, uint32_t size) {
  Add(kind, Tell() - size, Tell());
  return Complete(tape_.size() - 1);
}

bool TapeBuilder::RawNumber(const char* /*text*/, uint32_t size,
                            bool /*copy*/) {
  const JsonNode& node = Add(JsonNode::Kind::kNumber, Tell() - size, Tell());
  const absl::string_view number = node.Raw(source_);
  const bool is_safe = number.size() < kSafeNumberBytes &&
                       number.find_first_of("eE") == absl::string_view::npos;
  if (!is_safe && !ReadJsonDouble(number).has_value()) {
    return Refuse(node.begin, std::string(number), "a number below 1.8e308");
  }
  return Complete(tape_.size() - 1);
}

bool TapeBuilder::Text(uint32_t size) {
  const absl::string_view plain = stream_.plain();
  const auto begin = static_cast<uint32_t>(plain.data() - source_.data() - 1);
  JsonNode& node = Add(JsonNode::Kind::kText, begin, Tell());
  node.size = size;
  node.text = plain.data();
  return stream_.is_plain() || JoinText(node);
}

bool TapeBuilder::JoinText(JsonNode& node) {
  const absl::string_view plain = stream_.plain();
  const absl::string_view rest = stream_.rest();
  char* const text = arena_.Allocate(node.size);
  std::copy(plain.begin(), plain.end(), text);
  std::copy(rest.begin(), rest.end(), text + plain.size());
  node.text = text;
  const absl::string_view raw = node.Raw(source_);
  const size_t lone = FindLoneSurrogate(raw);
  if (lone == absl::string_view::npos) return true;
  return Refuse(static_cast<uint32_t>(node.begin + lone),
                absl::StrCat(raw.substr(lone, 6), " alone"),
                "the first half of the pair before it");
}

bool TapeBuilder::Key(const char* /*text*/, uint32_t size, bool /*copy*/) {
  if (!Text(size)) return false;
  if (listener_ != nullptr && depth_ == 1) {
    is_split_ = listener_->IsSplit(tape_.back());
  }
  return true;
}

bool TapeBuilder::Open(JsonNode::Kind kind) {
  const uint32_t begin = Tell() - 1;
  if (depth_ == kJsonDepthMax) {
    return Refuse(
        begin, absl::StrCat("depth ", kJsonDepthMax + 1),
        absl::StrCat("arrays and objects at most ", kJsonDepthMax, " deep"));
  }
  open_[depth_++] = static_cast<uint32_t>(tape_.size());
  Add(kind, begin, begin + 1);
  return true;
}

bool TapeBuilder::Close(uint32_t size) {
  const size_t start = open_[--depth_];
  JsonNode& node = tape_[start];
  node.end = Tell();
  node.nodes = static_cast<uint32_t>(tape_.size() - start);
  node.size = size;
  return Complete(start);
}

void TapeBuilder::Deliver(size_t start) {
  const JsonTape value = JsonTape(tape_).subspan(start);
  if (depth_ == 0) return listener_->OnRoot(value);
  if (tape_[0].kind != JsonNode::Kind::kObject) return;
  if (depth_ == 1) {
    listener_->OnMember(tape_[1], value);
    tape_.resize(1);
  } else if (is_split_ && tape_[2].kind == JsonNode::Kind::kArray) {
    listener_->OnItem(value);
    tape_.resize(start);
  }
}

bool TapeBuilder::Refuse(uint32_t offset, std::string found,
                         std::string expected) {
  error_ = JsonError{offset, std::move(found), std::move(expected)};
  return false;
}

// Says what stands at `source[offset]`.
std::string Describe(absl::string_view source, size_t offset) {
  if (offset >= source.size()) return "the end of the file";
  if (offset == 0 && source.substr(0, 3) == "\xEF\xBB\xBF") {
    return "a byte-order mark";
  }
  const uint8_t byte = static_cast<uint8_t>(source[offset]);
  if (byte == '\n' || byte == '\r') return "the end of the line";
  if (byte == '\t') return "a tab";
  if (byte < 0x20 || byte == 0x7F) {
    return absl::StrCat("control character 0x",
                        absl::Hex(byte, absl::kZeroPad2));
  }
  const size_t size = Utf8SequenceSize(source, offset);
  if (size == 0) return absl::StrCat("byte 0x", absl::Hex(byte));
  return absl::StrCat("'", source.substr(offset, size), "'");
}

// Says what should have been there, by the error of the reader.
std::string Expectation(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty:
    case rapidjson::kParseErrorValueInvalid:
      return "a value: an object, array, string, number, true, false or null";
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return "nothing after the document";
    case rapidjson::kParseErrorObjectMissName:
      return "a field name in double quotes";
    case rapidjson::kParseErrorObjectMissColon:
      return "':' after the field name";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return "',' or '}' after a field";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return "',' or ']' after an item";
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
      return "four hexadecimal digits after \\u";
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return "a pair of surrogates such as \\ud83d\\ude00";
    case rapidjson::kParseErrorStringEscapeInvalid:
      return "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u";
    case rapidjson::kParseErrorStringMissQuotationMark:
      return "'\"' at the end of the string";
    case rapidjson::kParseErrorNumberTooBig:
      return "a number below 1.8e308";
    case rapidjson::kParseErrorNumberMissFraction:
      return "a digit after the decimal point";
    case rapidjson::kParseErrorNumberMissExponent:
      return "a digit in the exponent";
    default:
      return "JSON";
  }
}

JsonError SyntaxError(absl::string_view source,
                      const rapidjson::ParseResult& result) {
  const size_t offset = std::min(result.Offset(), source.size());
  JsonError error;
  error.offset = static_cast<uint32_t>(offset);
  error.found = Describe(source, offset);
  error.expected = Expectation(result.Code());
  if (offset == source.size() || source[offset] != '\\') {
    if (result.Code() == rapidjson::kParseErrorStringEscapeInvalid) {
      error.expected = "an escape such as \\n or \\t inside of a string";
    }
  } else {
    const bool is_unicode = source.substr(offset, 2) == "\\u";
    error.found = std::string(source.substr(offset, is_unicode ? 6 : 2));
  }
  return error;
}

// Returns the first byte that is not UTF-8, if there is one.
std::optional<JsonError> CheckUtf8(absl::string_view source) {
  const size_t valid = ValidUtf8Prefix(source);
  if (valid == source.size()) return std::nullopt;
  return JsonError{static_cast<uint32_t>(valid), Describe(source, valid),
                   "UTF-8"};
}

std::optional<JsonError> Read(absl::string_view source, ScenarioArena& arena,
                              std::vector<JsonNode>& tape,
                              JsonListener* listener) {
  FOZZY_CHECK(source.size() <= kJsonBytesMax);
  const std::optional<JsonError> encoding = CheckUtf8(source);
  tape.clear();
  TapeBuilder builder(source, arena, tape, listener);
  rapidjson::Reader reader;
  const rapidjson::ParseResult result =
      reader.Parse<kReadFlags>(builder.stream(), builder);
  std::optional<JsonError> error = builder.error();
  if (!error.has_value() && result.IsError()) {
    error = SyntaxError(source, result);
  } else if (!error.has_value() && builder.stream().Tell() != source.size()) {
    const size_t end = builder.stream().Tell();
    error = JsonError{static_cast<uint32_t>(end), Describe(source, end),
                      "nothing after the document"};
  }
  const bool is_encoding_first =
      encoding.has_value() &&
      (!error.has_value() || encoding->offset < error->offset);
  return is_encoding_first ? encoding : error;
}

}  // namespace

std::optional<JsonError> WalkJson(absl::string_view source,
                                  ScenarioArena& arena,
                                  JsonListener& listener) {
  std::vector<JsonNode> tape;
  return Read(source, arena, tape, &listener);
}

std::optional<JsonError> ReadJson(absl::string_view source,
                                  ScenarioArena& arena,
                                  std::vector<JsonNode>& tape) {
  return Read(source, arena, tape, nullptr);
}

}  // namespace fozzy
