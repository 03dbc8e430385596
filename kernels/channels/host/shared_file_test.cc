#include "kernels/channels/host/shared_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <string>

namespace fozzy::channels::host {
namespace {

TEST(SharedFileTest, WhoOpensTheSameNameSeesTheSameBytes) {
  const std::string name = "shared-file-test-" + std::to_string(getpid());
  auto one = SharedFile::Open(name);
  auto other = SharedFile::Open(name);
  ASSERT_TRUE(one.ok() && other.ok());
  EXPECT_EQ(one->Size(), 0u);

  std::byte* const bytes = one->Map(5000);
  ASSERT_NE(bytes, nullptr);
  std::memcpy(bytes + 4990, "hello", 5);

  EXPECT_EQ(other->Size(), 5000u);
  EXPECT_EQ(std::memcmp(other->Map(5000) + 4990, "hello", 5), 0);
  SharedFile::Remove(name);
  auto fresh = SharedFile::Open(name);
  ASSERT_TRUE(fresh.ok());
  EXPECT_EQ(fresh->Size(), 0u);
  SharedFile::Remove(name);
}

TEST(SharedFileTest, ALockHasOneHolderAndEndsWithIt) {
  const std::string name = "shared-lock-test-" + std::to_string(getpid());
  auto one = SharedFile::Open(name);
  ASSERT_TRUE(one.ok());
  {
    auto other = SharedFile::Open(name);
    ASSERT_TRUE(other.ok());
    EXPECT_TRUE(other->TryLock(SharedLock::kSender));
    EXPECT_TRUE(one->IsLocked(SharedLock::kSender));
    EXPECT_FALSE(one->IsLocked(SharedLock::kReceiver));
    EXPECT_FALSE(one->TryLock(SharedLock::kSender));
    EXPECT_TRUE(one->TryLock(SharedLock::kReceiver));
  }
  EXPECT_FALSE(one->IsLocked(SharedLock::kSender));
  EXPECT_TRUE(one->TryLock(SharedLock::kSender));
  one->Unlock(SharedLock::kSender);
  one->Lock(SharedLock::kSetUp);
  SharedFile::Remove(name);
}

TEST(SharedFileTest, NamesHaveNoSlash) {
  EXPECT_FALSE(SharedFile::Open("a/b").ok());
  EXPECT_FALSE(SharedFile::Open("").ok());
  EXPECT_FALSE(SharedFile::Open(std::string(300, 'a')).ok());
}

}  // namespace
}  // namespace fozzy::channels::host
