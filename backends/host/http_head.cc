#include "backends/host/http_head.h"

#include <algorithm>
#include <cstddef>

namespace fozzy {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool IsTokenCharacter(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  const char lower = Lower(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
         kMarks.find(c) != kMarks.npos;
}

}  // namespace

void HttpHead::AddLine(std::string_view line) {
  if (line.starts_with("HTTP/")) {
    headers_.clear();
    is_complete_ = false;
    return;
  }
  if (is_complete_) return;
  const std::string_view text = Trim(line);
  if (text.empty()) {
    is_complete_ = true;
    return;
  }
  const bool is_folded = line.front() == ' ' || line.front() == '\t';
  if (is_folded && !headers_.empty()) {
    headers_.back().second += ' ';
    headers_.back().second += text;
    return;
  }
  const size_t colon = text.find(':');
  if (colon == text.npos) return;
  headers_.emplace_back(HttpLower(Trim(text.substr(0, colon))),
                        Trim(text.substr(colon + 1)));
}

bool IsHttpToken(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), IsTokenCharacter);
}

bool IsHttpFieldValue(std::string_view text) {
  constexpr std::string_view kEnds("\r\n\0", 3);
  return text.find_first_of(kEnds) == text.npos;
}

std::string HttpLower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

bool IsHttpUrl(std::string_view url) {
  const std::string scheme = HttpLower(url.substr(0, 8));
  if (!scheme.starts_with("http://") && scheme != "https://") return false;
  return std::all_of(url.begin(), url.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7f;
  });
}

std::string HttpOrigin(std::string_view url) {
  const size_t scheme_end = url.find("://");
  if (scheme_end == url.npos) return "";
  const size_t begin = scheme_end + 3;
  const std::string_view server =
      url.substr(begin, url.find_first_of("/?#", begin) - begin);
  // "user:word@host" names the same server as "host".
  const size_t at = server.rfind('@');
  const std::string_view host =
      at == server.npos ? server : server.substr(at + 1);
  return HttpLower(url.substr(0, begin)) + HttpLower(host);
}

}  // namespace fozzy
