#include "sim/search/search_tally.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "sim/base/check.h"
#include "sim/base/status_macros.h"
#include "sim/search/message.h"

namespace fozzy {

void SearchTally::Add(SearchBlock block) {
  if (is_over_) return;
  FOZZY_CHECK(block.first >= runs_);
  early_.emplace(block.first, std::move(block));
  while (!is_over_ && !early_.empty() && early_.begin()->first == runs_) {
    AddNext(early_.begin()->second);
    early_.erase(early_.begin());
  }
  if (is_over_) early_.clear();
}

void SearchTally::AddNext(const SearchBlock& block) {
  runs_ += block.runs;
  abandoned_ += block.abandoned;
  points_ += block.points;
  for (const uint64_t digest : block.digests) digests_.Add(digest);
  for (const PropertyCount& count : block.properties) {
    PropertyCount& sum = properties_[count.place];
    sum.place = count.place;
    sum.reached += count.reached;
    sum.held += count.held;
  }
  found_ = block.found;
  is_exhaustive_ = block.is_exhaustive;
  is_over_ = block.found || block.is_exhausted;
}

std::string SearchTally::Save() const {
  SearchBlock whole;
  whole.runs = runs_;
  whole.abandoned = abandoned_;
  whole.points = points_;
  whole.digests = digests_.Sorted();
  for (const auto& [place, count] : properties_) {
    whole.properties.push_back(count);
  }
  whole.found = found_;
  whole.is_exhausted = is_over_ && !found_;
  whole.is_exhaustive = is_exhaustive_;
  return whole.Save();
}

absl::StatusOr<SearchTally> SearchTally::Load(absl::string_view bytes) {
  FOZZY_ASSIGN_OR_RETURN(const SearchBlock whole, SearchBlock::Load(bytes));
  if (whole.first != 0) return absl::DataLossError("a tally is damaged");
  SearchTally tally;
  tally.AddNext(whole);
  return tally;
}

}  // namespace fozzy
