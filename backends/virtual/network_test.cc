#include "backends/virtual/network.h"

#include <string>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

// Delivers the oldest deliverable message and returns its id.
uint64_t DeliverOldest(Network& network) {
  const Message& message = network.Take(0);
  network.Deliver(message);
  return message.id;
}

TEST(NetworkTest, DeliversInTheOrderOfSending) {
  UndoLog undo;
  Network network(undo);
  network.Send("a", "b", "1");
  network.Send("a", "c", "2");
  network.Send("b", "a", "3");

  EXPECT_EQ(DeliverOldest(network), 1);
  EXPECT_EQ(DeliverOldest(network), 2);
  EXPECT_EQ(DeliverOldest(network), 3);
  EXPECT_EQ(network.deliverable(), 0);
}

TEST(NetworkTest, HoldsMessagesOfACutPairInBothDirections) {
  UndoLog undo;
  Network network(undo);
  network.Send("a", "b", "1");
  network.SetPartition("b", "a", true);
  network.Send("b", "a", "2");
  network.Send("a", "c", "3");

  EXPECT_EQ(network.deliverable(), 1);
  EXPECT_EQ(DeliverOldest(network), 3);
  network.SetPartition("a", "b", false);
  EXPECT_EQ(DeliverOldest(network), 1);
  EXPECT_EQ(DeliverOldest(network), 2);
}

TEST(NetworkTest, CuttingTwiceNeedsOneHealing) {
  UndoLog undo;
  Network network(undo);
  network.SetPartition("a", "b", true);
  network.SetPartition("a", "b", true);
  network.Send("a", "b", "1");
  network.SetPartition("b", "a", false);

  EXPECT_EQ(network.deliverable(), 1);
}

TEST(NetworkTest, DeliveredMessagesDoNotComeBackWhenAPairHeals) {
  UndoLog undo;
  Network network(undo);
  network.Send("a", "b", "1");
  DeliverOldest(network);
  network.SetPartition("a", "b", true);
  network.SetPartition("a", "b", false);

  EXPECT_EQ(network.deliverable(), 0);
}

TEST(NetworkTest, EachMessageIsReceivedOnceAndFromItsSender) {
  UndoLog undo;
  Network network(undo);
  network.Send("a", "c", "m");
  network.Send("b", "c", "m");
  DeliverOldest(network);
  DeliverOldest(network);
  const absl::string_view b = "b";
  const absl::string_view d = "d";

  EXPECT_FALSE(network.Receive("c", &d, "m"));
  EXPECT_TRUE(network.Receive("c", &b, "m"));
  EXPECT_FALSE(network.Receive("c", &b, "m"));
  EXPECT_TRUE(network.Receive("c", nullptr, "m"));
  EXPECT_FALSE(network.Receive("c", nullptr, "m"));
}

TEST(NetworkTest, RollingBackPutsEveryChangeBack) {
  UndoLog undo;
  Network network(undo);
  network.Send("a", "b", "1");
  network.Send("a", "b", "2");
  DeliverOldest(network);

  const size_t mark = undo.Open();
  EXPECT_TRUE(network.Receive("b", nullptr, "1"));
  DeliverOldest(network);
  EXPECT_TRUE(network.Receive("b", nullptr, "2"));
  network.SetPartition("a", "b", true);
  network.Send("a", "b", "3");
  network.Send("c", "b", "4");
  DeliverOldest(network);
  undo.RollBack(mark);

  EXPECT_EQ(network.deliverable(), 1);
  EXPECT_EQ(DeliverOldest(network), 2);
  EXPECT_TRUE(network.Receive("b", nullptr, "1"));
  EXPECT_TRUE(network.Receive("b", nullptr, "2"));
  EXPECT_FALSE(network.Receive("b", nullptr, "4"));
  EXPECT_EQ(network.Send("a", "b", "again"), 3);
}

TEST(NetworkTest, RollsBackFromTheInsideOut) {
  UndoLog undo;
  Network network(undo);

  const size_t outer = undo.Open();
  network.Send("a", "b", "outer");
  const size_t inner = undo.Open();
  network.SetPartition("a", "b", true);
  undo.RollBack(inner);
  EXPECT_EQ(network.deliverable(), 1);
  undo.RollBack(outer);

  EXPECT_EQ(network.deliverable(), 0);
}

}  // namespace
}  // namespace fozzy
