// The file system of a scenario: a tree in memory.
#ifndef FOZZY_BACKENDS_VIRTUAL_VIRTUAL_FS_H_
#define FOZZY_BACKENDS_VIRTUAL_VIRTUAL_FS_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/container/btree_map.h"
#include "backends/interface/fs.h"
#include "backends/virtual/faults.h"
#include "sim/undo_log.h"

namespace fozzy {

// Files by normalised path.  Directories are not stored: one exists where a
// file lies below it.  A leading '/' is the root.
class VirtualFs final : public Fs {
 public:
  // `undo` is not owned.
  VirtualFs(UndoLog& undo, Faults faults) : undo_(undo), faults_(faults) {}

  FsResult Write(std::string_view path, std::string_view data) override;
  FsResult Read(std::string_view path) override;
  FsResult Snapshot(std::string_view name) override;
  FsResult Restore(std::string_view name) override;

 private:
  using Files = absl::btree_map<std::string, std::string>;

  // Sets `normal` to the path of a file that may be read or written.
  FsResult Locate(std::string_view path, std::string& normal) const;

  // Whether a parent of `normal` is a file.
  bool GoesThroughFile(const std::string& normal) const;
  void Store(const std::string& path, std::string data);

  UndoLog& undo_;
  Faults faults_;
  Files files_;
  absl::btree_map<std::string, Files> snapshots_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_VIRTUAL_VIRTUAL_FS_H_
