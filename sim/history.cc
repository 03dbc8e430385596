#include "fozzy/history.h"

#include "sim/base/check.h"

namespace fozzy {

uint32_t CallLog::LogInvoke(uint32_t task) {
  FOZZY_CHECK(times_.size() < ~uint32_t{0});
  times_.push_back({.task = task, .invoked = moments_++});
  return static_cast<uint32_t>(times_.size() - 1);
}

void CallLog::LogReturn(uint32_t call) {
  FOZZY_CHECK(call < times_.size());
  FOZZY_CHECK(times_[call].returned == CallTimes::kNever);
  times_[call].returned = moments_++;
}

}  // namespace fozzy
