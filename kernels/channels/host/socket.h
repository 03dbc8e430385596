// A socket of the system that never blocks, and waiting for it with a deadline.
#ifndef KERNELS_CHANNELS_HOST_SOCKET_H_
#define KERNELS_CHANNELS_HOST_SOCKET_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace fozzy::channels::host {

class Socket {
 public:
  // Errors: INVALID_ARGUMENT for an address other than "127.0.0.1" and the
  // like; UNAVAILABLE if the system says no.
  static absl::StatusOr<Socket> Connect(const std::string& address,
                                        uint16_t port);
  static absl::StatusOr<Socket> Listen(uint16_t port);

  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&& other) = delete;
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket();

  // Returns the port it is bound to.
  uint16_t port() const;

  // Asks for buffers of that many bytes.
  void SetBuffers(int bytes);

  // Wait for bytes, or a connection, to take; for room to write.  Return false
  // if the deadline, of DeadlineAfter, passed.
  bool AwaitInput(int64_t deadline) const;
  bool AwaitOutput(int64_t deadline) const;

  // Requires that there is one.
  absl::StatusOr<Socket> Accept();

  // Return how many bytes were moved: 0 if none can be now.
  // Errors: OUT_OF_RANGE if the other side has ended; UNAVAILABLE if the
  // connection is gone.
  absl::StatusOr<size_t> Read(std::span<std::byte> bytes);
  absl::StatusOr<size_t> Write(std::span<const std::byte> bytes);

  // Says that nothing more is written.
  void EndWriting();

 private:
  explicit Socket(int fd) : fd_(fd) {}

  int fd_;
};

}  // namespace fozzy::channels::host

#endif  // KERNELS_CHANNELS_HOST_SOCKET_H_
