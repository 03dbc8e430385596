// A file that appears under its name only once it is whole.
#ifndef FOZZY_TRACE_PARTIAL_FILE_H_
#define FOZZY_TRACE_PARTIAL_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace fozzy {

// Writes NAME.partial and renames it to NAME.  The partial file is locked
// while it is written: one that a killed process left behind is replaced, one
// that somebody is writing is not.  Nothing is flushed to the disk.
class PartialFile {
 public:
  PartialFile() = default;
  // Removes the partial file unless it was renamed.
  ~PartialFile() { Discard(); }
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }

  // Creates NAME.partial, `path` being NAME.
  // Errors: ALREADY_EXISTS if it is being written; otherwise what the system
  // says (NOT_FOUND, PERMISSION_DENIED, ...), with the path.
  absl::Status Open(const std::string& path);

  // Appends `pieces`.  Errors: what the system says, with the path.
  absl::Status Append(absl::Span<const absl::string_view> pieces);

  // Gives the file its name, replacing what had it.  Errors: as above.
  absl::Status Publish();

  // Gives the file the name `path` instead of its own, in the same folder,
  // unless something has it: then it stays as it is, to be published or
  // discarded.
  // Errors: ALREADY_EXISTS if something has the name; as above.
  absl::Status PublishNew(const std::string& path);

  // Closes and removes the partial file, if there is one.
  void Discard();

 private:
  bool Exchange();
  absl::Status Close();
  absl::Status Error(absl::string_view action) const;

  std::string path_;
  std::string partial_path_;
  int descriptor_ = -1;
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_PARTIAL_FILE_H_
