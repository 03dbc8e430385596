// Real processes.
#ifndef FOZZY_BACKENDS_HOST_HOST_PROC_H_
#define FOZZY_BACKENDS_HOST_HOST_PROC_H_

#include <cstdint>
#include <string>
#include <vector>

#include "backends/host/child.h"
#include "backends/interface/proc.h"

namespace fozzy {

struct HostProcOptions {
  uint64_t output_bytes_max = 8 << 20;  // kept, of each stream
  std::string cwd = {};                 // empty: our own
  std::vector<std::string> env = {};    // "K=V", on top of our own environment
  // How long descendants may hold the output open after the child has ended;
  // then the process group is killed.
  Millis grace = 100;
};

// Runs commands on this machine, without a sandbox.
//
// A command without '/' is looked up in the PATH the child will have.  The
// child gets no input.  Descendants that left its process group are not killed
// at the limit, and those that closed its output may outlive it: what they
// print is lost, and nobody waits for them.
class HostProc final : public Proc {
 public:
  // Makes SIGCHLD default if it is ignored: ignored, ends cannot be learned.
  explicit HostProc(HostProcOptions options = {});

  // A reason is like `"nope": No such file or directory`.
  ProcResult Spawn(const ProcRequest& request) override;

 private:
  // Returns the environment of children.
  std::vector<std::string> Environment() const;

  HostProcOptions options_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_HOST_PROC_H_
