// What was to happen in some run of a search, and did in none.
#ifndef FOZZY_SCENARIOS_BODIES_UNMET_PROPERTIES_H_
#define FOZZY_SCENARIOS_BODIES_UNMET_PROPERTIES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "fozzy/finding.h"

namespace fozzy {

// A FOZZY_SOMETIMES or FOZZY_REACHABLE that no run held.
struct UnmetProperty {
  std::string place;  // "queue.cc:12"
  std::string text;
  bool is_tried = false;  // runs came by, and the condition was false

  friend bool operator==(const UnmetProperty&, const UnmetProperty&) = default;
};

// `queue.cc:12 "text"`.
std::string TextOf(const UnmetProperty& property);

// The finding that it is where all are to be met.
Finding NeverReached(const UnmetProperty& property, uint64_t runs);

// Of all runs, those of one search after another.
class UnmetProperties {
 public:
  // Adds what other runs of the program left unmet.
  void Add(const std::vector<UnmetProperty>& unmet);

  // Returns what is to be reported.  Where only some tests of the program were
  // run, what these never came by is none of their business.
  std::vector<UnmetProperty> Owed(bool are_all_tests) const;

 private:
  std::vector<UnmetProperty> unmet_;
  bool has_any_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_UNMET_PROPERTIES_H_
