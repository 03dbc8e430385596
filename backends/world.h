// The world that the steps of a scenario act on.
#ifndef FOZZY_BACKENDS_WORLD_H_
#define FOZZY_BACKENDS_WORLD_H_

#include <cstdint>
#include <memory>

#include "backends/interface/fs.h"
#include "backends/interface/http.h"
#include "backends/interface/proc.h"
#include "backends/interface/wall.h"
#include "backends/virtual/faults.h"
#include "backends/virtual/kv_store.h"
#include "backends/virtual/memory_ledger.h"
#include "backends/virtual/network.h"
#include "backends/virtual/rules.h"
#include "sim/fault_plan.h"
#include "sim/run.h"
#include "sim/undo_log.h"
#include "sim/virtual_clock.h"

namespace fozzy {

// The real world, as far as a run may touch it.  Nothing is owned.  All null
// on replay.
struct Host {
  Proc* proc = nullptr;
  Fs* fs = nullptr;
  Http* http = nullptr;
  Wall* wall = nullptr;
};

// State and backends of one run.  Whatever a step changes here can be rolled
// back, files and processes of the host excepted.
class World {
  // Small enough to be copied by a scope.
  struct Settings {
    double drop_rate = 0;
    bool is_reordering = false;
    uint64_t draws = 0;
  };

 public:
  struct Options {
    Run* run = nullptr;  // not owned, required
    Host host;
    bool has_host_proc = false;  // else processes are scripted
    bool has_host_fs = false;    // else files are virtual
    bool has_host_http = false;  // else servers are scripted
    MemoryLedger::Options memory;
    FaultPlan faults;  // a fresh copy
  };
  explicit World(const Options& options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  Run& run() { return run_; }
  VirtualClock& clock() { return clock_; }
  KvStore& kv() { return kv_; }
  Network& network() { return network_; }
  MemoryLedger& memory() { return memory_; }
  Fs& fs() { return *fs_; }
  const Faults& faults() const { return faults_; }

  Rules<ProcRule>& proc_rules() { return proc_rules_; }
  Rules<HttpRule>& http_rules() { return http_rules_; }
  // The host's, or null if processes (servers) are scripted.
  Proc* proc() { return proc_.get(); }
  Http* http() { return http_.get(); }

  // The odds of losing a delivery, as the format gives them: 0 to 1.
  double drop_rate() const { return settings_.drop_rate; }
  void SetDropRate(double rate) { settings_.drop_rate = rate; }
  bool is_reordering() const { return settings_.is_reordering; }
  void SetReordering(bool is_on) { settings_.is_reordering = is_on; }

  // Returns the next position in the compatibility stream and moves on.
  uint64_t NextDraw() { return settings_.draws++; }

  // What is done between its making and RollBack is undone by the latter.
  class Scope {
   public:
    explicit Scope(World& world);
    void RollBack();

   private:
    World& world_;
    const VirtualClock clock_;
    const Settings settings_;
    const size_t mark_;
  };

 private:
  Run& run_;
  UndoLog undo_;
  VirtualClock clock_;
  Settings settings_;
  FaultPlan fault_plan_;
  Faults faults_;
  KvStore kv_;
  Network network_;
  MemoryLedger memory_;
  Rules<ProcRule> proc_rules_;
  Rules<HttpRule> http_rules_;
  std::unique_ptr<Fs> fs_;
  std::unique_ptr<Proc> proc_;
  std::unique_ptr<Http> http_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_WORLD_H_
