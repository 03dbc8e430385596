#include "cli/printable.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace fozzy {
namespace {

// Whether a C1 control character, U+0080 to U+009F, begins at byte `i`.
bool IsC1(absl::string_view text, size_t i) {
  if (i + 1 >= text.size() || text[i] != '\xc2') return false;
  const unsigned char next = static_cast<unsigned char>(text[i + 1]);
  return next >= 0x80 && next <= 0x9f;
}

std::string Show(absl::string_view text, absl::string_view kept) {
  std::string shown;
  for (size_t i = 0; i < text.size(); ++i) {
    const unsigned char byte = static_cast<unsigned char>(text[i]);
    const bool is_control = byte < 0x20 || byte == 0x7f || IsC1(text, i);
    if (!is_control || kept.find(text[i]) != absl::string_view::npos) {
      shown.push_back(text[i]);
    } else if (text[i] == '\n') {
      shown += "\\n";
    } else if (text[i] == '\t') {
      shown += "\\t";
    } else {
      absl::StrAppend(&shown, "\\x", absl::Hex(byte, absl::kZeroPad2));
    }
  }
  return shown;
}

}  // namespace

std::string Printable(absl::string_view text) { return Show(text, "\n\t"); }

std::string PrintableLine(absl::string_view text) { return Show(text, ""); }

}  // namespace fozzy
