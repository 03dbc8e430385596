#include "fozzy/std.h"

#include <gtest/gtest.h>

#include <vector>

#include "fozzy/property.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

// A queue of at most two numbers, that uses a little of everything.
template <class Sync>
class Queue {
 public:
  void Push(int number) {
    typename Sync::template unique_lock<typename Sync::mutex> lock(mutex_);
    room_.wait(lock, [this] { return numbers_.size() < 2; });
    numbers_.push_back(number);
    pushed_.fetch_add(1, std::memory_order_relaxed);
    lock.unlock();
    filled_.notify_one();
  }

  int Pop() {
    typename Sync::template unique_lock<typename Sync::mutex> lock(mutex_);
    while (numbers_.empty()) {
      filled_.wait_for(lock, std::chrono::milliseconds(1));
    }
    const int number = numbers_.front();
    numbers_.erase(numbers_.begin());
    room_.notify_all();
    return number;
  }

  int pushed() const { return pushed_.load(); }

 private:
  typename Sync::mutex mutex_;
  typename Sync::condition_variable room_;
  typename Sync::condition_variable filled_;
  std::vector<int> numbers_;
  typename Sync::template atomic<int> pushed_{0};
};

// Returns what all tasks add up to: the same in every schedule.
template <class Sync>
int Work() {
  Queue<Sync> queue;
  typename Sync::latch ready(2);
  typename Sync::template counting_semaphore<4> permits(0);
  typename Sync::template barrier<> meeting(2);
  typename Sync::once_flag once;
  typename Sync::shared_mutex shared;
  typename Sync::recursive_mutex recursive;
  typename Sync::template var<int> total = 0;
  typename Sync::thread producer([&] {
    ready.count_down();
    for (int i = 1; i <= 3; ++i) queue.Push(i);
    permits.release(2);
    meeting.arrive_and_wait();
    Sync::call_once(once, [&] { permits.release(); });
  });
  typename Sync::jthread consumer([&](typename Sync::stop_token token) {
    ready.arrive_and_wait();
    int sum = 0;
    for (int i = 0; i < 3; ++i) sum += queue.Pop();
    permits.acquire();
    meeting.arrive_and_wait();
    Sync::call_once(once, [&] { permits.release(); });
    const typename Sync::template scoped_lock<typename Sync::shared_mutex,
                                              typename Sync::recursive_mutex>
        both(shared, recursive);
    total = total + sum;
    while (!token.stop_requested()) Sync::yield();
  });
  producer.join();
  consumer.request_stop();
  consumer.join();
  permits.acquire();
  const typename Sync::template shared_lock<typename Sync::shared_mutex> read(
      shared);
  typename Sync::template promise<int> sender;
  typename Sync::template future<int> receiver = sender.get_future();
  auto sent = Sync::async(std::launch::async, [&] { sender.set_value(10); });
  auto later = Sync::async(
      std::launch::deferred, [](int n) { return n; }, 100);
  Sync::sleep_for(std::chrono::microseconds(1));
  return total + receiver.get() + later.get() +
         (permits.try_acquire() ? 1000 : 0) + queue.pushed();
}

TEST(StdTest, TheSameCodeGivesTheSameNatively) {
  EXPECT_EQ(Work<StdSync>(), 6 + 10 + 100 + 1000 + 3);
}

TEST(StdTest, TheSameCodeGivesTheSameSimulated) {
  const auto finding = Search([] {
    FOZZY_ALWAYS(Work<SimSync>() == 6 + 10 + 100 + 1000 + 3, "as natively");
  });

  EXPECT_EQ(TextOf(finding), "none");
}

namespace threads = std_names;

TEST(StdTest, CodeReachesTheSimulationThroughANamespace) {
  EXPECT_EQ(
      TextOf(RunOnce([] {
        threads::mutex mutex;
        threads::condition_variable changed;
        bool is_ready = false;
        threads::thread waiter([&] {
          threads::unique_lock<threads::mutex> lock(mutex);
          changed.wait(lock, [&] { return is_ready; });
        });
        const auto start = threads::chrono::steady_clock::now();
        threads::this_thread::sleep_for(threads::chrono::seconds(1));
        FOZZY_ALWAYS(threads::chrono::steady_clock::now() - start ==
                         threads::chrono::seconds(1),
                     "virtual");
        {
          const threads::lock_guard<threads::mutex> lock(mutex);
          is_ready = true;
        }
        changed.notify_one();
        waiter.join();
        FOZZY_ALWAYS(
            threads::async(threads::launch::async, [] { return 3; }).get() == 3,
            "there");
      })),
      "none");
}

}  // namespace
}  // namespace fozzy
