// What code under test says about itself, and asks of the run it is in.
//
//   FOZZY_ALWAYS(size <= capacity, "the buffer never overflows");
//   FOZZY_SOMETIMES(size == capacity, "the buffer gets full");
//   if (FOZZY_BUGGIFY()) return TryAgain();
//
// Texts are literals, and the same in all runs: findings are known by them.
// Outside of runs conditions are evaluated and nothing else happens.  None can
// be used in functions that are constexpr.
#ifndef FOZZY_PROPERTY_H_
#define FOZZY_PROPERTY_H_

#include <cstdint>
#include <string_view>

#include "fozzy/hooks.h"
#include "fozzy/site.h"

namespace fozzy {

enum class PropertyKind : uint8_t {
  kAlways = 0,
  kSometimes,
  kReachable,
  kUnreachable,
  kBuggify,
};

namespace hooks {

// One per place.
struct PropertyCell {
  PropertyKind kind;
  const char* text;
  Site site;
  Handle handle = {};
};

void CheckProperty(PropertyCell& cell, bool holds);
bool Buggify(PropertyCell& cell);

}  // namespace hooks

// Writes a line that is shown when the run is replayed, with task and time.
void Log(std::string_view text);

// Returns a number from 0 to count - 1, 0 outside of runs.
uint64_t Choose(uint64_t count);

// Returns any number, 0 outside of runs.
uint64_t Random64();

}  // namespace fozzy

// Is wrong unless `condition` holds whenever it is reached.
#define FOZZY_ALWAYS(condition, text)                                        \
  do {                                                                       \
    FOZZY_PROPERTY_CELL_(kAlways, text);                                     \
    ::fozzy::hooks::CheckProperty(fozzy_cell, static_cast<bool>(condition)); \
  } while (false)

// Is to hold at least once in all runs of a search.
#define FOZZY_SOMETIMES(condition, text)                                     \
  do {                                                                       \
    FOZZY_PROPERTY_CELL_(kSometimes, text);                                  \
    ::fozzy::hooks::CheckProperty(fozzy_cell, static_cast<bool>(condition)); \
  } while (false)

// Is to be reached at least once in all runs of a search.
#define FOZZY_REACHABLE(text)                        \
  do {                                               \
    FOZZY_PROPERTY_CELL_(kReachable, text);          \
    ::fozzy::hooks::CheckProperty(fozzy_cell, true); \
  } while (false)

// Is wrong if it is reached.
#define FOZZY_UNREACHABLE(text)                       \
  do {                                                \
    FOZZY_PROPERTY_CELL_(kUnreachable, text);         \
    ::fozzy::hooks::CheckProperty(fozzy_cell, false); \
  } while (false)

// Is true now and then, at a few of its places in each run: there code may do
// what is allowed and seldom happens.  Never true outside of runs.
#define FOZZY_BUGGIFY()                         \
  ([]() -> bool {                               \
    FOZZY_PROPERTY_CELL_(kBuggify, "buggify");  \
    return ::fozzy::hooks::Buggify(fozzy_cell); \
  }())

// Declares the cell of a place, and lists the place in a section of the program
// of its own, so that it is known even if it is never reached.  Assembly does
// what an attribute cannot: it works in templates and inline functions, too.
#define FOZZY_PROPERTY_CELL_(its_kind, its_text)                 \
  asm volatile(                                                  \
      ".pushsection fozzy_sites,\"a\",@progbits\n\t"             \
      ".balign 4\n\t"                                            \
      ".long %c0 - .\n\t"                                        \
      ".long %c1 - .\n\t"                                        \
      ".long %c2, %c3\n\t"                                       \
      ".popsection"                                              \
      :                                                          \
      : "i"(__FILE__), "i"(its_text), "i"(__LINE__),             \
        "i"(static_cast<int>(::fozzy::PropertyKind::its_kind))); \
  static constinit ::fozzy::hooks::PropertyCell fozzy_cell = {   \
      ::fozzy::PropertyKind::its_kind, its_text, {__FILE__, __LINE__}, {}}

#endif  // FOZZY_PROPERTY_H_
