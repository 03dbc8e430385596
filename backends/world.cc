#include "backends/world.h"

#include "backends/observed.h"
#include "backends/virtual/virtual_fs.h"

namespace fozzy {

World::World(const Options& options)
    : run_(*options.run),
      fault_plan_(options.faults),
      faults_{run_, clock_, fault_plan_},
      kv_(undo_),
      network_(undo_),
      memory_(undo_, options.memory),
      proc_rules_(undo_),
      http_rules_(undo_) {
  if (options.has_host_fs) {
    fs_ = std::make_unique<ObservedFs>(run_, options.host.fs);
  } else {
    fs_ = std::make_unique<VirtualFs>(undo_, faults_);
  }
  if (options.has_host_proc) {
    proc_ = std::make_unique<ObservedProc>(run_, options.host.proc);
  }
  if (options.has_host_http) {
    http_ = std::make_unique<ObservedHttp>(run_, options.host.http);
  }
}

World::~World() = default;

World::Scope::Scope(World& world)
    : world_(world),
      clock_(world.clock_),
      settings_(world.settings_),
      mark_(world.undo_.Open()) {}

void World::Scope::RollBack() {
  world_.undo_.RollBack(mark_);
  world_.clock_ = clock_;
  world_.settings_ = settings_;
}

}  // namespace fozzy
