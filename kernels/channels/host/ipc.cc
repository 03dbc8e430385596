#include "kernels/channels/host/ipc.h"

#include <algorithm>
#include <bit>
#include <new>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace fozzy::channels {

using host::SharedLock;

// Memory that is all 0 has not been set up, or not to the end.
struct IpcMemory::Preamble {
  static constexpr uint64_t kMagic = 0x315a5a4f46435049;  // version 1

  uint64_t magic;
  uint32_t granules;
  uint32_t words_per_granule;
  // How often somebody came.
  std::atomic<uint32_t> senders;
  std::atomic<uint32_t> receivers;
};

namespace {

// How long a process that waits takes to notice the death of the other.
constexpr int64_t kSliceNs = 10'000'000;

constexpr uint64_t kControlAt = 4096;

uint64_t HeadersAt() {
  return kControlAt + (sizeof(RingControl<ProcessSync>) + 4095) / 4096 * 4096;
}
uint64_t WordsAt(const IpcOptions& options) {
  return HeadersAt() + (uint64_t{options.granules} * 8 + 4095) / 4096 * 4096;
}
uint64_t EndAt(const IpcOptions& options) {
  return WordsAt(options) +
         uint64_t{options.granules} * options.words_per_granule * 8;
}

absl::Status Check(const IpcOptions& options) {
  if (!std::has_single_bit(options.granules) || options.granules > 1u << 24 ||
      !std::has_single_bit(options.words_per_granule) ||
      options.words_per_granule > 512) {
    return absl::InvalidArgumentError(
        absl::StrCat("channel has ", options.granules, " granules of ",
                     options.words_per_granule,
                     " words, expected powers of two up to 2^24 and 512"));
  }
  return absl::OkStatus();
}

// Calls attempt(timeout in nanoseconds) until it returns something other than
// `pending`, time is up or `has_died` is true of the other process.
template <class Attempt, class HasDied>
Status AwaitPeer(const Attempt& attempt, Status pending, int64_t timeout_ns,
                 const HasDied& has_died) {
  const int64_t deadline = ProcessSync::DeadlineAfter(timeout_ns);
  for (;;) {
    const int64_t left = deadline == INT64_MAX
                             ? INT64_MAX
                             : deadline - ProcessSync::DeadlineAfter(0);
    const Status status = attempt(std::clamp<int64_t>(left, 0, kSliceNs));
    if (status != pending) return status;
    if (has_died()) {
      // It may have done something before.
      const Status last = attempt(0);
      return last == pending ? Status::kPeerDied : last;
    }
    if (left <= kSliceNs) return status;
  }
}

}  // namespace

absl::StatusOr<IpcMemory> IpcMemory::Attach(absl::string_view name,
                                            const IpcOptions& options,
                                            SharedLock end) {
  const absl::Status checked = Check(options);
  if (!checked.ok()) return checked;
  absl::StatusOr<host::SharedFile> file = host::SharedFile::Open(name);
  if (!file.ok()) return file.status();
  IpcMemory memory(*std::move(file));
  memory.file_.Lock(SharedLock::kSetUp);
  absl::Status status = memory.SetUp(options);
  if (status.ok()) status = memory.Take(end);
  memory.file_.Unlock(SharedLock::kSetUp);
  if (!status.ok()) return status;
  return memory;
}

absl::Status IpcMemory::SetUp(const IpcOptions& options) {
  const uint64_t size = file_.Size();
  if (size != 0 && size != EndAt(options)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "channel is there with ", size, " bytes, expected ", EndAt(options)));
  }
  std::byte* const start = file_.Map(EndAt(options));
  if (start == nullptr) {
    return absl::UnavailableError(
        absl::StrCat("channel gets no memory of ", EndAt(options), " bytes"));
  }
  preamble_ = reinterpret_cast<Preamble*>(start);
  auto* const control =
      reinterpret_cast<RingControl<ProcessSync>*>(start + kControlAt);
  if (preamble_->magic == 0) {
    ::new (control) RingControl<ProcessSync>();
    preamble_->granules = options.granules;
    preamble_->words_per_granule = options.words_per_granule;
    preamble_->magic = Preamble::kMagic;
  }
  if (preamble_->magic != Preamble::kMagic ||
      preamble_->granules != options.granules) {
    return absl::InvalidArgumentError(
        "channel is there with another version or other options");
  }
  ring_ = {control,
           reinterpret_cast<uint64_t*>(start + WordsAt(options)),
           reinterpret_cast<std::atomic<uint64_t>*>(start + HeadersAt()),
           nullptr,
           options.granules - 1,
           static_cast<uint32_t>(std::countr_zero(options.words_per_granule)),
           1};
  spins_ = options.spins;
  return absl::OkStatus();
}

