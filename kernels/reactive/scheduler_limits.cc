// What ends a run before its time.
#include <algorithm>

#include "kernels/reactive/scheduler.h"
#include "kernels/reactive/signal.h"

namespace fozzy::reactive {
namespace {

// Steps beyond the budget that are looked at: a ring is seen if it comes round
// twice in them.
constexpr size_t kTurns = 2048;

// Names of a livelock's finding.
constexpr size_t kRingMax = 64;

const char* NameOf(const Branch& branch) {
  for (const Frame* frame = branch.top; frame != nullptr;
       frame = frame->parent) {
    if (frame->name != nullptr) return frame->name;
  }
  return "";
}

}  // namespace

void Scheduler::Fail(FindingKind kind, Error error, const SignalBase* signal) {
  if (finding_) return;
  finding_.emplace();
  finding_->kind = kind;
  finding_->error = error;
  finding_->instant = instant_ - 1;
  finding_->process = {running_->id, NameOf(*running_)};
  if (signal != nullptr) finding_->signal = std::string(signal->name());
  if (kind == FindingKind::kLivelock) finding_->ring = Ring();
  running_->wait = Wait::kStopped;
}

bool Scheduler::SpendStep() {
  turns_.push_back({running_->id, NameOf(*running_)});
  if (turns_.size() < kTurns) {
    steps_limit_ = steps_;  // comes here again at the next step
    return true;
  }
  Fail(FindingKind::kLivelock, Error::kNone, nullptr);
  return false;
}

// The last turns are a repetition of the ring, if there is one; else all that
// had a turn are named.
std::vector<ProcessName> Scheduler::Ring() const {
  std::vector<uint32_t> ids;
  for (const Turn& turn : turns_) ids.push_back(turn.id);
  size_t period = 1;
  while (period <= ids.size() / 2 &&
         !std::equal(ids.begin() + static_cast<ptrdiff_t>(period), ids.end(),
                     ids.begin())) {
    ++period;
  }
  const size_t length = std::min(period, turns_.size());
  std::vector<ProcessName> ring;
  for (size_t i = turns_.size() - length; i < turns_.size(); ++i) {
    const ProcessName process = {turns_[i].id, turns_[i].name};
    if (std::find(ring.begin(), ring.end(), process) == ring.end() &&
        ring.size() < kRingMax) {
      ring.push_back(process);
    }
  }
  std::rotate(ring.begin(),
              std::min_element(ring.begin(), ring.end(),
                               [](const ProcessName& a, const ProcessName& b) {
                                 return a.id < b.id;
                               }),
              ring.end());
  return ring;
}

}  // namespace fozzy::reactive
