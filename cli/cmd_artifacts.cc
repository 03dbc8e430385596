#include "absl/status/status.h"
#include "cli/context.h"
#include "cli/handlers.h"

namespace fozzy {

int CmdArtifactsExport(Context& context) {
  return context.output.Fail(absl::InternalError("not built in"));
}

int CmdArtifactsLs(Context& context) {
  return context.output.Fail(absl::InternalError("not built in"));
}

int CmdArtifactsPrune(Context& context) {
  return context.output.Fail(absl::InternalError("not built in"));
}

}  // namespace fozzy
