#include "sim/sync/task_storage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

TEST(TaskStorageTest, CallsTheLatestFirstAndWhatIsAddedMeanwhile) {
  TaskStorage storage;
  static std::vector<int> log;
  log.clear();
  static TaskStorage* its = &storage;
  static constexpr TaskId kTask{3};
  static int numbers[] = {0, 1, 2};
  const auto say = [](void* number) {
    log.push_back(*static_cast<int*>(number));
  };
  storage.Add(kTask, 0, {say, &numbers[0]});
  storage.Add(TaskId{4}, 0, {say, &numbers[1]});
  storage.Add(kTask, 7,
              {[](void* number) {
                 log.push_back(*static_cast<int*>(number));
                 its->Add(kTask, 0, {[](void*) { log.push_back(9); }, nullptr});
               },
               &numbers[2]});
  EXPECT_EQ(storage.Find(kTask, 7), &numbers[2]);
  EXPECT_EQ(storage.Find(TaskId{4}, 7), nullptr);

  storage.Leave(kTask);

  EXPECT_THAT(log, ElementsAre(2, 9, 0));
  EXPECT_EQ(storage.Find(kTask, 7), nullptr);
}

// Says when it is destroyed.
struct Loud {
  explicit Loud(std::vector<std::string>* its, std::string what)
      : log(its), name(std::move(what)) {}
  Loud(const Loud&) = delete;
  Loud& operator=(const Loud&) = delete;
  Loud(Loud&& other) noexcept
      : log(std::exchange(other.log, nullptr)), name(std::move(other.name)) {}
  ~Loud() {
    if (log != nullptr) log->push_back(name);
  }
  std::vector<std::string>* log;
  std::string name;
};

TEST(ThreadLocalTest, EachTaskHasItsOwn) {
  const Runs runs = RunAll([] {
    thread_local_var<int> depth = 5;
    thread_local_var<std::vector<int>> path;
    const auto work = [&](int number) {
      for (int i = 0; i < 2; ++i) {
        *depth += number;
        path->push_back(number);
        this_thread::yield();
      }
      FOZZY_ALWAYS(depth == 5 + 2 * number, "its own");
      FOZZY_ALWAYS(path->size() == 2 && path->front() == number, "its own");
    };
    thread other(work, 1);
    work(10);
    other.join();
    depth = 7;
    FOZZY_ALWAYS(depth.get() == 7, "assigned");
  });

  EXPECT_EQ(TextOf(runs.finding), "none");
  EXPECT_GT(runs.count, 3u);
}

TEST(ThreadLocalTest, IsDestroyedInReverseOrderWhenItsTaskEnds) {
  std::vector<std::string> log;

  EXPECT_EQ(TextOf(RunOnce([&] {
              static std::vector<std::string>* its;
              its = &log;
              thread_local_var<Loud> a([] { return Loud(its, "a"); });
              thread_local_var<Loud> b([] { return Loud(its, "b"); });
              thread other([&] {
                b.get();
                a.get();
                log.push_back("body");
              });
              other.join();
              log.push_back("joined");
              a.get();
            })),
            "none");

  EXPECT_THAT(log, ElementsAre("body", "a", "b", "joined", "a"));
}

TEST(ThreadLocalTest, OutsideOfRunsThereIsOne) {
  thread_local_var<int> number = 3;
  EXPECT_EQ(*number, 3);
  *number = 4;
  EXPECT_EQ(TextOf(RunOnce([&] { FOZZY_ALWAYS(*number == 3, "its own"); })),
            "none");
  EXPECT_EQ(*number, 4);
}

}  // namespace
}  // namespace fozzy
