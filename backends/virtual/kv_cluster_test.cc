#include "backends/virtual/kv_cluster.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

constexpr uint32_t kKey = 0;
constexpr uint32_t kOther = 1;

KvCluster::Options Nodes(std::vector<std::string> nodes) {
  KvCluster::Options options;
  options.nodes = std::move(nodes);
  options.keys = 2;
  options.pairs = {{1, 0}};
  return options;
}

KvCluster::Options Broken(std::vector<std::string> nodes) {
  KvCluster::Options options = Nodes(std::move(nodes));
  options.restamps_on_heal = true;
  return options;
}

void DeliverAll(KvCluster& cluster, bool newest_first) {
  while (cluster.deliverable() > 0) {
    cluster.Deliver(newest_first ? cluster.deliverable() - 1 : 0);
  }
}

// Returns the value of kKey, or -1.
int64_t ValueAt(const KvCluster& cluster, uint32_t node, uint32_t key = kKey) {
  const Replica* replica = cluster.Get(node, key);
  return replica == nullptr ? -1 : int64_t{replica->value};
}

TEST(KvClusterTest, SendsAWriteToTheOthersInTheOrderOfTheirNames) {
  KvCluster cluster(Nodes({"n2", "n10", "n1"}));
  cluster.Put(0, kKey, 5);

  EXPECT_EQ(cluster.message(cluster.Deliver(0)).to, 2u);
  EXPECT_EQ(cluster.message(cluster.Deliver(0)).to, 1u);
  EXPECT_EQ(cluster.in_flight(), 0u);
}

TEST(KvClusterTest, AMessageSaysWhatWasWrittenAndHasTheNextId) {
  KvCluster cluster(Nodes({"a", "b"}));
  cluster.Put(0, kKey, 5);
  EXPECT_EQ(cluster.Put(0, kKey, 6), 2u);

  EXPECT_EQ(cluster.Deliver(1), 2u);
  const KvCluster::Message& message = cluster.message(2);
  EXPECT_EQ(message.version, 2u);
  EXPECT_EQ(message.from, 0u);
  EXPECT_EQ(message.key, kKey);
  EXPECT_EQ(message.value, 6u);
}

TEST(KvClusterTest, ConflictingWritesConvergeInEveryOrderOfDelivery) {
  for (const bool newest_first : {false, true}) {
    KvCluster cluster(Nodes({"a", "b", "c"}));
    cluster.Put(0, kKey, 10);
    cluster.Put(1, kKey, 11);
    DeliverAll(cluster, newest_first);

    EXPECT_EQ(ValueAt(cluster, 0), 11) << newest_first;
    EXPECT_EQ(ValueAt(cluster, 1), 11) << newest_first;
    EXPECT_EQ(ValueAt(cluster, 2), 11) << newest_first;
  }
}

TEST(KvClusterTest, MessagesWaitWhileAnEndIsCrashedOrCutOff) {
  KvCluster cluster(Nodes({"a", "b"}));
  cluster.Put(0, kKey, 5);
  cluster.SetRunning(1, false);
  EXPECT_EQ(cluster.deliverable(), 0u);
  EXPECT_EQ(cluster.in_flight(), 1u);

  cluster.SetPartition(1, 0, true);
  cluster.SetRunning(1, true);
  EXPECT_EQ(cluster.deliverable(), 0u);

  cluster.SetPartition(0, 1, false);
  EXPECT_EQ(cluster.deliverable(), 1u);
}

TEST(KvClusterTest, WhatIsSentWhileAnEndIsCrashedOrCutOffWaitsToo) {
  KvCluster cluster(Nodes({"a", "b", "c"}));
  cluster.SetPartition(0, 1, true);
  cluster.SetRunning(2, false);
  cluster.Put(0, kKey, 5);
  EXPECT_EQ(cluster.deliverable(), 0u);
  cluster.SetPartition(0, 1, false);
  EXPECT_EQ(cluster.deliverable(), 1u);
  cluster.SetRunning(2, true);
  EXPECT_EQ(cluster.deliverable(), 2u);
}

TEST(KvClusterTest, ACrashedNodeIgnoresWritesAndKeepsItsData) {
  KvCluster cluster(Nodes({"a", "b"}));
  cluster.Put(0, kKey, 5);
  cluster.SetRunning(0, false);
  EXPECT_EQ(cluster.Put(0, kKey, 6), 0u);
  EXPECT_EQ(cluster.Put(0, kOther, 6), 0u);
  cluster.SetRunning(0, true);

  EXPECT_EQ(ValueAt(cluster, 0), 5);
  EXPECT_EQ(ValueAt(cluster, 0, kOther), -1);
}

TEST(KvClusterTest, IsAsNewOnceReset) {
  KvCluster cluster(Nodes({"a", "b"}));
  cluster.Put(0, kKey, 5);
  cluster.Put(1, kKey, 6);
  cluster.SetPartition(0, 1, true);
  cluster.SetRunning(0, false);
  cluster.Reset();
  cluster.Put(0, kKey, 4);
  cluster.Reset();

  EXPECT_EQ(cluster.deliverable(), 0u);
  EXPECT_EQ(cluster.in_flight(), 0u);
  EXPECT_TRUE(cluster.is_running(0));
  EXPECT_EQ(ValueAt(cluster, 0), -1);
  EXPECT_EQ(ValueAt(cluster, 1), -1);
  EXPECT_EQ(cluster.Put(1, kKey, 7), 1u);
  EXPECT_EQ(cluster.Deliver(0), 1u);
  EXPECT_EQ(ValueAt(cluster, 0), 7);
}

// Writes twice on node 0, cut off from node 1 meanwhile, and delivers.
int64_t ValueAfterHeal(const KvCluster::Options& options, bool newest_first) {
  KvCluster cluster(options);
  cluster.Put(0, kKey, 10);
  cluster.SetPartition(0, 1, true);
  cluster.Put(0, kKey, 11);
  cluster.SetPartition(0, 1, false);
  DeliverAll(cluster, newest_first);
  return ValueAt(cluster, 1);
}

TEST(KvClusterTest, RestampingLosesAWriteThatOvertakesAnOlderOne) {
  EXPECT_EQ(ValueAfterHeal(Nodes({"a", "b"}), true), 11);
  EXPECT_EQ(ValueAfterHeal(Nodes({"a", "b"}), false), 11);
  EXPECT_EQ(ValueAfterHeal(Broken({"a", "b"}), false), 11);
  EXPECT_EQ(ValueAfterHeal(Broken({"a", "b"}), true), 10);
}

TEST(KvClusterTest, RestampingNeedsAPartition) {
  KvCluster cluster(Broken({"a", "b"}));
  cluster.Put(0, kKey, 10);
  cluster.Put(0, kKey, 11);
  cluster.SetPartition(0, 1, false);
  DeliverAll(cluster, /*newest_first=*/true);
  EXPECT_EQ(ValueAt(cluster, 1), 11);
}

TEST(KvClusterTest, RestampingNeedsTheOlderWriteToWaitUntilTheHeal) {
  KvCluster cluster(Broken({"a", "b"}));
  cluster.Put(0, kKey, 10);
  cluster.Deliver(0);
  cluster.SetPartition(0, 1, true);
  cluster.Put(0, kKey, 11);
  cluster.SetPartition(0, 1, false);
  DeliverAll(cluster, /*newest_first=*/true);
  EXPECT_EQ(ValueAt(cluster, 1), 11);
}

}  // namespace
}  // namespace fozzy
