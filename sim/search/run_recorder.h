// Writes down a run of C++ code so that it can be repeated.
#ifndef FOZZY_SIM_SEARCH_RUN_RECORDER_H_
#define FOZZY_SIM_SEARCH_RUN_RECORDER_H_

#include "sim/search/subject.h"
#include "sim/simulation.h"

namespace fozzy {

// Fills a RecordedRun with what it hears.
class RunRecorder final : public BodyListener {
 public:
  // `run` is not owned; it is emptied.
  explicit RunRecorder(RecordedRun& run);

  void OnTask(const TaskChoice& choice, uint32_t answer) override;
  void OnValue(const ValueChoice& choice, uint64_t answer) override;
  void OnOp(const Op&, Site) override {}
  void OnLog(TaskId, uint64_t, std::string_view) override {}

  // Puts the answers in order of their keys; after the run.
  void Finish();

 private:
  RecordedRun& run_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_RUN_RECORDER_H_
