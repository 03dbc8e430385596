// Runs the program fozzy from a test.
#ifndef FOZZY_CLI_TESTING_FOZZY_FOLDER_H_
#define FOZZY_CLI_TESTING_FOZZY_FOLDER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "backends/interface/proc.h"

namespace fozzy {

// Owns an empty folder in which fozzy is run, and removes it at the end.
class FozzyFolder {
 public:
  FozzyFolder();
  FozzyFolder(const FozzyFolder&) = delete;
  FozzyFolder& operator=(const FozzyFolder&) = delete;
  ~FozzyFolder();

  std::string PathOf(absl::string_view name) const;
  void Write(absl::string_view name, absl::string_view content) const;

  // Returns what is in the folder, sorted.
  std::vector<std::string> Names() const;

  // Runs `fozzy ARGS` there with these variables, each "NAME=value", on top of
  // our own.
  ProcResult Run(const std::vector<std::string>& args,
                 const std::vector<std::string>& variables = {}) const;

 private:
  std::string path_;
};

// Returns a scenario of these steps, each a JSON object, on lines of their own.
std::string StepsScenario(const std::vector<std::string>& steps);

}  // namespace fozzy

#endif  // FOZZY_CLI_TESTING_FOZZY_FOLDER_H_
