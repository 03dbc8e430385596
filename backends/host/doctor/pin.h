// Sources of nondeterminism that can be held fixed for a process tree, so that
// the cause of a difference is found by taking it away.
#ifndef FOZZY_BACKENDS_HOST_DOCTOR_PIN_H_
#define FOZZY_BACKENDS_HOST_DOCTOR_PIN_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace fozzy {

enum class Pin : uint8_t {
  kClock = 0,
  kPid,
  kRandom,
  kDirectoryOrder,
  kEnvironment,
  kAddressLayout,
};

struct PinInfo {
  Pin pin;
  absl::string_view name;  // as reports and FOZZY_PIN spell it
  absl::string_view help;  // one line: what is held fixed, and how
  bool is_preloaded;       // by libfozzy_pin.so
};

// Returns all pins, in the order of the enum.
absl::Span<const PinInfo> AllPins();

// A set of pins.
class PinSet {
 public:
  constexpr PinSet() = default;
  constexpr explicit PinSet(Pin pin) : bits_(Bit(pin)) {}
  static PinSet All();

  constexpr bool Contains(Pin pin) const { return (bits_ & Bit(pin)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  uint32_t size() const;
  constexpr void Add(Pin pin) { bits_ |= Bit(pin); }
  constexpr void Remove(Pin pin) { bits_ &= ~Bit(pin); }

  friend constexpr bool operator==(PinSet a, PinSet b) {
    return a.bits_ == b.bits_;
  }

 private:
  static constexpr uint32_t Bit(Pin pin) {
    return uint32_t{1} << static_cast<uint32_t>(pin);
  }

  uint32_t bits_ = 0;
};

// Returns the names of `pins` in the order of the enum, with `separator`
// between them.
std::string PinNames(PinSet pins, absl::string_view separator);

// Returns those of `pins` that libfozzy_pin.so holds, as FOZZY_PIN spells them;
// empty if it is not needed.
std::string PreloadedPins(PinSet pins);

// Returns where libfozzy_pin.so lies: beside the running program, or in
// ../lib/fozzy from there.  Empty if it is in neither place.
std::string PinLibraryPath();

// Tells whether libfozzy_pin.so can be preloaded into `program`, a path.
//
// Errors: FAILED_PRECONDITION if it is built with a sanitizer, whose own
// interposed functions must come first; NOT_FOUND if it cannot be read.
absl::Status CheckPreloadable(const std::string& program);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_DOCTOR_PIN_H_
