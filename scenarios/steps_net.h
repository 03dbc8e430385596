// Steps on the network.
#ifndef FOZZY_SCENARIOS_STEPS_NET_H_
#define FOZZY_SCENARIOS_STEPS_NET_H_

#include "scenarios/step_spec.h"

namespace fozzy {

// net_partition and net_heal.
struct NetConnection {
  enum Field : size_t { kA, kB };
  static constexpr FieldSpec kFields[] = {
      {"a", FieldType::kText},
      {"b", FieldType::kText},
  };
  static void RunPartition(StepRunner& runner, const Step& step);
  static void RunHeal(StepRunner& runner, const Step& step);
};

struct NetSetDropRate {
  enum Field : size_t { kRate };
  static constexpr FieldSpec kFields[] = {{"rate", FieldType::kF64}};
  static void Check(const Step& step, CheckReport& report);
  static void Run(StepRunner& runner, const Step& step);
};

struct NetSetReorder {
  enum Field : size_t { kEnabled };
  static constexpr FieldSpec kFields[] = {{"enabled", FieldType::kBool}};
  static void Run(StepRunner& runner, const Step& step);
};

struct NetSend {
  enum Field : size_t { kFrom, kTo, kPayload };
  static constexpr FieldSpec kFields[] = {
      {"from", FieldType::kText},
      {"to", FieldType::kText},
      {"payload", FieldType::kText},
  };
  static void Run(StepRunner& runner, const Step& step);
};

struct NetDeliverOne {
  enum Field : size_t { kStrategy };
  static constexpr FieldSpec kFields[] = {
      {"strategy", FieldType::kText, Presence::kOptional},
  };
  static void Run(StepRunner& runner, const Step& step);
};

struct NetRecvAssert {
  enum Field : size_t { kNode, kFrom, kPayload };
  static constexpr FieldSpec kFields[] = {
      {"node", FieldType::kText},
      {"from", FieldType::kText, Presence::kOptional},
      {"payload", FieldType::kText},
  };
  static void Run(StepRunner& runner, const Step& step);
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_STEPS_NET_H_
