// What the running program knows of itself.
#ifndef FOZZY_BACKENDS_HOST_THIS_PROGRAM_H_
#define FOZZY_BACKENDS_HOST_THIS_PROGRAM_H_

#include <string>
#include <vector>

namespace fozzy {

// Returns the words of the command line it was started with.
std::vector<std::string> ProgramArguments();

// Returns the name of its file, without folders.
std::string ProgramName();

// Returns the build id of its file; see BuildIdOf.
std::string ProgramBuildId();

// Returns the build id that the linker wrote into the ELF file at `path`, as
// hexadecimal digits, or "" if there is none or no such file.  Nothing of it is
// executed.
std::string BuildIdOf(const std::string& path);

// Returns the value of an environment variable, or null.
const char* EnvironmentVariable(const char* name);

// Drops what the program writes to stdout while it lives.
class MutedOutput {
 public:
  MutedOutput();
  ~MutedOutput();
  MutedOutput(const MutedOutput&) = delete;
  MutedOutput& operator=(const MutedOutput&) = delete;

  // Lets it through for a while.
  void Pause();
  void Resume();

 private:
  int saved_ = -1;
};

// Writes `text` to stdout, after what was written there before.
void WriteOutput(const std::string& text);

// Has the process killed when whoever started it is dead.
void EndWithParent();

// Ends the process at once, without anything that is done at its end.
[[noreturn]] void EndProcess(int code);

// Makes every folder of `path`, which names a file.  Returns 0 or errno.
int MakeFoldersOf(const std::string& path);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_THIS_PROGRAM_H_
