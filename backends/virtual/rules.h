// Declared answers of processes and servers: the first rule that fits and is
// not used up answers.
#ifndef FOZZY_BACKENDS_VIRTUAL_RULES_H_
#define FOZZY_BACKENDS_VIRTUAL_RULES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "backends/interface/http.h"
#include "backends/interface/proc.h"
#include "sim/undo_log.h"

namespace fozzy {

// What a text is compared with; all that are given must hold.
struct TextMatcher {
  std::optional<std::string> equals;
  std::optional<std::string> contains;
  std::optional<std::string> regex;  // RE2, anywhere in the text
};

struct ProcRule {
  std::string cmd;
  std::vector<std::string> args;  // the whole list
  int32_t exit_code = 0;
  TextMatcher out;  // scripted: `equals`, or "", is what it prints
  TextMatcher err;
  std::optional<uint64_t> times;  // how often it answers; nothing: always

  bool Fits(const ProcRequest& request) const {
    return cmd == request.cmd && args == request.args;
  }
};

struct HttpRule {
  std::string method;  // compared byte for byte
  std::string path;    // the same, query and all
  uint16_t status = 200;
  HttpHeaders headers;
  std::string body;
  // Whether the rule says anything about the body: for a live response.
  bool has_body = false;
  bool is_json = false;  // then it may be laid out otherwise
  Millis delay = 0;
  std::optional<uint64_t> times;

  bool Fits(const HttpRequest& request) const {
    return method == request.method && path == request.url;
  }
};

// Rules in the order of their declaration.
template <typename Rule>
class Rules {
 public:
  // `undo` is not owned.
  explicit Rules(UndoLog& undo) : undo_(undo) {}

  void Add(Rule rule) {
    rules_.push_back(std::move(rule));
    if (undo_.is_open()) {
      undo_.Add([this] { rules_.pop_back(); });
    }
  }

  bool empty() const { return rules_.empty(); }

  // Uses up one time of the first rule for which `fits(rule)` holds, and
  // returns it, or null.  It is valid until the next Add.
  template <typename Predicate>
  const Rule* Take(Predicate fits) {
    for (size_t i = 0; i < rules_.size(); ++i) {
      Rule& rule = rules_[i];
      if (rule.times == uint64_t{0} || !fits(rule)) continue;
      if (rule.times) {
        --*rule.times;
        if (undo_.is_open()) {
          undo_.Add([this, i] { ++*rules_[i].times; });
        }
      }
      return &rule;
    }
    return nullptr;
  }

 private:
  UndoLog& undo_;
  std::vector<Rule> rules_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_VIRTUAL_RULES_H_
