#include "absl/status/status.h"
#include "cli/context.h"
#include "cli/handlers.h"

namespace fozzy {

int CmdTraceDiff(Context& context) {
  return context.output.Fail(absl::InternalError("not built in"));
}

int CmdTraceShow(Context& context) {
  return context.output.Fail(absl::InternalError("not built in"));
}

int CmdTraceStat(Context& context) {
  return context.output.Fail(absl::InternalError("not built in"));
}

int CmdTraceVerify(Context& context) {
  return context.output.Fail(absl::InternalError("not built in"));
}

}  // namespace fozzy
