#include "absl/status/status.h"
#include "cli/context.h"
#include "cli/handlers.h"

namespace fozzy {

int CmdValidate(Context& context) {
  return context.output.Fail(absl::InternalError("not built in"));
}

}  // namespace fozzy
