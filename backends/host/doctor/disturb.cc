#include "backends/host/doctor/disturb.h"

#include <algorithm>
#include <iterator>

namespace fozzy {
namespace {

// One that needs the system's table of zones, one that does not, and so on;
// far apart, so that even the date differs.
constexpr const char* kTimeZones[] = {"Asia/Kolkata", "<+14>-14",
                                      "America/St_Johns", "<-11>11"};

// Locales that are missing are as good: programs must not care.
constexpr const char* kLocales[] = {"C.UTF-8", "en_US.UTF-8", "C",
                                    "tr_TR.UTF-8"};

constexpr uint32_t kUmasks[] = {077, 002, 027, 022};

template <typename Table>
auto Nth(const Table& table, uint32_t index) {
  return table[(index - 1) % std::size(table)];
}

void DisturbAddresses(uint32_t index, Disturbance& disturbance) {
  disturbance.has_fixed_addresses = index % 2 == 1;
}
void HoldAddresses(Disturbance& disturbance) {
  disturbance.has_fixed_addresses = true;
}

void DisturbFolder(uint32_t index, Disturbance& disturbance) {
  disturbance.index = index;
}
void HoldFolder(Disturbance& disturbance) { disturbance.index = 0; }

void DisturbSize(uint32_t index, Disturbance& disturbance) {
  disturbance.padding = 1 + index * 977 % 4096;
}
void HoldSize(Disturbance& disturbance) { disturbance.padding = 0; }

void DisturbFileOrder(uint32_t index, Disturbance& disturbance) {
  disturbance.file_order = index;
}
void HoldFileOrder(Disturbance& disturbance) { disturbance.file_order = 0; }

void DisturbHome(uint32_t, Disturbance& disturbance) {
  disturbance.has_own_home = true;
}
void HoldHome(Disturbance& disturbance) { disturbance.has_own_home = false; }

void DisturbLocale(uint32_t index, Disturbance& disturbance) {
  disturbance.locale = Nth(kLocales, index);
}
void HoldLocale(Disturbance& disturbance) { disturbance.locale.reset(); }

void DisturbMalloc(uint32_t index, Disturbance& disturbance) {
  disturbance.malloc_perturb = 1 + index * 85 % 255;
}
void HoldMalloc(Disturbance& disturbance) {
  disturbance.malloc_perturb.reset();
}

void DisturbProcessor(uint32_t index, Disturbance& disturbance) {
  disturbance.processor = index - 1;
}
void HoldProcessor(Disturbance& disturbance) { disturbance.processor.reset(); }

void DisturbTimeZone(uint32_t index, Disturbance& disturbance) {
  disturbance.time_zone = Nth(kTimeZones, index);
}
void HoldTimeZone(Disturbance& disturbance) { disturbance.time_zone.reset(); }

void DisturbUmask(uint32_t index, Disturbance& disturbance) {
  disturbance.umask = Nth(kUmasks, index);
}
void HoldUmask(Disturbance& disturbance) { disturbance.umask.reset(); }

constexpr DisturbanceSource kSources[] = {
    {"address_layout", "randomized or not", Pin::kAddressLayout,
     DisturbAddresses, HoldAddresses},
    {"environment_size", "a variable of varying length", Pin::kEnvironment,
     DisturbSize, HoldSize},
    {"file_order", "the order in which files were made", Pin::kDirectoryOrder,
     DisturbFileOrder, HoldFileOrder},
    {"folder", "where the run's folders lie", Pin::kEnvironment, DisturbFolder,
     HoldFolder},
    {"home", "HOME is the caller's, or an empty folder", Pin::kEnvironment,
     DisturbHome, HoldHome},
    {"locale", "LC_ALL and LANG", Pin::kEnvironment, DisturbLocale, HoldLocale},
    {"malloc", "what fresh memory holds (MALLOC_PERTURB_)", Pin::kEnvironment,
     DisturbMalloc, HoldMalloc},
    {"processor", "which processor runs it, or any", Pin::kEnvironment,
     DisturbProcessor, HoldProcessor},
    {"time_zone", "TZ", Pin::kEnvironment, DisturbTimeZone, HoldTimeZone},
    {"umask", "the mode of new files", Pin::kEnvironment, DisturbUmask,
     HoldUmask},
};

constexpr bool ByName(const DisturbanceSource& a, const DisturbanceSource& b) {
  return a.name < b.name;
}
static_assert(std::is_sorted(std::begin(kSources), std::end(kSources), ByName));

}  // namespace

absl::Span<const DisturbanceSource> DisturbanceSources() { return kSources; }

Disturbance DisturbanceOf(uint32_t index, const DisturbOptions& options) {
  Disturbance disturbance;
  disturbance.has_own_folder = options.folder;
  if (index == 0) return disturbance;
  disturbance.delay_ms = options.delay_ms;
  for (const DisturbanceSource& source : kSources) {
    source.disturb(index, disturbance);
  }
  return disturbance;
}

Disturbance Held(const Disturbance& disturbance, PinSet pins) {
  Disturbance held = disturbance;
  for (const DisturbanceSource& source : kSources) {
    if (pins.Contains(source.pin)) source.hold(held);
  }
  return held;
}

}  // namespace fozzy
