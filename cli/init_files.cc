#include "cli/init_files.h"

namespace fozzy {
namespace {

constexpr absl::string_view kConfig =
    R"(# All keys may be left out: these are the defaults.
base_dir = ".fozzy"           # where runs are kept
proc_backend = "scripted"     # or "host": really start programs
fs_backend = "virtual"        # or "host": really write files
http_backend = "scripted"     # or "host": really send requests
mem_track = false             # report memory
fail_on_leak = false          # any leak is a finding
)";

constexpr absl::string_view kExample = R"({
  "version": 1,
  "name": "example",
  "steps": [
    {"type": "trace_event", "name": "begin"},
    {"type": "rand_u64", "key": "token"},
    {"type": "get_kv_assert", "key": "token"},
    {"type": "sleep", "duration": "10s"},
    {"type": "set_kv", "key": "state", "value": "ready"},
    {"type": "assert_eventually_kv", "key": "state", "equals": "ready",
     "within": "1s", "poll": "10ms"}
  ]
}
)";

constexpr absl::string_view kDisk = R"({
  "version": 1,
  "name": "disk",
  "steps": [
    {"type": "fs_write", "path": "data/config", "data": "old"},
    {"type": "fs_snapshot", "name": "before"},
    {"type": "fs_write", "path": "data/config", "data": "new"},
    {"type": "fs_read_assert", "path": "data/config", "equals": "new"},
    {"type": "fs_restore", "name": "before"},
    {"type": "fs_read_assert", "path": "data/config", "equals": "old"}
  ]
}
)";

constexpr absl::string_view kServices = R"({
  "version": 1,
  "name": "services",
  "steps": [
    {"type": "http_when", "method": "GET", "path": "/health", "status": 503,
     "times": 1},
    {"type": "http_when", "method": "GET", "path": "/health", "status": 200,
     "json": {"ok": true}, "delay": "20ms"},
    {"type": "proc_when", "cmd": "git", "args": ["rev-parse", "HEAD"],
     "exit_code": 0, "stdout": "30ef888\n"},
    {"type": "http_request", "method": "GET", "path": "/health",
     "expect_status": 503},
    {"type": "http_request", "method": "GET", "path": "/health",
     "expect_status": 200, "expect_json": {"ok": true}},
    {"type": "proc_spawn", "cmd": "git", "args": ["rev-parse", "HEAD"],
     "expect_exit": 0, "expect_stdout": "30ef888\n"}
  ]
}
)";

constexpr absl::string_view kNetwork = R"({
  "version": 1,
  "name": "network",
  "steps": [
    {"type": "net_partition", "a": "client", "b": "server"},
    {"type": "net_send", "from": "client", "to": "server", "payload": "ping"},
    {"type": "assert_throws", "steps": [{"type": "net_deliver_one"}]},
    {"type": "net_heal", "a": "client", "b": "server"},
    {"type": "net_deliver_one"},
    {"type": "net_recv_assert", "node": "server", "from": "client",
     "payload": "ping"}
  ]
}
)";

constexpr absl::string_view kReplicas = R"({
  "version": 1,
  "name": "replicas",
  "distributed": {
    "node_count": 3,
    "steps": [
      {"type": "client_put", "node": "n0", "key": "color", "value": "red"},
      {"type": "client_put", "node": "n1", "key": "size", "value": "large"}
    ],
    "invariants": [
      {"type": "kv_all_equal", "key": "color"},
      {"type": "kv_all_equal", "key": "size"}
    ]
  }
}
)";

constexpr InitFile kFiles[] = {
    {"fozzy.toml", kConfig},
    {"tests/disk.fozzy.json", kDisk},
    {"tests/example.fozzy.json", kExample},
    {"tests/network.fozzy.json", kNetwork},
    {"tests/replicas.fozzy.json", kReplicas},
    {"tests/services.fozzy.json", kServices},
};

}  // namespace

std::span<const InitFile> InitFiles() { return kFiles; }

}  // namespace fozzy
