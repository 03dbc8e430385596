#include "sim/search/program_symbols.h"

#include <cxxabi.h>
#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <span>

#include "absl/strings/string_view.h"

namespace fozzy {
namespace {

// A file, mapped to be read.
class MappedFile {
 public:
  explicit MappedFile(const char* path) {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    struct stat status = {};
    if (fstat(file, &status) == 0 && status.st_size > 0) {
      const auto size = static_cast<size_t>(status.st_size);
      void* start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
      if (start != MAP_FAILED) bytes_ = {static_cast<std::byte*>(start), size};
    }
    close(file);
  }
  ~MappedFile() {
    if (!bytes_.empty()) munmap(bytes_.data(), bytes_.size());
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  // Returns `count` values from `offset` on, or none if they are not all there.
  template <class T>
  std::vector<T> Read(uint64_t offset, uint64_t count) const {
    if (offset > bytes_.size()) return {};
    if (count > (bytes_.size() - offset) / sizeof(T)) return {};
    std::vector<T> values(count);
    if (count > 0) {
      std::memcpy(values.data(), bytes_.data() + offset, count * sizeof(T));
    }
    return values;
  }

 private:
  std::span<std::byte> bytes_;
};

std::string Demangled(const char* name) {
  int status = 0;
  char* demangled = abi::__cxa_demangle(name, nullptr, nullptr, &status);
  if (demangled == nullptr) return name;
  std::string text(demangled);
  std::free(demangled);
  return text;
}

void AppendSymbols(const MappedFile& file, const Elf64_Shdr& table,
                   const std::vector<char>& names,
                   std::vector<ProgramSymbol>& symbols) {
  const auto entries =
      file.Read<Elf64_Sym>(table.sh_offset, table.sh_size / sizeof(Elf64_Sym));
  for (const Elf64_Sym& entry : entries) {
    if (ELF64_ST_TYPE(entry.st_info) != STT_OBJECT) continue;
    if (entry.st_shndx == SHN_UNDEF || entry.st_size == 0) continue;
    if (entry.st_name >= names.size()) continue;
    symbols.push_back({entry.st_value, entry.st_size,
                       Demangled(names.data() + entry.st_name)});
  }
}

}  // namespace

std::vector<ProgramSymbol> ProgramSymbols() {
  const MappedFile file("/proc/self/exe");
  const auto headers = file.Read<Elf64_Ehdr>(0, 1);
  if (headers.empty()) return {};
  const auto sections =
      file.Read<Elf64_Shdr>(headers[0].e_shoff, headers[0].e_shnum);
  std::vector<ProgramSymbol> symbols;
  for (const Elf64_Shdr& section : sections) {
    if (section.sh_type != SHT_SYMTAB) continue;
    if (section.sh_link >= sections.size()) continue;
    const Elf64_Shdr& strings = sections[section.sh_link];
    std::vector<char> names =
        file.Read<char>(strings.sh_offset, strings.sh_size);
    names.push_back('\0');
    AppendSymbols(file, section, names, symbols);
  }
  std::sort(symbols.begin(), symbols.end(),
            [](const ProgramSymbol& a, const ProgramSymbol& b) {
              if (a.offset != b.offset) return a.offset < b.offset;
              return a.name < b.name;
            });
  return symbols;
}

}  // namespace fozzy
