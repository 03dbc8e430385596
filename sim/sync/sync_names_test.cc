#include "sim/sync/sync_names.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

TEST(SyncNamesTest, ObjectsAreCalledByTheirTypes) {
  EXPECT_EQ(NameOf(hooks::SyncKind::kMutex), "mutex");
  EXPECT_EQ(NameOf(hooks::SyncKind::kCondition), "condition variable");
  EXPECT_EQ(NameOf(hooks::SyncKind::kAtomic), "atomic object");
}

}  // namespace
}  // namespace fozzy
