#include <span>
#include <string>
#include <vector>

#include "cli/args.h"
#include "cli/command_table.h"
#include "cli/dispatch.h"
#include "cli/output.h"

int main(int argc, char** argv) {
  fozzy::OccupyClosedFiles();
  fozzy::HandleClosedPipes();
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  fozzy::Output output(
      {.is_json = fozzy::HasSwitch(args, "--json"),
       .is_color_allowed = !fozzy::HasSwitch(args, "--no-color")});
  return fozzy::Dispatch(args, fozzy::Commands(), output);
}
