#include "scenarios/distributed_table.h"

#include <algorithm>
#include <iterator>

namespace fozzy {
namespace {

constexpr FieldSpec kClientPut[] = {
    {"node", FieldType::kText},
    {"key", FieldType::kText},
    {"value", FieldType::kText},
};
constexpr FieldSpec kClientGet[] = {
    {"node", FieldType::kText},
    {"key", FieldType::kText},
    {"equals", FieldType::kText, Presence::kOptional},
    {"is_null", FieldType::kBool, Presence::kOptional},
};
constexpr FieldSpec kPair[] = {
    {"a", FieldType::kText},
    {"b", FieldType::kText},
};
constexpr FieldSpec kNode[] = {{"node", FieldType::kText}};
constexpr FieldSpec kTick[] = {{"duration", FieldType::kDuration}};
constexpr FieldSpec kKey[] = {{"key", FieldType::kText}};
constexpr FieldSpec kNodeEquals[] = {
    {"node", FieldType::kText},
    {"key", FieldType::kText},
    {"equals", FieldType::kText},
};

constexpr StepSpec kSteps[] = {
    {"client_get_assert", "read a key on a node and expect a value",
     R"({"type":"client_get_assert","node":"n0","key":"k","equals":"v"})",
     kClientGet},
    {"client_put", "write a key on a node, which tells the others",
     R"({"type":"client_put","node":"n0","key":"k","value":"v"})", kClientPut},
    {"crash", "stop a node; it keeps its data",
     R"({"type":"crash","node":"n0"})", kNode},
    {"heal", "connect two nodes again", R"({"type":"heal","a":"n0","b":"n1"})",
     kPair},
    {"partition", "cut two nodes off from each other",
     R"({"type":"partition","a":"n0","b":"n1"})", kPair},
    {"restart", "start a crashed node again",
     R"({"type":"restart","node":"n0"})", kNode},
    {"tick", "let time pass", R"({"type":"tick","duration":"10ms"})", kTick},
};

constexpr StepSpec kInvariants[] = {
    {"kv_all_equal", "all running nodes hold the same value of a key",
     R"({"type":"kv_all_equal","key":"k"})", kKey},
    {"kv_node_equals", "a node holds a value",
     R"({"type":"kv_node_equals","node":"n0","key":"k","equals":"v"})",
     kNodeEquals},
    {"kv_present_on_all", "all running nodes hold some value of a key",
     R"({"type":"kv_present_on_all","key":"k"})", kKey},
};

constexpr bool IsBefore(const StepSpec& a, const StepSpec& b) {
  return a.name < b.name;
}
static_assert(std::is_sorted(std::begin(kSteps), std::end(kSteps), IsBefore));
static_assert(std::is_sorted(std::begin(kInvariants), std::end(kInvariants),
                             IsBefore));

}  // namespace

StepTable DistributedSteps() { return kSteps; }

StepTable Invariants() { return kInvariants; }

}  // namespace fozzy
