// What differs, on purpose, between runs that must agree.
#ifndef FOZZY_BACKENDS_HOST_DOCTOR_DISTURB_H_
#define FOZZY_BACKENDS_HOST_DOCTOR_DISTURB_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "backends/host/doctor/pin.h"

namespace fozzy {

// How one run's process differs from others.  What is absent is left as the
// caller has it; the default disturbs nothing.
struct Disturbance {
  uint32_t index = 0;                // names the run's folder
  bool has_fixed_addresses = false;  // else randomized
  uint32_t padding = 0;              // bytes added to the environment
  std::optional<std::string> time_zone = std::nullopt;  // TZ
  std::optional<std::string> locale = std::nullopt;     // LC_ALL and LANG
  bool has_own_home = false;  // HOME is an empty folder of its own
  std::optional<uint32_t> malloc_perturb = std::nullopt;  // MALLOC_PERTURB_
  std::optional<uint32_t> umask = std::nullopt;
  std::optional<uint32_t> processor =
      std::nullopt;             // n-th that the caller may use, cyclic
  bool has_own_folder = false;  // works in a fresh folder, not the caller's
  uint32_t file_order = 0;      // in which that folder was filled
  uint32_t delay_ms = 0;        // before it starts
};

struct DisturbOptions {
  // Runs work in fresh folders.  Only where relative paths do not matter, or
  // the folder is filled from a template.
  bool folder = false;
  // Delay of each run but the first, so that clocks of this grain differ.
  uint32_t delay_ms = 0;
};

// One thing that a disturbance changes.
struct DisturbanceSource {
  absl::string_view name;
  absl::string_view help;  // one line
  Pin pin;                 // that undoes it

  // Sets it in the disturbance of run `index`, which is not 0.
  void (*disturb)(uint32_t index, Disturbance& disturbance);

  // Makes it the same for all runs.
  void (*hold)(Disturbance& disturbance);
};

// Returns all sources, sorted by name.
absl::Span<const DisturbanceSource> DisturbanceSources();

// Returns how run `index` differs: a fixed function of its arguments.  Run 0
// is as the caller's own, and any two of runs 0, 1 and 2 differ in each source
// (address layout: 0 and 2 are both randomized).
Disturbance DisturbanceOf(uint32_t index, const DisturbOptions& options);

// Returns `disturbance` without what `pins` hold fixed.
Disturbance Held(const Disturbance& disturbance, PinSet pins);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_DOCTOR_DISTURB_H_
