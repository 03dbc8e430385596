// Runs fozzy inside of a test.
#ifndef FOZZY_CLI_TESTING_RUN_FOZZY_H_
#define FOZZY_CLI_TESTING_RUN_FOZZY_H_

#include <string>
#include <vector>

namespace fozzy {

// What one run of fozzy came to.
struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

// Runs `fozzy ARGS` in this process, in the current folder.
Outcome RunFozzy(const std::vector<std::string>& args);

// As above; `line` is split at its spaces, or at "'" as a shell does.
Outcome RunFozzy(const std::string& line);

// Returns the words of `line` as a shell splits them: spaces part words, except
// between two "'".
std::vector<std::string> SplitWords(const std::string& line);

// A folder of its own, the current one while it exists.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string before_;
  std::string path_;
};

}  // namespace fozzy

#endif  // FOZZY_CLI_TESTING_RUN_FOZZY_H_
