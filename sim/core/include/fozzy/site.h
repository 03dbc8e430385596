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

  static constexpr Site Here(const char* file = __builtin_FILE(),
                             uint32_t line = __builtin_LINE()) {
    return {file, line};
  }

  // A number for the place, the same in every build of the same sources and
  // whatever folder they are in: never an address.  Places of different files
  // may share one.  It costs nothing where the name is known.
  constexpr uint32_t id() const {
    if (file == nullptr) return 0;
    const uint64_t length = __builtin_strlen(file);
    if (length < 4) return line;
    return line ^ uint32_t { static_cast<unsigned char>(file[length - 4]) }
                      << 24;
  }
};

}  // namespace fozzy

#endif  // FOZZY_SITE_H_
