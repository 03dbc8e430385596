// A channel between two processes: one sends, one receives, either may end at
// any moment and be replaced.
//
//   auto sender = IpcSender::Attach("orders", {});       // in one process
//   auto receiver = IpcReceiver::Attach("orders", {});   // in another
//
// The ring, its tail and its cursor lie in shared memory, and each changes by
// one store.  So of a sender that is killed everything it committed is there,
// and nothing else; of a receiver, everything it did not release is received
// again by the next.  Who lives is told by locks that the system lets go of.
//
// Both processes are trusted: what is in the memory is not checked.
#ifndef KERNELS_CHANNELS_HOST_IPC_H_
#define KERNELS_CHANNELS_HOST_IPC_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "kernels/channels/host/process_sync.h"
#include "kernels/channels/host/shared_file.h"
#include "kernels/channels/status.h"
#include "kernels/channels/stream_consumer.h"
#include "kernels/channels/stream_producer.h"

namespace fozzy::channels {

struct IpcOptions {
  uint32_t granules = 1u << 14;    // a power of two, at most 2^24
  uint32_t words_per_granule = 8;  // a power of two, at most 512
  uint32_t spins = 256;            // looks before an end sleeps
};

// The memory of a channel, and the right to one of its ends.
class IpcMemory {
 public:
  static absl::StatusOr<IpcMemory> Attach(absl::string_view name,
                                          const IpcOptions& options,
                                          host::SharedLock end);

  const Ring<ProcessSync>& ring() const { return ring_; }
  uint32_t spins() const { return spins_; }

  // Whether there was somebody at `end` and is no more.
  bool HasDied(host::SharedLock end) const;

 private:
  // What lies at the start of the memory.
  struct Preamble;

  explicit IpcMemory(host::SharedFile file) : file_(std::move(file)) {}

  absl::Status SetUp(const IpcOptions& options);
  absl::Status Take(host::SharedLock end);

  host::SharedFile file_;
  Preamble* preamble_ = nullptr;
  Ring<ProcessSync> ring_;
  uint32_t spins_ = 0;
};

// Used by one thread at a time.
class IpcSender {
 public:
  // Errors: INVALID_ARGUMENT for bad options, or if the channel is there with
  // others; ALREADY_EXISTS if another sends; FAILED_PRECONDITION if the stream
  // was closed; UNAVAILABLE if the system gives no memory.
  static absl::StatusOr<std::unique_ptr<IpcSender>> Attach(
      absl::string_view name, const IpcOptions& options);

  // As those of Sender; besides, kPeerDied if there is no room and the receiver
  // has died.  Then what was sent waits for another, for which one may wait.
  Status Reserve(uint32_t bytes, Slot<ProcessSync>& slot,
                 int64_t timeout_ns = kForever);
  void Commit(const Slot<ProcessSync>& slot);
  void Close();

 private:
  explicit IpcSender(IpcMemory memory);

  IpcMemory memory_;
  RingControl<ProcessSync>& control_;
  StreamProducer<ProcessSync> producer_;
};

// Used by one thread at a time.
class IpcReceiver {
 public:
  // Errors: as those of IpcSender::Attach; FAILED_PRECONDITION if an earlier
  // receiver has left for good.
  static absl::StatusOr<std::unique_ptr<IpcReceiver>> Attach(
      absl::string_view name, const IpcOptions& options);

  // As those of Receiver; besides, kPeerDied if there is no message and the
  // sender has died.
  Status Receive(View<ProcessSync>& view, int64_t timeout_ns = kForever);
  void Release(const View<ProcessSync>& view);
  void Leave();

 private:
  explicit IpcReceiver(IpcMemory memory);

  IpcMemory memory_;
  RingControl<ProcessSync>& control_;
  StreamConsumer<ProcessSync> consumer_;
};

// Forgets the channel of that name: who attaches from now on begins a new one.
void RemoveIpcChannel(absl::string_view name);

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_HOST_IPC_H_
