// The folders that disturbed runs work in.
#ifndef FOZZY_BACKENDS_HOST_DOCTOR_RUN_ROOT_H_
#define FOZZY_BACKENDS_HOST_DOCTOR_RUN_ROOT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "backends/host/doctor/disturb.h"

namespace fozzy {

// The folders of one run; paths of any two runs are equally long.
struct RunFolders {
  std::string work;     // the working directory, if it has its own
  std::string home;     // empty
  std::string scratch;  // empty, the same path in every run: TMPDIR
  std::string state;    // a file of zeros, for libfozzy_pin.so; the same path
};

// Owns a folder with the folders of one run at a time, and removes it at the
// end.  It lies in memory if the machine has a file system there, whose order
// shows in which order files were made; else where temporary files do.
class RunRoot {
 public:
  // Errors: UNAVAILABLE if no folder can be made.
  static absl::StatusOr<RunRoot> Make();

  RunRoot(RunRoot&& other) noexcept;
  RunRoot& operator=(RunRoot&& other) = delete;
  ~RunRoot();

  // Makes the folders of the run of `disturbance` afresh.  Its working
  // directory holds what folder `model` does (a path, or empty for nothing),
  // with files made in an order that depends on disturbance.file_order.
  //
  // Errors: UNAVAILABLE if they cannot be made; NOT_FOUND if `model` cannot be
  // read; RESOURCE_EXHAUSTED if it is deeper than 32 folders.
  absl::StatusOr<RunFolders> Prepare(const Disturbance& disturbance,
                                     const std::string& model) const;

  const std::string& path() const { return path_; }

 private:
  explicit RunRoot(std::string path);

  std::string path_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_DOCTOR_RUN_ROOT_H_
