// The working directory of runs that act on the real world.
#ifndef FOZZY_CLI_DOCTOR_FOLDER_H_
#define FOZZY_CLI_DOCTOR_FOLDER_H_

#include <cstdint>
#include <string>

namespace fozzy {

// What a folder may hold so that each run gets a copy of its own.
inline constexpr uint64_t kCopiedFilesMax = 1000;  // folders and links included
inline constexpr uint64_t kCopiedBytesMax = 16 << 20;
inline constexpr int kCopiedDepthMax = 16;  // folders within folders

// Tells whether `folder` can be copied for every run: small, readable, nothing
// in it but files, folders and links.
bool IsCopyable(const std::string& folder);

}  // namespace fozzy

#endif  // FOZZY_CLI_DOCTOR_FOLDER_H_
