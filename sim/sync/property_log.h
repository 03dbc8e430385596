// Which properties a run came by.
#ifndef FOZZY_SIM_SYNC_PROPERTY_LOG_H_
#define FOZZY_SIM_SYNC_PROPERTY_LOG_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "fozzy/property.h"
#include "fozzy/site.h"

namespace fozzy {

// A property as it is written in a program.
struct Property {
  PropertyKind kind = PropertyKind::kAlways;
  const char* text = nullptr;  // static
  Site site = {};
};

// Returns all properties of the program, reached or not, each once, sorted by
// place: what is in code that was never generated is not known, an unused
// template say, nor what is in shared libraries.
std::vector<Property> KnownProperties();

// Counts of one run, in the order they were reached first.
class PropertyLog {
 public:
  struct Count {
    Property property;
    uint64_t reached = 0;
    uint64_t held = 0;    // the condition was true; of kBuggify: it struck
    bool is_off = false;  // of kBuggify: in this run
  };

  void Reset() { counts_.clear(); }
  std::span<const Count> counts() const { return counts_; }

  // Returns the count of the property at `cell` in run `run`.
  Count& Find(hooks::PropertyCell& cell, uint32_t run, bool& is_new);

 private:
  std::vector<Count> counts_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SYNC_PROPERTY_LOG_H_
