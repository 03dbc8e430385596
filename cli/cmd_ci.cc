#include "absl/status/status.h"
#include "cli/context.h"
#include "cli/handlers.h"

namespace fozzy {

int CmdCi(Context& context) {
  return context.output.Fail(absl::InternalError("not built in"));
}

}  // namespace fozzy
