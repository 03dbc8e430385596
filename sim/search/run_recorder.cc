#include "sim/search/run_recorder.h"

#include <algorithm>
#include <numeric>

namespace fozzy {

RunRecorder::RunRecorder(RecordedRun& run) : run_(run) { run_ = {}; }

void RunRecorder::OnTask(const TaskChoice& choice, uint32_t answer) {
  run_.decisions.push_back({ChoiceKind::kTask, choice.current, answer});
  const TaskId chosen = choice.runnable[answer];
  if (run_.schedule.empty() || run_.schedule.back().task != chosen) {
    run_.schedule.push_back({chosen, 0});
  }
  ++run_.schedule.back().points;
}

void RunRecorder::OnValue(const ValueChoice& choice, uint64_t answer) {
  run_.decisions.push_back({choice.kind, choice.key.task, answer});
  run_.answers.push_back({choice.key, answer});
  run_.lasts.push_back(choice.last);
}

void RunRecorder::Finish() {
  std::vector<size_t> order(run_.answers.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return run_.answers[a].key < run_.answers[b].key;
  });
  RecordedRun sorted;
  for (const size_t i : order) {
    sorted.answers.push_back(run_.answers[i]);
    sorted.lasts.push_back(run_.lasts[i]);
  }
  run_.answers = std::move(sorted.answers);
  run_.lasts = std::move(sorted.lasts);
}

}  // namespace fozzy
