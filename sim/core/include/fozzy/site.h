// A place in a program.
#ifndef FOZZY_SITE_H_
#define FOZZY_SITE_H_

#include <cstdint>

namespace fozzy {

// Where something was asked for: as the default value of a last parameter, the
// place of the call.
//
//   void Lock(Site site = Site::Here());
struct Site {
  const char* file = nullptr;  // static; null: not known
  uint32_t line = 0;
  uint32_t tag = 0;  // of the name of the file

  static constexpr Site Here(const char* file = __builtin_FILE(),
                             uint32_t line = __builtin_LINE()) {
    return {file, line, TagOf(file)};
  }

  // A number for the place, the same in every build of the same sources and
  // whatever folder they are in: never an address.  Places of different files
  // may share one.
  constexpr uint32_t id() const { return line ^ tag; }

 private:
  // Compilers do this once and for all where the name is written.
  static constexpr uint32_t TagOf(const char* file) {
    const uint64_t length = __builtin_strlen(file);
    if (length < 4) return 0;
    return uint32_t{static_cast<unsigned char>(file[length - 4])} << 24;
  }
};

}  // namespace fozzy

#endif  // FOZZY_SITE_H_
