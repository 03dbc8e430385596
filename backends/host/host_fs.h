// Real files below one folder.
#ifndef FOZZY_BACKENDS_HOST_HOST_FS_H_
#define FOZZY_BACKENDS_HOST_HOST_FS_H_

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "backends/host/root_folder.h"
#include "backends/interface/fs.h"

namespace fozzy {

struct HostFsOptions {
  std::string root = {};               // an existing folder
  uint64_t file_bytes_max = 64 << 20;  // larger ones fail with "EFBIG"
  bool walks = false;  // resolve paths as on kernels without openat2
};

// Files of this machine, never outside of the root (root_folder.h).
//
// Links.  Read follows links that stay below the root.  Write and Remove
// refuse a path that is itself a link: replacing the link would not change the
// file it names, and writing through it could not be atomic.
//
// What exists is written by replacing it: a file keeps its permissions, but
// not its hard links.  A failed write leaves nothing behind, neither a
// temporary nor a new folder.
//
// Snapshots hold the files this run wrote, removed or read, each as it was at
// the time of the snapshot, also if it was touched only later.  What other
// programs create in the root is left alone.
class HostFs final : public Fs {
 public:
  // Errors: INVALID_ARGUMENT if the root cannot be opened as a folder.
  static absl::StatusOr<std::unique_ptr<HostFs>> Open(HostFsOptions options);

  FsResult Write(std::string_view path, std::string_view data) override;
  FsResult Read(std::string_view path) override;
  FsResult Snapshot(std::string_view name) override;
  FsResult Restore(std::string_view name) override;

  // Deletes the file `path`, and the folders that were created to hold it if
  // they are empty now.
  FsResult Remove(std::string_view path);

 private:
  // A file as it was once.
  struct Kept {
    bool exists = false;
    std::string data;
    mode_t mode = 0;

    friend bool operator==(const Kept&, const Kept&) = default;
  };
  using Files = std::map<std::string, Kept>;

  explicit HostFs(HostFsOptions options) : options_(std::move(options)) {}

  // These take normalised paths.
  FsResult Load(const std::string& path, Kept& kept) const;
  FsResult Store(const std::string& path, std::string_view data,
                 std::optional<mode_t> mode);
  FsResult Replace(int folder, const std::string& path, std::string_view data,
                   std::optional<mode_t> mode);
  // Creates a file in `folder` that nothing else uses and sets its `name`.
  Opened OpenTemporary(int folder, std::string& name);
  FsResult Delete(const std::string& path);
  FsResult PutBack(const std::string& path, const Kept& kept);
  bool IsFolder(const std::string& path) const;

  // Makes the snapshots know `path` before it is changed the first time.
  FsResult Touch(const std::string& path);
  void Touch(const std::string& path, const Kept& kept);

  // Removes the folders above `path` that we created and that are empty.
  void RemoveCreatedParents(std::string_view path);

  HostFsOptions options_;
  RootFolder root_;
  std::set<std::string> touched_;
  // Each holds all of `touched_`, and nothing else.
  std::map<std::string, Files, std::less<>> snapshots_;
  std::set<std::string, std::less<>> created_folders_;
  uint64_t temporaries_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_HOST_FS_H_
