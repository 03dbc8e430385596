#include "sim/search/program_globals.h"

#include <link.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "sim/search/program_symbols.h"

namespace fozzy {
namespace {

struct Range {
  uint64_t begin = 0;
  uint64_t end = 0;
};

// Offsets from where the program is loaded.
struct Layout {
  std::byte* program = nullptr;
  std::vector<Range> writable;
  std::vector<Range> holes;  // of the loader
};

// Returns where the addresses of functions of shared libraries are kept, which
// the loader fills in as they are called.
Range LazyAddresses(const dl_phdr_info& info, const ElfW(Phdr) & dynamic) {
  const ElfW(Dyn)* entry = nullptr;
  const std::byte* program = nullptr;
  std::memcpy(&program, &info.dlpi_addr, sizeof(program));
  const std::byte* const place = program + dynamic.p_vaddr;
  std::memcpy(&entry, &place, sizeof(entry));
  Range addresses;
  uint64_t relocations = 0;
  for (; entry->d_tag != DT_NULL; ++entry) {
    if (entry->d_tag == DT_PLTGOT) addresses.begin = entry->d_un.d_ptr;
    if (entry->d_tag == DT_PLTRELSZ) relocations = entry->d_un.d_val;
  }
  // The loader has turned it into an address.
  if (addresses.begin >= info.dlpi_addr) addresses.begin -= info.dlpi_addr;
  constexpr uint64_t kReserved = 3;
  addresses.end =
      addresses.begin +
      sizeof(ElfW(Addr)) * (kReserved + relocations / sizeof(ElfW(Rela)));
  return addresses;
}

// Hears of the program itself first, and of nothing else.
int ReadLayout(dl_phdr_info* info, size_t, void* out) {
  auto& layout = *static_cast<Layout*>(out);
  // The address is null for a program that cannot be moved.
  std::memcpy(&layout.program, &info->dlpi_addr, sizeof(layout.program));
  const auto page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& header = info->dlpi_phdr[i];
    const uint64_t begin = header.p_vaddr;
    const uint64_t end = begin + header.p_memsz;
    if (header.p_type == PT_LOAD && (header.p_flags & PF_W) != 0) {
      layout.writable.push_back({begin, end});
    }
    if (header.p_type == PT_DYNAMIC) {
      layout.holes.push_back(LazyAddresses(*info, header));
    }
    // Whole pages only are made read-only.
    if (header.p_type == PT_GNU_RELRO) {
      layout.holes.push_back({begin / page * page, end / page * page});
    }
  }
  return 1;
}

// Returns what is left of `range` without `hole`.
std::vector<Range> Without(const Range& range, const Range& hole) {
  std::vector<Range> left;
  const Range before = {range.begin, std::min(range.end, hole.begin)};
  const Range after = {std::max(range.begin, hole.end), range.end};
  if (hole.end <= range.begin || hole.begin >= range.end) return {range};
  if (before.begin < before.end) left.push_back(before);
  if (after.begin < after.end) left.push_back(after);
  return left;
}

std::vector<Range> WritableOf(const Layout& layout) {
  std::vector<Range> ranges = layout.writable;
  for (const Range& hole : layout.holes) {
    std::vector<Range> left;
    for (const Range& range : ranges) {
      for (const Range& part : Without(range, hole)) left.push_back(part);
    }
    ranges = left;
  }
  return ranges;
}

// What the engine itself keeps from run to run, on purpose.
bool IsOurs(const std::string& name) {
  return absl::StrContains(name, "fozzy_cell") ||
         name == "fozzy::running_simulation";
}

}  // namespace

ProgramGlobals::ProgramGlobals() {
  Layout layout;
  dl_iterate_phdr(ReadLayout, &layout);
  program_ = layout.program;
  for (const Range& range : WritableOf(layout)) {
    AddSegment(program_ + range.begin, range.end - range.begin);
  }
}

void ProgramGlobals::AddSegment(std::byte* start, size_t bytes) {
  Segment segment;
  segment.start = start;
  segment.bytes.assign(start, start + bytes);
  segments_.push_back(std::move(segment));
}

void ProgramGlobals::Restore() const {
  for (const Segment& segment : segments_) {
    // Most runs change nothing, and looking is cheaper than writing.
    if (std::memcmp(segment.start, segment.bytes.data(),
                    segment.bytes.size()) == 0) {
      continue;
    }
    std::memcpy(segment.start, segment.bytes.data(), segment.bytes.size());
  }
}

std::vector<std::string> ProgramGlobals::Changed() const {
  const std::vector<ProgramSymbol> symbols = ProgramSymbols();
  std::set<std::string> names;
  for (const Segment& segment : segments_) {
    const auto base = static_cast<uint64_t>(segment.start - program_);
    for (uint64_t i = 0; i < segment.bytes.size(); ++i) {
      if (segment.start[i] == segment.bytes[i]) continue;
      auto symbol = std::upper_bound(
          symbols.begin(), symbols.end(), base + i,
          [](uint64_t at, const ProgramSymbol& s) { return at < s.offset; });
      const bool is_named =
          symbol != symbols.begin() &&
          base + i < (symbol - 1)->offset + (symbol - 1)->bytes;
      const std::string name =
          is_named ? (symbol - 1)->name
                   : absl::StrCat("program+0x", absl::Hex(base + i));
      if (!IsOurs(name)) names.insert(name);
      // One difference tells as much as all.
      if (is_named) i = (symbol - 1)->offset + (symbol - 1)->bytes - base - 1;
      if (names.size() == kNamesMax) break;
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace fozzy
