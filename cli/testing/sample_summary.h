// A summary in which everything is set.
#ifndef FOZZY_CLI_TESTING_SAMPLE_SUMMARY_H_
#define FOZZY_CLI_TESTING_SAMPLE_SUMMARY_H_

#include "cli/summary.h"

namespace fozzy {

// A run that failed after 10 ms of real and 10 s of virtual time.
RunSummaryDoc SampleFailure();

// A test of three scenarios: a pass, a failure, one that cannot be read.
RunSummaryDoc SampleTest();

}  // namespace fozzy

#endif  // FOZZY_CLI_TESTING_SAMPLE_SUMMARY_H_
