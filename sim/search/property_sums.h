// How often properties were come by in many runs.
#ifndef FOZZY_SIM_SEARCH_PROPERTY_SUMS_H_
#define FOZZY_SIM_SEARCH_PROPERTY_SUMS_H_

#include <vector>

#include "sim/search/search_block.h"
#include "sim/sync/property_log.h"

namespace fozzy {

class PropertySums {
 public:
  PropertySums();

  // All properties of the program.
  const std::vector<Property>& known() const { return known_; }

  // Adds the counts of a run.  Those of properties that are not known, from a
  // shared library, are not counted.
  void Add(const PropertyLog& log);

  // Returns the sums since the last time, without those that are 0.
  std::vector<PropertyCount> Take();

 private:
  std::vector<Property> known_;
  std::vector<PropertyCount> sums_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_PROPERTY_SUMS_H_
