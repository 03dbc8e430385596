#include "cli/suite_files.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/file.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// Folders inside each other, at most.
constexpr int kFolderDepthMax = 64;

// Bytes of a stem in a name, at most; a name has 255 with all that is added.
constexpr size_t kStemBytesMax = 200;

constexpr absl::string_view kSkippedFolders[] = {
    ".fozzy", ".git", "build", "coverage", "dist", "node_modules", "target",
};

bool IsSkipped(absl::string_view folder) {
  return std::find(std::begin(kSkippedFolders), std::end(kSkippedFolders),
                   folder) != std::end(kSkippedFolders);
}

bool IsFolder(const std::string& path) {
  struct stat info = {};
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

bool IsFile(const std::string& path) {
  struct stat info = {};
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

// Returns "a" for "tests/a.fozzy.json".
absl::string_view StemOf(absl::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);  // npos + 1 is 0
  if (!absl::ConsumeSuffix(&path, ".fozzy.json")) {
    path = absl::StripSuffix(path, ".fozzy");
  }
  if (path.size() <= kStemBytesMax) return path;
  size_t size = kStemBytesMax;
  // Not within a letter of UTF-8.
  while (size > 0 && (path[size] & '\xc0') == '\x80') --size;
  return path.substr(0, size);
}

bool IsSuiteFile(absl::string_view path) {
  return absl::EndsWith(path, ".fozzy.json") || absl::EndsWith(path, ".fozzy");
}

// Adds the paths of all plain files below `folder` ("" or "a/b/").
void AddFiles(const std::string& folder, int depth,
              std::vector<std::string>& files) {
  if (depth > kFolderDepthMax) return;
  DIR* const listing = opendir(folder.empty() ? "." : folder.c_str());
  if (listing == nullptr) return;
  while (const dirent* const entry = readdir(listing)) {
    const absl::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    std::string path = absl::StrCat(folder, name);
    struct stat info = {};
    if (lstat(path.c_str(), &info) != 0) continue;
    if (S_ISDIR(info.st_mode)) {
      if (!IsSkipped(name)) AddFiles(path + "/", depth + 1, files);
    } else if (S_ISREG(info.st_mode) ||
               (S_ISLNK(info.st_mode) && IsFile(path))) {
      files.push_back(std::move(path));
    }
  }
  closedir(listing);
}

// Returns the folder that every path a pattern fits lies in: "" or "a/b/".
std::string FixedFolder(absl::string_view pattern) {
  const size_t wild = pattern.find_first_of("*?");
  const size_t slash = pattern.rfind('/', wild);
  if (slash == absl::string_view::npos) return "";
  return std::string(pattern.substr(0, slash + 1));
}

std::vector<std::string> FindPattern(const std::string& pattern) {
  std::vector<std::string> all;
  std::vector<std::string> found;
  if (IsFolder(pattern)) {
    AddFiles(absl::EndsWith(pattern, "/") ? pattern : pattern + "/", 0, all);
    std::copy_if(all.begin(), all.end(), std::back_inserter(found),
                 IsSuiteFile);
  } else if (pattern.find_first_of("*?") == std::string::npos) {
    if (Exists(pattern)) found.push_back(pattern);
  } else {
    AddFiles(FixedFolder(pattern), 0, all);
    std::copy_if(
        all.begin(), all.end(), std::back_inserter(found),
        [&](const std::string& path) { return MatchesGlob(pattern, path); });
  }
  return found;
}

}  // namespace

// Row i says of each end of the path whether the pattern from byte i on fits
// it; filled from the last row up, so the time is pattern times path.
bool MatchesGlob(absl::string_view pattern, absl::string_view path) {
  const size_t ends = path.size() + 1;
  std::vector<std::vector<bool>> fits(pattern.size() + 1,
                                      std::vector<bool>(ends, false));
  fits[pattern.size()][path.size()] = true;
  for (size_t i = pattern.size(); i-- > 0;) {
    const bool is_folders = absl::StartsWith(pattern.substr(i), "**/");
    for (size_t j = ends; j-- > 0;) {
      const bool is_end = j == path.size();
      if (is_folders) {
        const size_t slash = path.find('/', j);
        fits[i][j] = fits[i + 3][j] ||
                     (slash != absl::string_view::npos && fits[i][slash + 1]);
      } else if (pattern[i] == '*') {
        fits[i][j] =
            fits[i + 1][j] || (!is_end && path[j] != '/' && fits[i][j + 1]);
      } else if (!is_end) {
        const bool is_same =
            pattern[i] == '?' ? path[j] != '/' : path[j] == pattern[i];
        fits[i][j] = is_same && fits[i + 1][j + 1];
      }
    }
  }
  return fits[0][0];
}

absl::StatusOr<std::vector<std::string>> FindSuiteFiles(
    const std::vector<std::string>& patterns) {
  std::vector<std::string> files;
  for (const std::string& pattern : patterns) {
    const std::vector<std::string> found = FindPattern(pattern);
    if (found.empty()) {
      return absl::NotFoundError(
          absl::StrCat("no scenario or trace matches ", pattern));
    }
    files.insert(files.end(), found.begin(), found.end());
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

std::vector<std::string> FailedTraceNames(
    const std::vector<std::string>& files) {
  std::vector<std::string> names;
  std::set<std::string, std::less<>> taken;
  std::map<std::string, uint64_t, std::less<>> counts;
  for (const std::string& file : files) {
    const std::string stem = absl::StrCat("failed-", StemOf(file));
    uint64_t& count = counts[stem];
    std::string name = stem;
    do {
      ++count;
      if (count > 1) name = absl::StrCat(stem, "-", count);
    } while (!taken.insert(name).second);
    names.push_back(absl::StrCat(name, ".fozzy"));
  }
  return names;
}

}  // namespace fozzy
