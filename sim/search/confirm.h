// Whether a finding is what it seems to be.
#ifndef FOZZY_SIM_SEARCH_CONFIRM_H_
#define FOZZY_SIM_SEARCH_CONFIRM_H_

#include <string>

#include "fozzy/finding.h"
#include "sim/search/body_service.h"
#include "sim/search/search_block.h"

namespace fozzy {

struct Confirmation {
  Finding finding;       // what to report
  std::string schedule;  // of the run in a fresh process, as a table
  bool is_confirmed = false;
};

// Repeats a run that found something in fresh processes.
//
// If the same comes of it, that is the finding.  If not, the run is repeated
// several times in each of several fresh processes: where all of them agree the
// program is deterministic, and what runs leave behind changes later ones
// (state-leak, named by the variables that the run changed); where they do not
// it is not (nondeterminism, named by the place where runs part).
Confirmation Confirm(BodyService& service, const FoundRun& found);

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_CONFIRM_H_
