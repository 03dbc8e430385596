#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <vector>

#include "fozzy/heap.h"
#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using testing::AllOf;
using testing::HasSubstr;

struct Node {
  explicit Node(int its = 0) : value(its) {}
  atomic<int> value;
  var<int> plain = 1;
  mutex lock;
};

TEST(HeapTest, ObjectsLiveUntilTheyAreDestroyed) {
  EXPECT_EQ(TextOf(RunOnce([] {
              auto* node = heap::create<Node>(3);
              FOZZY_ALWAYS(node->value == 3, "constructed");
              heap::destroy(node);
              heap::destroy<Node>(nullptr);
              const heap::unique_ptr<Node> owned(heap::create<Node>());
              std::vector<int, heap::allocator<int>> numbers(100, 7);
              std::set<int, std::less<>, heap::allocator<int>> sorted = {2, 1};
              FOZZY_ALWAYS(numbers[99] == 7 && *sorted.begin() == 1, "there");
              void* raw = heap::allocate(100, 64);
              heap::deallocate(raw);
            })),
            "none");
}

TEST(HeapTest, OutsideOfRunsItIsMemoryOfTheHost) {
  auto* node = heap::create<Node>(4);
  EXPECT_EQ(node->value.load(), 4);
  EXPECT_FALSE(HeapBlocks::IsHeap(node));
  heap::destroy(node);
  heap::deallocate(heap::allocate(10, 64));
}

TEST(HeapTest, UsingWhatAnotherTaskDestroyedIsFound) {
  const auto finding = Search([] {
    auto* node = heap::create<Node>(3);
    thread user([&] { node->value.store(4); });
    heap::destroy(node);
    user.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kUseAfterFree);
  EXPECT_THAT(finding->message,
              AllOf(HasSubstr("task 1 at heap_hooks_test.cc:"),
                    HasSubstr(" uses what main at heap_hooks_test.cc:"),
                    HasSubstr("destroyed; it was created by main at heap")));
}

// Calls `use` after its node was destroyed.
void ExpectUseAfterFree(void (*use)(Node& node)) {
  const auto finding = RunOnce([&] {
    auto* node = heap::create<Node>();
    heap::destroy(node);
    use(*node);
  });
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kUseAfterFree) << finding->message;
}

TEST(HeapTest, EveryKindOfUseAfterFreeIsFound) {
  ExpectUseAfterFree([](Node& node) { node.value.load(); });
  ExpectUseAfterFree([](Node& node) { node.value.store(1); });
  ExpectUseAfterFree([](Node& node) { ++node.value; });
  ExpectUseAfterFree([](Node& node) { node.value.wait(0); });
  ExpectUseAfterFree([](Node& node) { node.value.notify_one(); });
  ExpectUseAfterFree([](Node& node) { node.plain = 3; });
  ExpectUseAfterFree([](Node& node) { static_cast<void>(node.plain + 1); });
  ExpectUseAfterFree([](Node& node) { node.lock.lock(); });
  ExpectUseAfterFree([](Node& node) { node.lock.try_lock(); });
  ExpectUseAfterFree([](Node& node) { node.lock.unlock(); });
}

// The object is destroyed while its user waits for a turn.
TEST(HeapTest, LocalObjectsThatAreGoneAreFoundToo) {
  const auto finding = Search([] {
    atomic<int>* pointer = nullptr;
    thread user;
    {
      atomic<int> local = 1;
      pointer = &local;
      user = thread([&] { pointer->fetch_add(1); });
      local.load();
    }
    user.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kUseAfterFree) << finding->message;
}

TEST(HeapTest, DestroyingTwiceIsFound) {
  const auto finding = Search([] {
    auto* node = heap::create<Node>(3);
    const auto destroy = [&] { heap::destroy(node); };
    thread other(destroy);
    destroy();
    other.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kDoubleFree);
  EXPECT_THAT(finding->message, HasSubstr("destroys what"));
}

TEST(HeapTest, FreeingTheMiddleOfABlockIsAPanic) {
  EXPECT_THAT(TextOf(RunOnce([] {
                auto* bytes = static_cast<char*>(heap::allocate(64));
                heap::deallocate(bytes + 16);
              })),
              HasSubstr("panic/free of what is not the start of a block"));
}

TEST(HeapTest, WhatIsLeftAtTheEndIsALeak) {
  const auto finding = RunOnce([] {
    heap::create<int>(3);
    heap::create<long>(4);
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kLeak);
  EXPECT_THAT(finding->title, HasSubstr("heap_hooks_test.cc:"));
  EXPECT_THAT(finding->message,
              HasSubstr("blocks of 12 bytes in all were never destroyed; the "
                        "first was created by main at heap_hooks_test.cc:"));
}

TEST(HeapTest, DestroyingALockThatAnotherHoldsIsUseAfterFree) {
  const auto finding = Search([] {
    auto* node = heap::create<Node>();
    thread user([&] {
      const lock_guard guard(node->lock);
      this_thread::yield();
    });
    heap::destroy(node);
    user.join();
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kUseAfterFree);
}

TEST(HeapTest, AConstructorThatThrowsLeavesNothingBehind) {
  struct Thrower {
    Thrower() { throw std::runtime_error("no"); }
  };
  EXPECT_EQ(TextOf(RunOnce([] {
              try {
                heap::create<Thrower>();
              } catch (const std::runtime_error&) {
              }
            })),
            "none");
}

}  // namespace
}  // namespace fozzy
