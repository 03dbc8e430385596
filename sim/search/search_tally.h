// What is known of all runs of a search, whoever did them.
#ifndef FOZZY_SIM_SEARCH_SEARCH_TALLY_H_
#define FOZZY_SIM_SEARCH_SEARCH_TALLY_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sim/search/explore_digests.h"
#include "sim/search/search_block.h"

namespace fozzy {

// Adds blocks up by run index, so that the result is the same whatever order
// they come in: what comes after the first run that found something does not
// count.
class SearchTally {
 public:
  // Blocks may come in any order, and must not overlap.
  void Add(SearchBlock block);

  // The runs 0 to runs() - 1 are tallied.
  uint64_t runs() const { return runs_; }
  uint64_t abandoned() const { return abandoned_; }
  uint64_t points() const { return points_; }
  const ExploreDigests& digests() const { return digests_; }
  // By place in KnownProperties(); of those that were come by.
  const std::map<uint64_t, PropertyCount>& properties() const {
    return properties_;
  }
  const std::optional<FoundRun>& found() const { return found_; }

  // Blocks that wait for those before them.
  size_t waiting() const { return early_.size(); }

  // Whether no run after these is wanted, or possible.
  bool is_over() const { return is_over_; }
  // Whether there is no other run.
  bool is_exhaustive() const { return is_exhaustive_; }

  // A tally to go on with: blocks that wait for those before them are left out.
  // Errors: DATA_LOSS.
  std::string Save() const;
  static absl::StatusOr<SearchTally> Load(absl::string_view bytes);

 private:
  void AddNext(const SearchBlock& block);

  uint64_t runs_ = 0;
  uint64_t abandoned_ = 0;
  uint64_t points_ = 0;
  ExploreDigests digests_;
  std::map<uint64_t, PropertyCount> properties_;
  std::optional<FoundRun> found_;
  bool is_over_ = false;
  bool is_exhaustive_ = false;
  std::map<uint64_t, SearchBlock> early_;  // by first run
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SEARCH_TALLY_H_
