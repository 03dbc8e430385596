#include "sim/search/body_subject.h"

#include "sim/search/run_recorder.h"

namespace fozzy {

RunOutcome BodySubject::Run(Strategy& strategy, RecordedRun* recorded) {
  if (recorded == nullptr) return simulation_.Run(body_, strategy, nullptr);
  RunRecorder recorder(*recorded);
  RunOutcome outcome = simulation_.Run(body_, strategy, &recorder);
  recorder.Finish();
  return outcome;
}

}  // namespace fozzy
