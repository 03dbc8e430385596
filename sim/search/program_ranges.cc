#include "sim/search/program_ranges.h"

#include <link.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "sim/sanitizers.h"
#include "sim/search/program_symbols.h"

namespace fozzy {
namespace {

struct Layout {
  std::byte* program = nullptr;
  std::vector<ProgramRange> writable;
  std::vector<ProgramRange> holes;  // of the loader
};

// Returns where the addresses of functions of shared libraries are kept, which
// the loader fills in as they are called.
ProgramRange LazyAddresses(const dl_phdr_info& info,
                           const ElfW(Phdr) & dynamic) {
  const ElfW(Dyn)* entry = nullptr;
  const std::byte* program = nullptr;
  std::memcpy(&program, &info.dlpi_addr, sizeof(program));
  const std::byte* const place = program + dynamic.p_vaddr;
  std::memcpy(&entry, &place, sizeof(entry));
  ProgramRange addresses;
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
std::vector<ProgramRange> Without(const ProgramRange& range,
                                  const ProgramRange& hole) {
  std::vector<ProgramRange> left;
  const ProgramRange before = {range.begin, std::min(range.end, hole.begin)};
  const ProgramRange after = {std::max(range.begin, hole.end), range.end};
  if (hole.end <= range.begin || hole.begin >= range.end) return {range};
  if (before.begin < before.end) left.push_back(before);
  if (after.begin < after.end) left.push_back(after);
  return left;
}

std::vector<ProgramRange> WritableOf(const Layout& layout) {
  std::vector<ProgramRange> ranges = layout.writable;
  for (const ProgramRange& hole : layout.holes) {
    std::vector<ProgramRange> left;
    for (const ProgramRange& range : ranges) {
      for (const ProgramRange& part : Without(range, hole))
        left.push_back(part);
    }
    ranges = left;
  }
  return ranges;
}

// Whether it is a variable of a sanitizer, or one that the compiler has made
// for it.  It is linked into the program, and its own interest is not ours.
bool IsOfSanitizer(absl::string_view name) {
  static constexpr absl::string_view kParts[] = {"__asan",
                                                 "__sanitizer",
                                                 "__tsan",
                                                 "__ubsan",
                                                 "__lsan",
                                                 "interception",
                                                 "__odr_asan",
                                                 "__sancov",
                                                 "__unnamed_",
                                                 "InitializeCommonInterceptors",
                                                 "interceptor_metadata_map"};
  return std::any_of(
      std::begin(kParts), std::end(kParts),
      [&](absl::string_view part) { return absl::StrContains(name, part); });
}

// Returns where the named variables are that no sanitizer has brought along,
// in order.  One may be inside of another.
std::vector<ProgramRange> NamedRanges() {
  std::vector<ProgramRange> ranges;
  for (const ProgramSymbol& symbol : ProgramSymbols()) {
    if (IsOfSanitizer(symbol.name)) continue;
    ranges.push_back({symbol.offset, symbol.offset + symbol.bytes});
  }
  return ranges;
}

// Returns what is in both, each in order.
std::vector<ProgramRange> InBoth(const std::vector<ProgramRange>& writable,
                                 const std::vector<ProgramRange>& named) {
  std::vector<ProgramRange> both;
  uint64_t done = 0;
  auto place = writable.begin();
  for (const ProgramRange& variable : named) {
    while (place != writable.end() && place->end <= variable.begin) ++place;
    if (place == writable.end()) break;
    const uint64_t begin = std::max({variable.begin, place->begin, done});
    const uint64_t end = std::min(variable.end, place->end);
    if (begin >= end) continue;
    both.push_back({begin, end});
    done = end;
  }
  return both;
}

}  // namespace

ProgramRanges FindProgramRanges() {
  Layout layout;
  dl_iterate_phdr(ReadLayout, &layout);
  std::vector<ProgramRange> writable = WritableOf(layout);
  if (IsSanitized()) writable = InBoth(writable, NamedRanges());
  return {layout.program, std::move(writable)};
}

}  // namespace fozzy
