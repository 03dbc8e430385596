#include "scenarios/step_table.h"

#include <algorithm>
#include <iterator>

#include "scenarios/steps_assert.h"
#include "scenarios/steps_clock.h"
#include "scenarios/steps_fs.h"
#include "scenarios/steps_http.h"
#include "scenarios/steps_kv.h"
#include "scenarios/steps_memory.h"
#include "scenarios/steps_net.h"
#include "scenarios/steps_proc.h"

namespace fozzy {
namespace {

constexpr StepSpec kSteps[] = {
    {"advance", "move virtual time forward",
     R"({"type":"advance","duration":"10ms"})", AdvanceStep::kFields, nullptr,
     AdvanceStep::Run},
    {"assert_eq_int", "expect two integers to be equal",
     R"({"type":"assert_eq_int","a":1,"b":1})", AssertInts::kFields, nullptr,
     AssertInts::RunEqual},
    {"assert_eq_str", "expect two strings to be equal",
     R"({"type":"assert_eq_str","a":"x","b":"x"})", AssertStrs::kFields,
     nullptr, AssertStrs::RunEqual},
    {"assert_eventually_kv", "expect a key to take a value in time",
     R"({"type":"assert_eventually_kv","key":"k","equals":"v","within":"25ms","poll":"10ms"})",
     AssertKv::kFields, AssertKv::Check, AssertKv::RunEventually},
    {"assert_ne_int", "expect two integers to differ",
     R"({"type":"assert_ne_int","a":1,"b":2})", AssertInts::kFields, nullptr,
     AssertInts::RunUnequal},
    {"assert_ne_str", "expect two strings to differ",
     R"({"type":"assert_ne_str","a":"x","b":"y"})", AssertStrs::kFields,
     nullptr, AssertStrs::RunUnequal},
    {"assert_never_kv", "expect a key not to take a value for a while",
     R"({"type":"assert_never_kv","key":"k","equals":"v","within":"25ms","poll":"10ms"})",
     AssertKv::kFields, AssertKv::Check, AssertKv::RunNever},
    {"assert_ok", "expect a condition to be true",
     R"({"type":"assert_ok","value":true})", AssertOk::kFields, nullptr,
     AssertOk::Run},
    {"assert_rejects", "expect nested steps to fail; the same as assert_throws",
     R"({"type":"assert_rejects","steps":[{"type":"fail","message":"no"}]})",
     AssertFails::kFields, nullptr, AssertFails::Run},
    {"assert_throws", "expect nested steps to fail, and undo what they did",
     R"({"type":"assert_throws","steps":[{"type":"fail","message":"no"}]})",
     AssertFails::kFields, nullptr, AssertFails::Run},
    {"fail", "fail", R"({"type":"fail","message":"why"})", FailStep::kFields,
     nullptr, FailStep::Run},
    {"freeze", "stop the virtual clock, now or at a later time",
     R"({"type":"freeze","at_ms":100})", FreezeStep::kFields, nullptr,
     FreezeStep::Run},
    {"fs_read_assert", "expect a file to have a content",
     R"({"type":"fs_read_assert","path":"a.txt","equals":"text"})",
     FsReadAssert::kFields, nullptr, FsReadAssert::Run},
    {"fs_restore", "put all files back to a snapshot",
     R"({"type":"fs_restore","name":"before"})", FsRestore::kFields, nullptr,
     FsRestore::Run},
    {"fs_snapshot", "keep all files under a name",
     R"({"type":"fs_snapshot","name":"before"})", FsSnapshot::kFields, nullptr,
     FsSnapshot::Run},
    {"fs_write", "write a file",
     R"({"type":"fs_write","path":"a.txt","data":"text"})", FsWrite::kFields,
     nullptr, FsWrite::Run},
    {"get_kv_assert", "expect a key to exist, to have a value, or to be absent",
     R"({"type":"get_kv_assert","key":"k","equals":"v"})", GetKvAssert::kFields,
     GetKvAssert::Check, GetKvAssert::Run},
    {"http_request", "send a request and look at the response",
     R"({"type":"http_request","method":"GET","path":"/health","expect_status":200})",
     HttpRequestStep::kFields, HttpRequestStep::Check, HttpRequestStep::Run},
    {"http_when", "declare how a request is answered",
     R"({"type":"http_when","method":"GET","path":"/health","status":200,"body":"ok"})",
     HttpWhen::kFields, HttpWhen::Check, HttpWhen::Run},
    {"memory_alloc", "allocate bytes of the memory model",
     R"({"type":"memory_alloc","bytes":64,"key":"a"})", MemoryAlloc::kFields,
     nullptr, MemoryAlloc::Run},
    {"memory_assert_in_use_bytes", "expect a number of bytes to be in use",
     R"({"type":"memory_assert_in_use_bytes","equals":0})",
     MemoryAssertInUseBytes::kFields, nullptr, MemoryAssertInUseBytes::Run},
    {"memory_checkpoint", "mark a moment in the memory timeline",
     R"({"type":"memory_checkpoint","name":"before"})",
     MemoryCheckpoint::kFields, nullptr, MemoryCheckpoint::Run},
    {"memory_fail_after_allocs", "let allocations fail after a number of them",
     R"({"type":"memory_fail_after_allocs","count":10})",
     MemoryFailAfterAllocs::kFields, nullptr, MemoryFailAfterAllocs::Run},
    {"memory_fragmentation", "let allocations take more than they ask for",
     R"({"type":"memory_fragmentation","seed":7})",
     MemoryFragmentation::kFields, nullptr, MemoryFragmentation::Run},
    {"memory_free", "free an allocation, by id or by the key that holds it",
     R"({"type":"memory_free","key":"a"})", MemoryFree::kFields,
     MemoryFree::Check, MemoryFree::Run},
    {"memory_limit_mb", "limit the memory model, in MiB",
     R"({"type":"memory_limit_mb","mb":64})", MemoryLimitMb::kFields, nullptr,
     MemoryLimitMb::Run},
    {"memory_pressure_wave", "multiply the sizes of allocations by turns",
     R"({"type":"memory_pressure_wave","pattern":"1,2,4"})",
     MemoryPressureWave::kFields, nullptr, MemoryPressureWave::Run},
    {"net_deliver_one", "deliver one waiting message",
     R"({"type":"net_deliver_one"})", NetDeliverOne::kFields, nullptr,
     NetDeliverOne::Run},
    {"net_heal", "connect two nodes again",
     R"({"type":"net_heal","a":"n0","b":"n1"})", NetConnection::kFields,
     nullptr, NetConnection::RunHeal},
    {"net_partition", "cut two nodes off from each other",
     R"({"type":"net_partition","a":"n0","b":"n1"})", NetConnection::kFields,
     nullptr, NetConnection::RunPartition},
    {"net_recv_assert", "expect a message in the inbox of a node, and take it",
     R"({"type":"net_recv_assert","node":"n1","payload":"hello"})",
     NetRecvAssert::kFields, nullptr, NetRecvAssert::Run},
    {"net_send", "send a message",
     R"({"type":"net_send","from":"n0","to":"n1","payload":"hello"})",
     NetSend::kFields, nullptr, NetSend::Run},
    {"net_set_drop_rate", "lose deliveries at a rate from 0 to 1",
     R"({"type":"net_set_drop_rate","rate":0.5})", NetSetDropRate::kFields,
     NetSetDropRate::Check, NetSetDropRate::Run},
    {"net_set_reorder", "let deliveries pick any waiting message",
     R"({"type":"net_set_reorder","enabled":true})", NetSetReorder::kFields,
     nullptr, NetSetReorder::Run},
    {"panic", "fail as a crashed program does",
     R"({"type":"panic","message":"why"})", PanicStep::kFields, nullptr,
     PanicStep::Run},
    {"proc_spawn", "run a program and look at how it ends",
     R"({"type":"proc_spawn","cmd":"/bin/echo","args":["hi"],"expect_exit":0})",
     ProcSpawn::kFields, ProcSpawn::Check, ProcSpawn::Run},
    {"proc_when", "declare how a program ends",
     R"({"type":"proc_when","cmd":"/bin/echo","args":["hi"],"exit_code":0,"stdout":"hi\n"})",
     ProcWhen::kFields, ProcWhen::Check, ProcWhen::Run},
    {"rand_u64", "draw a random number, and keep it under a key",
     R"({"type":"rand_u64","key":"r"})", RandU64::kFields, nullptr,
     RandU64::Run},
    {"set_kv", "set a key to a value",
     R"({"type":"set_kv","key":"k","value":"v"})", SetKv::kFields, nullptr,
     SetKv::Run},
    {"sleep", "let time pass", R"({"type":"sleep","duration":"10ms"})",
     SleepStep::kFields, nullptr, SleepStep::Run},
    {"trace_event", "put an event of your own into the trace",
     R"({"type":"trace_event","name":"started","fields":{"n":1}})",
     TraceEvent::kFields, nullptr, TraceEvent::Run},
    {"unfreeze",
     "let the virtual clock go on",
     R"({"type":"unfreeze"})",
     {},
     nullptr,
     UnfreezeStep::Run},
};

constexpr bool IsBefore(const StepSpec& a, const StepSpec& b) {
  return a.name < b.name;
}
static_assert(std::is_sorted(std::begin(kSteps), std::end(kSteps), IsBefore));
static_assert(std::size(kSteps) == 42);

}  // namespace

StepTable Steps() { return kSteps; }

}  // namespace fozzy
