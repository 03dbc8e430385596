// Text that is put between tags.
#ifndef FOZZY_CLI_XML_TEXT_H_
#define FOZZY_CLI_XML_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// Returns `text`, any bytes, so that it may stand in XML 1.0 or HTML, in
// attributes, too.  Characters that XML cannot hold (most control characters)
// and bytes that are not UTF-8 become U+FFFD.
std::string EscapeXml(absl::string_view text);

}  // namespace fozzy

#endif  // FOZZY_CLI_XML_TEXT_H_
