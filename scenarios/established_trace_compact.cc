#include "scenarios/established_trace_compact.h"

#include <cstddef>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/strings/escaping.h"
#include "sim/base/blake3.h"

namespace fozzy {
namespace {

using Sink = absl::FunctionRef<void(absl::string_view)>;

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// Tells `sink` the pieces of `json` between which white space was.  `json` may
// start and end anywhere outside of strings.
void ForEachPiece(absl::string_view json, Sink sink) {
  size_t begin = 0;
  bool is_text = false;
  for (size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (c == '"') {
      is_text = !is_text;
    } else if (is_text) {
      if (c == '\\') ++at;
    } else if (IsSpace(c)) {
      if (at > begin) sink(json.substr(begin, at - begin));
      begin = at + 1;
    }
  }
  if (begin < json.size()) sink(json.substr(begin));
}

// Returns `cut` with the comma that has to go with it.
MemberSpan WithComma(absl::string_view json, MemberSpan cut) {
  size_t before = cut.begin;
  while (before > 0 && IsSpace(json[before - 1])) --before;
  if (before > 0 && json[before - 1] == ',') return {before - 1, cut.end};
  size_t after = cut.end;
  while (after < json.size() && IsSpace(json[after])) ++after;
  if (after < json.size() && json[after] == ',') return {cut.begin, after + 1};
  return cut;
}

}  // namespace

void AppendCompactJson(absl::string_view json, std::string& output) {
  ForEachPiece(json, [&output](absl::string_view piece) {
    output.append(piece.data(), piece.size());
  });
}

std::string EstablishedChecksum(absl::string_view json, MemberSpan cut) {
  if (cut.end > cut.begin) cut = WithComma(json, cut);
  Blake3 blake;
  const auto add = [&blake](absl::string_view piece) {
    blake.Add(std::string_view(piece.data(), piece.size()));
  };
  ForEachPiece(json.substr(0, cut.begin), add);
  ForEachPiece(json.substr(cut.end), add);
  const Blake3Hash hash = blake.Finish();
  std::string bytes;
  for (const uint8_t byte : hash.bytes) bytes += static_cast<char>(byte);
  return absl::BytesToHexString(bytes);
}

}  // namespace fozzy
