// A folder for one test.
#ifndef FOZZY_BACKENDS_HOST_TESTING_TEMP_FOLDER_H_
#define FOZZY_BACKENDS_HOST_TESTING_TEMP_FOLDER_H_

#include <string>
#include <string_view>
#include <vector>

namespace fozzy {

// An empty folder, removed with all it holds at the end of its life.
class TempFolder {
 public:
  TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder();

  const std::string& path() const { return path_; }

  // Returns the absolute path of `name` in the folder.
  std::string At(std::string_view name) const;

  // Makes a file or a folder, whose parent must exist.
  void AddFile(std::string_view name, std::string_view data) const;
  void AddFolder(std::string_view name) const;

  // Makes symbolic link `name`, which holds `target` as it is written.
  void AddLink(std::string_view name, std::string_view target) const;

  // Returns the content of file `name`, or "<none>".
  std::string ReadFile(std::string_view name) const;

  // Returns the paths of everything in the folder, sorted; links are not
  // followed.
  std::vector<std::string> List() const;

 private:
  std::string path_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_TESTING_TEMP_FOLDER_H_
