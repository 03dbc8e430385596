// Any bytes are a configuration, or are refused with a message that has a
// place.
#include <cstddef>
#include <cstdint>

#include "absl/strings/match.h"
#include "scenarios/config_file.h"
#include "sim/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto config = fozzy::ParseConfig(text, "fuzz.toml");
  if (!config.ok()) {
    FOZZY_CHECK(absl::IsInvalidArgument(config.status()));
    FOZZY_CHECK(absl::StartsWith(config.status().message(), "fuzz.toml:"));
  }
  return 0;
}
