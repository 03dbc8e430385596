// JSON that fozzy wrote itself, to look things up in.
#ifndef FOZZY_CLI_JSON_DOCUMENT_H_
#define FOZZY_CLI_JSON_DOCUMENT_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "scenarios/json.h"

namespace fozzy {

// Owns a JSON text and its nodes, which stay valid when it is moved.
class JsonDocument {
 public:
  // Errors: DATA_LOSS if `text` is not JSON, with the place.
  static absl::StatusOr<JsonDocument> Parse(std::string text);

  JsonDocument(JsonDocument&&);
  JsonDocument& operator=(JsonDocument&&);
  ~JsonDocument();

  const JsonNode& root() const;

  // Returns the text of a node of this document as it was written.
  absl::string_view Raw(const JsonNode& node) const;

 private:
  struct Data;
  explicit JsonDocument(std::unique_ptr<const Data> data);
  std::unique_ptr<const Data> data_;
};

// Each looks up member `key` of `node`; nothing is found in what is no object.
// Null if there is none.
const JsonNode* MemberOf(const JsonNode& node, absl::string_view key);
// "" if there is none or it is no string.
std::string TextMember(const JsonNode& node, absl::string_view key);
// 0 if there is none or it is not from 0 to 2^64-1.
uint64_t UintMember(const JsonNode& node, const JsonDocument& document,
                    absl::string_view key);

}  // namespace fozzy

#endif  // FOZZY_CLI_JSON_DOCUMENT_H_
