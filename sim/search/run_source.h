// Where the runs of a search come from.
#ifndef FOZZY_SIM_SEARCH_RUN_SOURCE_H_
#define FOZZY_SIM_SEARCH_RUN_SOURCE_H_

#include "fozzy/strategy.h"

namespace fozzy {

// A strategy that has been set up, and what it says of the search.
class RunSource {
 public:
  RunSource() = default;
  RunSource(const RunSource&) = delete;
  RunSource& operator=(const RunSource&) = delete;
  virtual ~RunSource() = default;

  virtual Strategy& strategy() = 0;

  // Whether every run there can be has been done.
  virtual bool is_exhaustive() const = 0;

  // Whether the same answers brought other questions.
  virtual bool has_drifted() const = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_RUN_SOURCE_H_
