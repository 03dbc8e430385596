#include "sim/sync/property_log.h"

#include <algorithm>
#include <cstring>
#include <tuple>

namespace fozzy {
namespace {

// What FOZZY_PROPERTY_CELL_ writes: places of strings are relative to the
// fields that hold them.
struct Entry {
  int32_t file;
  int32_t text;
  uint32_t line;
  uint32_t kind;
};

const char* TextAt(const int32_t& field) {
  return reinterpret_cast<const char*>(&field) + field;
}

}  // namespace

// Made by the linker; null if no property is linked.
extern "C" {
extern const Entry __start_fozzy_sites[]
    __attribute__((weak, visibility("hidden")));
extern const Entry __stop_fozzy_sites[]
    __attribute__((weak, visibility("hidden")));
}

std::vector<Property> KnownProperties() {
  std::vector<Property> known;
  for (const Entry* entry = __start_fozzy_sites; entry != __stop_fozzy_sites;
       ++entry) {
    known.push_back({static_cast<PropertyKind>(entry->kind),
                     TextAt(entry->text),
                     {TextAt(entry->file), entry->line}});
  }
  // Code that was copied into several places listed itself there.
  const auto key = [](const Property& property) {
    return std::make_tuple(std::string_view(property.site.file),
                           property.site.line, property.kind,
                           std::string_view(property.text));
  };
  std::sort(
      known.begin(), known.end(),
      [&](const Property& a, const Property& b) { return key(a) < key(b); });
  known.erase(std::unique(known.begin(), known.end(),
                          [&](const Property& a, const Property& b) {
                            return key(a) == key(b);
                          }),
              known.end());
  return known;
}

PropertyLog::Count& PropertyLog::Find(hooks::PropertyCell& cell, uint32_t run,
                                      bool& is_new) {
  is_new = cell.handle.run != run;
  if (is_new) {
    cell.handle = {static_cast<uint32_t>(counts_.size()), run};
    counts_.push_back({.property = {cell.kind, cell.text, cell.site}});
  }
  return counts_[cell.handle.id];
}

}  // namespace fozzy
