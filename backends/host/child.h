// A process we started.
#ifndef FOZZY_BACKENDS_HOST_CHILD_H_
#define FOZZY_BACKENDS_HOST_CHILD_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "backends/host/fd.h"

namespace fozzy {

// What a child is started with.
struct ChildPlan {
  std::string path;               // of the program, seen from `cwd`
  std::vector<std::string> argv;  // the name of the program first
  std::vector<std::string> env;   // "K=V"
  int cwd = -1;                   // a folder; -1: our own
  int out = -1;
  int err = -1;
  int control = -1;  // becomes descriptor 3; -1: none
};

// A child leads a process group of its own, has default signal dispositions, an
// empty signal mask, /dev/null for its input, and no descriptors but those
// of the plan.
class Child {
 public:
  Child() = default;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  // Kills and reaps what was not reaped.
  ~Child();

  // Starts the child.  Returns 0 or the errno value.  Called once.
  int Start(ChildPlan plan);

  // Becomes readable when the child has ended.
  int pidfd() const { return pidfd_.get(); }

  // Kills the whole process group; also the child if it left its group.  A
  // dead child keeps the name of its group reserved until it is reaped, so no
  // stranger is ever hit.  Requires that it is not reaped yet.
  void KillGroup() const;

  // Waits for the end of the child and returns its wait status.  Requires that
  // it is not reaped yet.
  int Reap();

 private:
  pid_t pid_ = -1;  // -1: not started, or reaped
  Fd pidfd_;
};

// Finds `cmd` as a shell would: with a '/' it is the path, else the first
// executable file of that name in the folders of `search`, a list separated by
// ':'.  Relative folders are seen from `cwd` (-1: our own); empty ones are left
// out, so that an empty list finds nothing.  Returns 0 and sets `path`, or
// returns ENOENT or EACCES.
int FindProgram(std::string_view cmd, std::string_view search, int cwd,
                std::string& path);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_CHILD_H_
