// Any bytes are a trace or are refused, within bounded memory.
//
// Bytes made up at random hardly ever get past a checksum, so the same bytes
// are tried with their checksums put right, too.
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "sim/base/check.h"
#include "trace/format_record.h"
#include "trace/reader.h"
#include "trace/testing/craft.h"

namespace fozzy {
namespace {

// Runs of decisions make a few bytes many records.
constexpr uint64_t kRecordsMax = 20'000;

void ReadAll(absl::string_view bytes) {
  const auto reader = TraceReader::FromBytes(bytes);
  if (!reader.ok()) return;
  if (bytes.size() % 2 == 0 && !(*reader)->ReadScenario().ok()) return;
  TraceRecord record;
  for (uint64_t i = 0; i < kRecordsMax; ++i) {
    const auto is_there = (*reader)->Next(record);
    if (!is_there.ok() || !*is_there) break;
    FOZZY_CHECK(record.position.record == i);
    FOZZY_CHECK(!FormatRecord(record, "ms").empty());
  }
}

}  // namespace
}  // namespace fozzy

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  fozzy::ReadAll(bytes);
  fozzy::ReadAll(fozzy::RepairChecksums(std::string(bytes)));
  return 0;
}
