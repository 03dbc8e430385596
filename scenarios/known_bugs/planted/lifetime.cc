// Objects that are given back too early, twice, or never.
#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {
namespace {

struct JobQueue {
  fozzy::atomic<int> pending{2};
  fozzy::atomic<int> finished{0};
};

}  // namespace

// The owner waits until no job is pending, closes its files and destroys the
// queue.  The worker counts its last job down first and writes its statistics
// into the queue afterwards.
template <bool kMended>
void WorkerOutlivesQueue() {
  auto* queue = fozzy::heap::create<JobQueue>();
  fozzy::atomic<int> open_files{6};
  fozzy::thread worker([queue] {
    for (int job = 0; job < 2; ++job) {
      if constexpr (kMended) queue->finished.fetch_add(1);
      queue->pending.fetch_sub(1);
      if constexpr (!kMended) queue->finished.fetch_add(1);
    }
  });

  while (queue->pending.load() != 0) fozzy::this_thread::yield();
  for (int i = 0; i < 6; ++i) open_files.fetch_sub(1);
  fozzy::heap::destroy(queue);
  worker.join();
}
template void WorkerOutlivesQueue<false>();
template void WorkerOutlivesQueue<true>();

// A pool accepts a job if it is open, and puts it in the queue.  In between it
// is shut down: the workers drain the queue and leave, and the job is never
// done though it was accepted.
template <bool kMended>
void SubmitAfterShutdown() {
  fozzy::mutex mutex;
  fozzy::atomic<bool> is_open{true};
  fozzy::atomic<int> queued{3};
  fozzy::atomic<int> done{0};
  fozzy::var<int> accepted{3};
  const auto do_one = [&] {
    const bool was_open = is_open.load();
    if (queued.load() > 0) {
      queued.fetch_sub(1);
      done.fetch_add(1);
      return true;
    }
    if (was_open) fozzy::this_thread::yield();
    return was_open;
  };
  const auto drain = [&] {
    while (do_one()) {
    }
  };
  const auto submit = [&] {
    if constexpr (kMended) mutex.lock();
    if (is_open.load()) {
      queued.fetch_add(1);
      accepted = accepted + 1;
    }
    if constexpr (kMended) mutex.unlock();
  };
  const auto shut_down = [&] {
    const fozzy::lock_guard<fozzy::mutex> lock(mutex);
    is_open.store(false);
  };

  RunTasks(drain, submit, shut_down);

  FOZZY_ALWAYS(done.load() == accepted, "what is accepted is done");
}
template void SubmitAfterShutdown<false>();
template void SubmitAfterShutdown<true>();

// A download that is cancelled after its buffer is there returns without it.
// It looks for the cancellation after each block, and only the look after the
// last one leaks.
template <bool kMended>
void LeakOnCancel() {
  fozzy::atomic<bool> is_cancelled{false};
  fozzy::atomic<int> bytes{0};
  const auto download = [&] {
    for (int block = 0; block < 5; ++block) {
      if (is_cancelled.load()) return;
      bytes.fetch_add(1);
    }
    auto* buffer = fozzy::heap::create<fozzy::atomic<int>>(0);
    buffer->store(bytes.load());
    if (!kMended && is_cancelled.load()) return;
    fozzy::heap::destroy(buffer);
  };
  const auto cancel = [&] { is_cancelled.store(true); };

  RunTasks(cancel, download);
}
template void LeakOnCancel<false>();
template void LeakOnCancel<true>();

// Completion and cancellation each destroy the request unless the other has
// said that it will.  Each looks before it says so, and both do.
template <bool kMended>
void DoubleFreeTwoOwners() {
  auto* request = fozzy::heap::create<fozzy::atomic<int>>(0);
  fozzy::atomic<bool> is_claimed{false};
  const auto claim = [&] {
    if constexpr (kMended) return !is_claimed.exchange(true);
    if (is_claimed.load()) return false;
    is_claimed.store(true);
    return true;
  };
  fozzy::atomic<int> progress{0};
  const auto complete = [&] {
    for (int i = 0; i < 11; ++i) progress.fetch_add(1);
    if (claim()) fozzy::heap::destroy(request);
  };
  const auto cancel = [&] {
    if (claim()) fozzy::heap::destroy(request);
  };

  RunTasks(cancel, complete);
}
template void DoubleFreeTwoOwners<false>();
template void DoubleFreeTwoOwners<true>();

namespace {

// Descriptors of files, the lowest free one first.
class Descriptors {
 public:
  int Open(int file) {
    const fozzy::lock_guard<fozzy::mutex> lock(mutex_);
    const int descriptor = files_[0] == 0 ? 0 : 1;
    files_[descriptor] = file;
    return descriptor;
  }

  void Close(int descriptor) {
    const fozzy::lock_guard<fozzy::mutex> lock(mutex_);
    files_[descriptor] = 0;
  }

  int FileOf(int descriptor) {
    const fozzy::lock_guard<fozzy::mutex> lock(mutex_);
    return files_[descriptor];
  }

 private:
  fozzy::mutex mutex_;
  fozzy::var<int> files_[2] = {0, 0};
};

}  // namespace

// A connection is closed by two tasks, each of which looks at "is open" first.
// After the first closing a third task opens a file and is given the same
// descriptor, and the second closing closes that.
// Source: the reason why close() must not be repeated after EINTR, as in the
// manual page close(2) of Linux.
template <bool kMended>
void DoubleClose() {
  Descriptors descriptors;
  fozzy::atomic<bool> is_connected{true};
  fozzy::atomic<int> handshakes{0};
  const int connection = descriptors.Open(1);
  const auto disconnect = [&] {
    if constexpr (kMended) {
      if (!is_connected.exchange(false)) return;
    } else {
      if (!is_connected.load()) return;
      is_connected.store(false);
    }
    descriptors.Close(connection);
  };
  const auto disconnect_and_open = [&] {
    disconnect();
    for (int i = 0; i < 5; ++i) handshakes.fetch_add(1);
    const int mine = descriptors.Open(2);
    FOZZY_ALWAYS(descriptors.FileOf(mine) == 2, "an open file stays open");
  };

  RunTasks(disconnect, disconnect_and_open);
}
template void DoubleClose<false>();
template void DoubleClose<true>();

namespace {

struct Logger {
  fozzy::atomic<int> lines{0};
};

}  // namespace

// The last user of the logger destroys it and forgets its address afterwards.
// A new user that comes in between takes the address of what is gone.
template <bool kMended>
void SingletonDestroyedEarly() {
  fozzy::mutex mutex;
  fozzy::atomic<Logger*> instance{nullptr};
  fozzy::atomic<int> users{0};
  const auto acquire = [&] {
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    if (instance.load() == nullptr) {
      instance.store(fozzy::heap::create<Logger>());
    }
    if constexpr (!kMended) lock.unlock();
    users.fetch_add(1);
    return instance.load();
  };
  const auto release = [&] {
    const fozzy::lock_guard<fozzy::mutex> lock(mutex);
    if (users.fetch_sub(1) != 1) return;
    Logger* const last = instance.exchange(nullptr);
    if (last != nullptr) fozzy::heap::destroy(last);
  };
  const auto log = [&] {
    Logger* const logger = acquire();
    if (logger != nullptr) logger->lines.fetch_add(1);
    release();
  };
  const auto log_twice = [&] {
    log();
    log();
  };

  RunTasks(log, log_twice);
}
template void SingletonDestroyedEarly<false>();
template void SingletonDestroyedEarly<true>();

}  // namespace fozzy::known_bugs
