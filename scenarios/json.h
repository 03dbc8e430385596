// Reading JSON with exact numbers, source positions and duplicate keys kept.
#ifndef FOZZY_SCENARIOS_JSON_H_
#define FOZZY_SCENARIOS_JSON_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "scenarios/json_number.h"
#include "scenarios/scenario_arena.h"

namespace fozzy {

// Arrays and objects inside each other, at most.
inline constexpr size_t kJsonDepthMax = 128;

// Bytes of a JSON text, at most.
inline constexpr size_t kJsonBytesMax = size_t{1} << 30;

// One value of a JSON text, or one key of an object.
struct JsonNode {
  enum class Kind : uint8_t {
    kNull = 0,
    kFalse,
    kTrue,
    kNumber,
    kText,  // keys, too
    kArray,
    kObject,
  };

  // Returns the node after this one and all that is inside it.
  const JsonNode* next() const { return this + nodes; }
  // Returns the first node inside; requires that there is one.
  const JsonNode* inside() const { return this + 1; }
  // Returns a kText without its quotes and escapes.
  absl::string_view view() const { return {text, size}; }
  // Returns it as written in `source`, quotes, brackets and all.
  absl::string_view Raw(absl::string_view source) const {
    return source.substr(begin, end - begin);
  }

  const char* text = nullptr;  // kText: into the source, or into the arena
  uint32_t begin = 0;          // in the source, in bytes
  uint32_t end = 0;            // one past its last byte
  uint32_t nodes = 1;          // itself and all inside
  uint32_t size = 0;           // bytes of text, items, or members
  Kind kind = Kind::kNull;
};

// A value: its node, then what is inside, in the order of the text.  A member
// is its key and its value.
using JsonTape = std::span<const JsonNode>;

// Why a text is not JSON.
struct JsonError {
  uint32_t offset = 0;   // in the source, in bytes
  std::string found;     // `"}"`
  std::string expected;  // "a value"
};

// Hears of a JSON text piece by piece, so that nobody has to hold all of it.
// Tapes and keys are valid during the call; their texts live on.
class JsonListener {
 public:
  virtual ~JsonListener() = default;

  // Whether the items of member `key` of the outermost object, if it is an
  // array, are wanted one by one.
  virtual bool IsSplit(const JsonNode& key) = 0;

  // One item of a split member.
  virtual void OnItem(JsonTape item) = 0;

  // A member of the outermost object.  A split array comes without its items.
  virtual void OnMember(const JsonNode& key, JsonTape value) = 0;

  // The outermost value; an object comes without its members.
  virtual void OnRoot(JsonTape root) = 0;
};

// Reads `source` and tells `listener`.  What it heard before an error is
// returned was not all.  Texts with escapes are put into `arena`.
// Requires at most kJsonBytesMax bytes.
// Source: RFC 8259; numbers above the range of a double are errors.
std::optional<JsonError> WalkJson(absl::string_view source,
                                  ScenarioArena& arena, JsonListener& listener);

// Reads `source` into `tape`, which it clears before.
std::optional<JsonError> ReadJson(absl::string_view source,
                                  ScenarioArena& arena,
                                  std::vector<JsonNode>& tape);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_JSON_H_
