#include "cli/explore_state.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/json_document.h"
#include "scenarios/json_writer.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr char kSchema[] = "fozzy.explore_state.v1";
constexpr size_t kDigestDigits = 16;

std::string WriteDigests(const std::vector<uint64_t>& digests) {
  std::string text;
  text.reserve(digests.size() * kDigestDigits);
  for (const uint64_t digest : digests) {
    absl::StrAppend(&text, absl::Hex(digest, absl::kZeroPad16));
  }
  return text;
}

int DigitOf(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  return -1;
}

bool ReadDigests(absl::string_view text, std::vector<uint64_t>& digests) {
  if (text.size() % kDigestDigits != 0) return false;
  digests.reserve(text.size() / kDigestDigits);
  for (size_t i = 0; i < text.size(); i += kDigestDigits) {
    uint64_t digest = 0;
    for (const char letter : text.substr(i, kDigestDigits)) {
      const int digit = DigitOf(letter);
      if (digit < 0) return false;
      digest = digest << 4 | static_cast<uint64_t>(digit);
    }
    digests.push_back(digest);
  }
  return true;
}

bool ReadSettings(const JsonNode& root, Settings& settings) {
  const JsonNode* list = MemberOf(root, "settings");
  if (list == nullptr || list->kind != JsonNode::Kind::kObject) return false;
  const JsonNode* key = list->inside();
  for (uint32_t i = 0; i < list->size; ++i, key = key->next()->next()) {
    if (key->next()->kind != JsonNode::Kind::kText) return false;
    settings.emplace_back(std::string(key->view()),
                          std::string(key->next()->view()));
  }
  return true;
}

}  // namespace

std::string WriteExploreState(const ExploreState& state) {
  JsonWriter json(JsonWriter::Style::kCompact);
  json.BeginObject();
  json.Key("schemaVersion").String(kSchema);
  json.Key("scenario").String(state.scenario);
  json.Key("seed").Uint(state.seed);
  json.Key("settings").BeginObject();
  for (const auto& [name, value] : state.settings) {
    json.Key(name).String(value);
  }
  json.EndObject();
  json.Key("runs").Uint(state.runs);
  json.Key("deliveries").Uint(state.deliveries);
  json.Key("digests").String(WriteDigests(state.digests));
  json.EndObject();
  return json.Take();
}

absl::StatusOr<ExploreState> ReadExploreState(std::string text) {
  FOZZY_ASSIGN_OR_RETURN(const JsonDocument document,
                         JsonDocument::Parse(std::move(text)));
  const JsonNode& root = document.root();
  ExploreState state;
  state.scenario = TextMember(root, "scenario");
  state.seed = UintMember(root, document, "seed");
  state.runs = UintMember(root, document, "runs");
  state.deliveries = UintMember(root, document, "deliveries");
  const JsonNode* digests = MemberOf(root, "digests");
  const bool is_state = TextMember(root, "schemaVersion") == kSchema &&
                        ReadSettings(root, state.settings) &&
                        digests != nullptr &&
                        digests->kind == JsonNode::Kind::kText &&
                        ReadDigests(digests->view(), state.digests) &&
                        state.digests.size() <= state.runs;
  if (is_state) return state;
  return absl::DataLossError(absl::StrCat(
      "found no state of an exploration, expected one of ", kSchema));
}

}  // namespace fozzy
