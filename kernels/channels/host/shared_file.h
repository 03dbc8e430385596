// Memory that processes share by name, with locks that the system lets go of
// when their holder ends, however it does.
#ifndef KERNELS_CHANNELS_HOST_SHARED_FILE_H_
#define KERNELS_CHANNELS_HOST_SHARED_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace fozzy::channels::host {

// Locks of a file.
enum class SharedLock : uint8_t { kSetUp = 0, kSender = 1, kReceiver = 2 };

class SharedFile {
 public:
  // Opens what lies under `name`, which is made if it is not there, with no
  // bytes.  A name has no slash.
  //
  // Errors: INVALID_ARGUMENT for other names; UNAVAILABLE if the system says
  // no.
  static absl::StatusOr<SharedFile> Open(absl::string_view name);

  // Forgets the name; who has it open keeps it.
  static void Remove(absl::string_view name);

  SharedFile(SharedFile&& other) noexcept;
  SharedFile& operator=(SharedFile&& other) = delete;
  SharedFile(const SharedFile&) = delete;
  SharedFile& operator=(const SharedFile&) = delete;
  ~SharedFile();

  // Returns the bytes it has.
  uint64_t Size() const;

  // Maps `bytes` of it, which it is made to have; null if that is refused.
  std::byte* Map(uint64_t bytes);

  // Waits for the lock.
  void Lock(SharedLock lock);
  // Returns false if another holds it.
  bool TryLock(SharedLock lock);
  void Unlock(SharedLock lock);
  // Whether another holds it.
  bool IsLocked(SharedLock lock) const;

 private:
  explicit SharedFile(int fd) : fd_(fd) {}

  int fd_;
  std::byte* memory_ = nullptr;
  uint64_t mapped_ = 0;
};

}  // namespace fozzy::channels::host

#endif  // KERNELS_CHANNELS_HOST_SHARED_FILE_H_
