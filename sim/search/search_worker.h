// Does the runs of a search.
#ifndef FOZZY_SIM_SEARCH_SEARCH_WORKER_H_
#define FOZZY_SIM_SEARCH_SEARCH_WORKER_H_

#include <functional>

#include "absl/functional/function_ref.h"
#include "sim/search/run_source.h"
#include "sim/search/search_block.h"
#include "sim/search/subject.h"

namespace fozzy {

// One of any number of workers: what a run does depends on its index alone,
// unless the strategy is sequential, so that it does not matter who runs it.
class SearchWorker {
 public:
  // Both outlive it.
  SearchWorker(Subject& subject, RunSource& source)
      : subject_(subject), source_(source) {}

  // Runs the range in order, up to and including the first run that finds
  // something.  `is_stopped` is asked before every run but the first whether to
  // leave the rest.  `after_run`, which may be empty, is called after each.
  SearchBlock Run(const SearchRange& range,
                  absl::FunctionRef<bool()> is_stopped,
                  const std::function<void()>& after_run);

 private:
  void RunOnce(SearchBlock& block, uint64_t index,
               const std::function<void()>& after_run);
  FoundRun Record(uint64_t index, const RunOutcome& outcome);

  Subject& subject_;
  RunSource& source_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SEARCH_WORKER_H_
