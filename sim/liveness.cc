#include "fozzy/liveness.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"

namespace fozzy {

Eventually::Eventually(std::string name, uint64_t within)
    : name_(std::move(name)), within_(within) {}

void Eventually::Heal(uint64_t now) {
  healed_ = now;
  held_.reset();
}

void Eventually::Observe(uint64_t now, bool holds) {
  if (!holds || !is_owed()) return;
  FOZZY_CHECK(*healed_ <= now);
  held_ = now;
}

std::optional<std::string> Eventually::Failure(uint64_t now) const {
  if (!healed_.has_value()) return std::nullopt;
  FOZZY_CHECK(*healed_ <= now);
  const uint64_t taken = held_.value_or(now) - *healed_;
  if (taken <= within_) return std::nullopt;
  return absl::StrCat(name_, held_.has_value() ? ": held " : ": has not held ",
                      taken, " after the heal, expected within ", within_);
}

}  // namespace fozzy
