#include "scenarios/bodies/body_recording.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace fozzy {
namespace {

std::string Text(const Decision& decision) {
  const std::string_view kind = ChoiceKindName(decision.kind);
  return absl::StrCat(absl::string_view(kind.data(), kind.size()), " of task ",
                      decision.task.value, " = ", decision.answer);
}

std::string Text(const LogLine& line) {
  return absl::StrCat("\"", line.text, "\" of task ", line.task.value, " at ",
                      line.time_ns, " ns");
}

std::string Text(const std::optional<Finding>& finding) {
  return finding ? Signature(*finding) : "no finding";
}

// The first difference of two lists.
template <class T>
std::string FirstOf(absl::string_view what, const std::vector<T>& recorded,
                    const std::vector<T>& replayed) {
  size_t i = 0;
  while (i < recorded.size() && i < replayed.size() &&
         recorded[i] == replayed[i]) {
    ++i;
  }
  if (i == recorded.size() && i == replayed.size()) return "";
  return absl::StrCat(what, " ", i, ": recorded ",
                      i < recorded.size() ? Text(recorded[i]) : "the end",
                      ", replayed ",
                      i < replayed.size() ? Text(replayed[i]) : "the end");
}

}  // namespace

std::string DifferenceOf(const BodyRecording& recorded,
                         const BodyRecording& replayed) {
  std::string difference =
      FirstOf("decision", recorded.decisions, replayed.decisions);
  if (difference.empty()) {
    difference = FirstOf("log line", recorded.log, replayed.log);
  }
  if (!difference.empty()) return difference;
  if (Text(recorded.finding) != Text(replayed.finding)) {
    return absl::StrCat("the end: recorded ", Text(recorded.finding),
                        ", replayed ", Text(replayed.finding));
  }
  if (recorded.ops_digest != replayed.ops_digest) {
    return absl::StrCat("the ops: recorded digest ", recorded.ops_digest,
                        ", replayed ", replayed.ops_digest);
  }
  if (recorded.points != replayed.points) {
    return absl::StrCat("the end: recorded after ", recorded.points,
                        " schedule points, replayed after ", replayed.points);
  }
  if (recorded.time_ns != replayed.time_ns) {
    return absl::StrCat("the end: recorded at ", recorded.time_ns,
                        " ns, replayed at ", replayed.time_ns, " ns");
  }
  return "";
}

}  // namespace fozzy
