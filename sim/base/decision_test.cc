#include "fozzy/decision.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace fozzy {
namespace {

// The numbers and names are stored in traces: a change of any of these lines
// breaks old recordings.
TEST(DecisionTest, KindsOfChoicesKeepTheirNumbersAndNames) {
  const std::string_view names[] = {
      "task",       "random", "deliver",  "drop", "fault",   "progress",
      "reads_from", "place",  "spurious", "wake", "deadline"};
  ASSERT_EQ(std::size(names), kChoiceKinds);
  for (uint8_t i = 0; i < kChoiceKinds; ++i) {
    EXPECT_EQ(ChoiceKindName(static_cast<ChoiceKind>(i)), names[i]);
  }
}

TEST(DecisionTest, KindsOfObservationsKeepTheirNumbersAndNames) {
  const std::string_view names[] = {"timeout",   "process",  "http",
                                    "fs_read",   "fs_write", "fs_snapshot",
                                    "fs_restore"};
  ASSERT_EQ(std::size(names), kObservationKinds);
  for (uint8_t i = 0; i < kObservationKinds; ++i) {
    EXPECT_EQ(ObservationKindName(static_cast<ObservationKind>(i)), names[i]);
  }
}

TEST(DecisionTest, EventsKeepTheirNumbersAndNames) {
  const std::string_view names[] = {"step",         "user",
                                    "finding",      "fault",
                                    "rollback",     "http_request",
                                    "proc_spawn",   "net_send",
                                    "net_deliver",  "net_drop",
                                    "memory_alloc", "memory_alloc_failed",
                                    "memory_free",  "memory_checkpoint",
                                    "fs_write",     "fs_read",
                                    "fs_snapshot",  "fs_restore",
                                    "client_put",   "client_get",
                                    "partition",    "heal",
                                    "crash",        "restart",
                                    "replicate",    "starvation",
                                    "log"};
  ASSERT_EQ(std::size(names), kEventKinds);
  for (uint8_t i = 0; i < kEventKinds; ++i) {
    const EventInfo& info = InfoOf(static_cast<EventKind>(i));
    EXPECT_EQ(static_cast<uint8_t>(info.kind), i) << names[i];
    EXPECT_EQ(info.name, names[i]);
  }
}

TEST(DecisionDeathTest, AnInvalidKindIsABug) {
  EXPECT_DEATH(ChoiceKindName(static_cast<ChoiceKind>(kChoiceKinds)),
               "check failed");
  EXPECT_DEATH(
      ObservationKindName(static_cast<ObservationKind>(kObservationKinds)),
      "check failed");
}

}  // namespace
}  // namespace fozzy
