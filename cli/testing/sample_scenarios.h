// Steps of scenarios, for WriteScenario, and how their runs end.
#ifndef FOZZY_CLI_TESTING_SAMPLE_SCENARIOS_H_
#define FOZZY_CLI_TESTING_SAMPLE_SCENARIOS_H_

namespace fozzy {

inline constexpr char kPassing[] = R"({"type":"trace_event","name":"begin"},
{"type":"rand_u64","key":"k"},
{"type":"sleep","duration":"20ms"})";

// Draws, so that its trace has decisions.
inline constexpr char kFailing[] = R"({"type":"trace_event","name":"begin"},
{"type":"rand_u64","key":"k"},
{"type":"get_kv_assert","key":"k","equals":"no number"})";

// Takes 60 s of virtual time.
inline constexpr char kSlow[] = R"({"type":"sleep","duration":"60s"},
{"type":"sleep","duration":"60s"})";

// Is read, but fails the static checks.
inline constexpr char kInvalid[] = R"({"type":"sleep","duration":"soon"})";

// A cluster whose writes all reach all nodes.
inline constexpr char kReplicas[] =
    R"({"version":1,"name":"replicas","distributed":{"node_count":3,"steps":[
{"type":"client_put","node":"n0","key":"a","value":"1"},
{"type":"client_put","node":"n1","key":"b","value":"2"}],
"invariants":[{"type":"kv_all_equal","key":"a"},
{"type":"kv_present_on_all","key":"b"}]}})";

// Under every schedule n1 has not got the key when the script ends at once.
inline constexpr char kStaleRead[] =
    R"({"version":1,"name":"stale","distributed":{"nodes":["n0","n1"],"steps":[
{"type":"partition","a":"n0","b":"n1"},
{"type":"client_put","node":"n0","key":"a","value":"1"},
{"type":"client_get_assert","node":"n1","key":"a","equals":"1"}]}})";

}  // namespace fozzy

#endif  // FOZZY_CLI_TESTING_SAMPLE_SCENARIOS_H_
