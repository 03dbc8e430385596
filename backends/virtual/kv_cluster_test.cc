#include "backends/virtual/kv_cluster.h"

#include <string>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

void DeliverAll(KvCluster& cluster, bool newest_first) {
  while (cluster.deliverable() > 0) {
    cluster.Deliver(newest_first ? cluster.deliverable() - 1 : 0);
  }
}

std::string ValueAt(const KvCluster& cluster, uint32_t node) {
  const Replica* replica = cluster.Get(node, "k");
  return replica == nullptr ? "(none)" : replica->value;
}

TEST(KvClusterTest, SendsAWriteToTheOthersInTheOrderOfTheirNames) {
  KvCluster cluster({"n2", "n10", "n1"});
  cluster.Put(0, "k", "v");

  EXPECT_EQ(cluster.nodes()[cluster.Deliver(0).to], "n1");
  EXPECT_EQ(cluster.nodes()[cluster.Deliver(0).to], "n10");
  EXPECT_EQ(cluster.in_flight(), 0);
}

TEST(KvClusterTest, ConflictingWritesConvergeInEveryOrderOfDelivery) {
  for (const bool newest_first : {false, true}) {
    KvCluster cluster({"a", "b", "c"});
    cluster.Put(0, "k", "from a");
    cluster.Put(1, "k", "from b");
    DeliverAll(cluster, newest_first);

    EXPECT_EQ(ValueAt(cluster, 0), "from b") << newest_first;
    EXPECT_EQ(ValueAt(cluster, 1), "from b") << newest_first;
    EXPECT_EQ(ValueAt(cluster, 2), "from b") << newest_first;
  }
}

TEST(KvClusterTest, MessagesWaitWhileAnEndIsCrashedOrCutOff) {
  KvCluster cluster({"a", "b"});
  cluster.Put(0, "k", "v");
  cluster.SetRunning(1, false);
  EXPECT_EQ(cluster.deliverable(), 0);
  EXPECT_EQ(cluster.in_flight(), 1);

  cluster.SetPartition(1, 0, true);
  cluster.SetRunning(1, true);
  EXPECT_EQ(cluster.deliverable(), 0);

  cluster.SetPartition(0, 1, false);
  EXPECT_EQ(cluster.deliverable(), 1);
}

TEST(KvClusterTest, ACrashedNodeIgnoresWritesAndKeepsItsData) {
  KvCluster cluster({"a", "b"});
  cluster.Put(0, "k", "v");
  cluster.SetRunning(0, false);
  EXPECT_EQ(cluster.Put(0, "k", "w"), 0);
  cluster.SetRunning(0, true);

  EXPECT_EQ(ValueAt(cluster, 0), "v");
}

TEST(KvClusterTest, FindsNodesByNameWhateverTheirOrder) {
  const KvCluster cluster({"z", "a", "m"});

  EXPECT_EQ(cluster.IndexOf("z"), 0);
  EXPECT_EQ(cluster.IndexOf("a"), 1);
  EXPECT_EQ(cluster.IndexOf("m"), 2);
}

}  // namespace
}  // namespace fozzy
