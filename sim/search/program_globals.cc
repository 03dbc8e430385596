#include "sim/search/program_globals.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "sim/sanitizers.h"
#include "sim/search/program_ranges.h"
#include "sim/search/program_symbols.h"

namespace fozzy {
namespace {

// What the engine itself keeps from run to run, on purpose.
bool IsOurs(const std::string& name) {
  return absl::StrContains(name, "fozzy_cell") ||
         name == "fozzy::running_simulation";
}

// Copies bytes that sanitizers may hold to be untouchable: memcpy would have
// them look.
void CopyBytes(std::byte* target, const std::byte* source, size_t bytes) {
  asm volatile("rep movsb"
               : "+D"(target), "+S"(source), "+c"(bytes)
               :
               : "memory");
}

// Returns the name of what is at `offset`, with where it ends; without a name,
// what ends at once.
ProgramSymbol NameAt(const std::vector<ProgramSymbol>& symbols,
                     uint64_t offset) {
  const auto after = std::upper_bound(
      symbols.begin(), symbols.end(), offset,
      [](uint64_t at, const ProgramSymbol& s) { return at < s.offset; });
  if (after != symbols.begin()) {
    const ProgramSymbol& symbol = *(after - 1);
    if (offset < symbol.offset + symbol.bytes) return symbol;
  }
  return {offset, 1, absl::StrCat("program+0x", absl::Hex(offset))};
}

}  // namespace

ProgramGlobals::ProgramGlobals() {
  const ProgramRanges ranges = FindProgramRanges();
  program_ = ranges.program;
  for (const ProgramRange& range : ranges.variables) {
    const size_t bytes = range.end - range.begin;
    segments_.push_back(
        {program_ + range.begin, std::vector<std::byte>(bytes)});
    CopyBytes(segments_.back().bytes.data(), segments_.back().start, bytes);
  }
}

void ProgramGlobals::Restore() const {
  for (const Segment& segment : segments_) {
    // Most runs change nothing, and looking is cheaper than writing.
    if (!IsSanitized() && std::memcmp(segment.start, segment.bytes.data(),
                                      segment.bytes.size()) == 0) {
      continue;
    }
    CopyBytes(segment.start, segment.bytes.data(), segment.bytes.size());
  }
}

std::vector<std::string> ProgramGlobals::Changed() const {
  const std::vector<ProgramSymbol> symbols = ProgramSymbols();
  std::set<std::string> names;
  std::vector<std::byte> now;
  for (const Segment& segment : segments_) {
    const auto base = static_cast<uint64_t>(segment.start - program_);
    now.resize(segment.bytes.size());
    CopyBytes(now.data(), segment.start, now.size());
    for (uint64_t i = 0; i < now.size(); ++i) {
      if (now[i] == segment.bytes[i]) continue;
      const ProgramSymbol symbol = NameAt(symbols, base + i);
      if (!IsOurs(symbol.name)) names.insert(symbol.name);
      if (names.size() == kNamesMax) return {names.begin(), names.end()};
      // One difference tells as much as all.
      i = symbol.offset + symbol.bytes - base - 1;
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace fozzy