absl::Status IpcMemory::Take(SharedLock end) {
  const bool is_sender = end == SharedLock::kSender;
  if (!file_.TryLock(end)) {
    return absl::AlreadyExistsError(is_sender
                                        ? "channel has a sender already"
                                        : "channel has a receiver already");
  }
  const RingControl<ProcessSync>& control = *ring_.control;
  if (is_sender && control.tail.load() % 2 != 0) {
    return absl::FailedPreconditionError("channel was closed by its sender");
  }
  if (!is_sender &&
      control.cursors[0].position.load() == RingControl<ProcessSync>::kGone) {
    return absl::FailedPreconditionError("channel was left by its receiver");
  }
  (is_sender ? preamble_->senders : preamble_->receivers).fetch_add(1);
  return absl::OkStatus();
}

bool IpcMemory::HasDied(SharedLock end) const {
  const auto& came =
      end == SharedLock::kSender ? preamble_->senders : preamble_->receivers;
  return came.load() != 0 && !file_.IsLocked(end);
}

absl::StatusOr<std::unique_ptr<IpcSender>> IpcSender::Attach(
    absl::string_view name, const IpcOptions& options) {
  absl::StatusOr<IpcMemory> memory =
      IpcMemory::Attach(name, options, SharedLock::kSender);
  if (!memory.ok()) return memory.status();
  return std::unique_ptr<IpcSender>(new IpcSender(*std::move(memory)));
}

IpcSender::IpcSender(IpcMemory memory)
    : memory_(std::move(memory)),
      control_(*memory_.ring().control),
      producer_(memory_.ring(), Resumed{}) {
  control_.space.ForgetWaiters();
}

Status IpcSender::Reserve(uint32_t bytes, Slot<ProcessSync>& slot,
                          int64_t timeout_ns) {
  const Status status = producer_.TryReserve(bytes, slot);
  if (status == Status::kOk) [[likely]]
    return status;
  if (producer_.TakePadded()) control_.items.Notify();
  if (status != Status::kFull) return status;
  return AwaitPeer(
      [&](int64_t slice_ns) {
        return control_.space.Await(
            [&] {
              const Status next = producer_.TryReserve(bytes, slot);
              if (producer_.TakePadded()) control_.items.Notify();
              return next;
            },
            Status::kFull, {slice_ns, memory_.spins()});
      },
      Status::kFull, timeout_ns,
      [&] { return memory_.HasDied(SharedLock::kReceiver); });
}

void IpcSender::Commit(const Slot<ProcessSync>& slot) {
  producer_.Commit(slot);
  control_.items.Notify();
}

void IpcSender::Close() {
  producer_.Close();
  control_.items.Notify();
}

absl::StatusOr<std::unique_ptr<IpcReceiver>> IpcReceiver::Attach(
    absl::string_view name, const IpcOptions& options) {
  absl::StatusOr<IpcMemory> memory =
      IpcMemory::Attach(name, options, SharedLock::kReceiver);
  if (!memory.ok()) return memory.status();
  return std::unique_ptr<IpcReceiver>(new IpcReceiver(*std::move(memory)));
}

IpcReceiver::IpcReceiver(IpcMemory memory)
    : memory_(std::move(memory)),
      control_(*memory_.ring().control),
      consumer_(memory_.ring(), Resumed{}) {
  control_.items.ForgetWaiters();
}

Status IpcReceiver::Receive(View<ProcessSync>& view, int64_t timeout_ns) {
  const Status status = consumer_.TryReceive(view);
  if (status == Status::kOk) [[likely]]
    return status;
  if (consumer_.TakeSkipped()) control_.space.Notify();
  if (status != Status::kEmpty) return status;
  return AwaitPeer(
      [&](int64_t slice_ns) {
        return control_.items.Await(
            [&] {
              const Status next = consumer_.TryReceive(view);
              if (consumer_.TakeSkipped()) control_.space.Notify();
              return next;
            },
            Status::kEmpty, {slice_ns, memory_.spins()});
      },
      Status::kEmpty, timeout_ns,
      [&] { return memory_.HasDied(SharedLock::kSender); });
}

void IpcReceiver::Release(const View<ProcessSync>& view) {
  consumer_.Release(view);
  control_.space.Notify();
}

void IpcReceiver::Leave() {
  consumer_.Leave();
  control_.space.Notify();
}

void RemoveIpcChannel(absl::string_view name) {
  host::SharedFile::Remove(name);
}

}  // namespace fozzy::channels
