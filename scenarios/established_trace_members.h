// Finding what is wanted among the members of JSON objects.
#ifndef FOZZY_SCENARIOS_ESTABLISHED_TRACE_MEMBERS_H_
#define FOZZY_SCENARIOS_ESTABLISHED_TRACE_MEMBERS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "scenarios/json.h"
#include "scenarios/parse_log.h"

namespace fozzy {

// What a member of a trace has to be.
enum class MemberType : uint8_t {
  kText,
  kUint,  // of 64 bits
  kArray,
  kObject,
};

// A member that is looked for in an object, and what was found.
struct TraceMember {
  absl::string_view name;
  MemberType type = MemberType::kText;
  bool is_required = true;  // otherwise it may be missing or null

  std::optional<JsonNode> key;  // once it was seen
  bool is_set = false;          // seen, not null, and of its type
  // What it is, if set.
  absl::string_view text = {};  // of a kText
  uint64_t number = 0;          // of a kUint
  JsonNode value = {};          // the node alone
};

// Reads the objects of one trace; what is wrong goes to a log.
class MemberReader {
 public:
  // Both outlive it.
  MemberReader(absl::string_view source, ParseLog& log)
      : source_(source), log_(log) {}

  // Where we are, for messages: "summary.identity"; "" is the outermost object.
  void Enter(absl::string_view place) {
    place_ = place;
    index_.reset();
  }
  // The same for one item of an array: "decisions[3]".
  void EnterItem(absl::string_view array, uint64_t index) {
    place_ = array;
    index_ = index;
  }

  // Returns which of `members` has the name `key`, and notes that it was seen;
  // null if none has.  Errors: it was seen before.
  TraceMember* Find(const JsonNode& key, std::span<TraceMember> members);

  // Sets `member` to `value`.  Returns whether it is set; if it is not, it may
  // be null.  Errors: another type.
  bool Set(const JsonNode& value, TraceMember& member);

  // Errors: one of `members` is required and was not seen.
  void CheckMissing(const JsonNode& object, std::span<TraceMember> members);

  // Reads all of `object` into `members`; other members are not looked at.
  // Returns whether nothing was wrong with it.  Errors: it is no object, and
  // those above.
  bool ReadAll(const JsonNode& object, std::span<TraceMember> members);

  // Tells the log what is wrong at `node`.
  void Fail(const JsonNode& node, absl::string_view field, std::string found,
            absl::string_view expected);

 private:
  absl::string_view source_;
  ParseLog& log_;
  absl::string_view place_;
  std::optional<uint64_t> index_;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_ESTABLISHED_TRACE_MEMBERS_H_
