// The strategy of a search, by the name that users write.
#ifndef FOZZY_SIM_SEARCH_SEARCH_STRATEGY_H_
#define FOZZY_SIM_SEARCH_SEARCH_STRATEGY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "fozzy/strategy.h"
#include "sim/core/arena.h"
#include "sim/core/dfs_strategy.h"
#include "sim/core/dpor_strategy.h"
#include "sim/core/run_shape.h"
#include "sim/search/run_source.h"
#include "sim/search/subject.h"

namespace fozzy {

// A RunShape that owns what it is made of.
struct ProbedShape {
  uint64_t questions = 0;
  std::vector<RunShape::TaskOps> tasks;
  std::vector<RunShape::SharedOps> shared;
};

// Looks at one run of `subject`.  The same in every worker.
ProbedShape Probe(Subject& subject, uint64_t seed);

// A shape as numbers.
std::vector<uint64_t> SaveShape(const ProbedShape& shape);
ProbedShape LoadShape(const std::vector<uint64_t>& numbers);

// "portfolio", "pct:3" and all others of MakeStrategy; besides "dfs", which
// runs every schedule that differs once, and "dfs:2", which runs every schedule
// of at most two preemptions.
class SearchStrategy final : public RunSource {
 public:
  struct Options {
    std::string name = "portfolio";
    uint64_t seed = 0;
    ProbedShape shape = {};  // see NeedsShape
  };

  // Errors: INVALID_ARGUMENT for a name that is not known.
  static absl::StatusOr<std::unique_ptr<SearchStrategy>> Make(Options options);

  // Whether the strategy of that name is better with a shape.
  static bool NeedsShape(absl::string_view name);

  Strategy& strategy() override { return *strategy_; }

  // Whether a run depends on those before it: then there is one worker, which
  // does all runs in order.
  bool is_sequential() const { return is_sequential_; }

  bool is_exhaustive() const override;
  bool has_drifted() const override;

  // Between two runs.  Load returns false if `bytes` are damaged or those of
  // another strategy.
  std::string Save() const;
  bool Load(absl::string_view bytes);

 private:
  explicit SearchStrategy(Options options);
  absl::Status MakeDfs(absl::string_view bound);
  absl::Status MakeByName();

  Options options_;
  Arena arena_;
  std::unique_ptr<DfsStrategy> dfs_;
  std::unique_ptr<DporStrategy> dpor_;
  class FeedbackStrategy* feedback_ = nullptr;
  Strategy* strategy_ = nullptr;
  bool is_sequential_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SEARCH_STRATEGY_H_
