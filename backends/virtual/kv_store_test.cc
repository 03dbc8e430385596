#include "backends/virtual/kv_store.h"

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(KvStoreTest, ReturnsTheLastValueSet) {
  UndoLog undo;
  KvStore store(undo);
  store.Set("k", "a");
  store.Set("k", "b");

  ASSERT_NE(store.Find("k"), nullptr);
  EXPECT_EQ(*store.Find("k"), "b");
  EXPECT_EQ(store.Find("K"), nullptr);
}

TEST(KvStoreTest, RollingBackBringsOldValuesAndAbsenceBack) {
  UndoLog undo;
  KvStore store(undo);
  store.Set("old", "a");

  const size_t mark = undo.Open();
  store.Set("old", "b");
  store.Set("new", "c");
  store.Set("new", "d");
  undo.RollBack(mark);

  EXPECT_EQ(*store.Find("old"), "a");
  EXPECT_EQ(store.Find("new"), nullptr);
}

}  // namespace
}  // namespace fozzy
