#include "cli/shell_word.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace fozzy {
namespace {

bool IsPlain(char byte) {
  return absl::ascii_isalnum(static_cast<unsigned char>(byte)) ||
         absl::string_view("_-./:=,+@%").find(byte) != absl::string_view::npos;
}

}  // namespace

std::string ShellWord(absl::string_view text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), IsPlain)) {
    return std::string(text);
  }
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

std::string PathWord(absl::string_view path) {
  if (path.empty() || path[0] != '-') return ShellWord(path);
  return ShellWord(absl::StrCat("./", path));
}

}  // namespace fozzy
