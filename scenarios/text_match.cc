#include "scenarios/text_match.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "re2/re2.h"
#include "scenarios/quote.h"

namespace fozzy {
namespace {

constexpr size_t kExcerptBytes = 200;

re2::StringPiece ToRe2(absl::string_view text) {
  return {text.data(), text.size()};
}

std::string Excerpt(absl::string_view text) {
  if (text.size() <= kExcerptBytes) return Quote(text);
  return absl::StrCat(Quote(text.substr(0, kExcerptBytes)), "... (",
                      text.size(), " bytes)");
}

std::optional<std::string> FieldOf(const Step& step, size_t field) {
  if (!step.has(field)) return std::nullopt;
  return std::string(step.text(field));
}

}  // namespace

TextMatcher MatcherOf(const Step& step, const MatchFields& fields) {
  return {FieldOf(step, fields.equals), FieldOf(step, fields.contains),
          FieldOf(step, fields.regex)};
}

void CheckPattern(const Step& step, const MatchFields& fields,
                  CheckReport& report) {
  if (!step.has(fields.regex)) return;
  const absl::string_view pattern = step.text(fields.regex);
  const re2::RE2 regex(ToRe2(pattern), re2::RE2::Quiet);
  if (regex.ok()) return;
  report.Error(step, fields.regex,
               absl::StrCat(Quote(pattern), " (", regex.error(), ")"),
               "a regular expression in RE2 syntax");
}

std::optional<std::string> Mismatch(const TextMatcher& matcher,
                                    absl::string_view text) {
  if (matcher.equals && text != *matcher.equals) {
    return absl::StrCat("expected ", Excerpt(*matcher.equals), ", got ",
                        Excerpt(text));
  }
  if (matcher.contains && !absl::StrContains(text, *matcher.contains)) {
    return absl::StrCat("expected it to contain ", Excerpt(*matcher.contains),
                        ", got ", Excerpt(text));
  }
  if (matcher.regex &&
      !re2::RE2::PartialMatch(ToRe2(text), re2::RE2(*matcher.regex))) {
    return absl::StrCat("expected it to match ", Excerpt(*matcher.regex),
                        ", got ", Excerpt(text));
  }
  return std::nullopt;
}

}  // namespace fozzy
