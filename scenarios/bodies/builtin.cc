#include "scenarios/bodies/builtin.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "backends/alloc/alloc_bodies.h"
#include "backends/channels/channel_bodies.h"
#include "backends/channels/channel_mutants.h"
#include "backends/reactive/reactive_bodies.h"
#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "scenarios/bodies/body_registry.h"
#include "scenarios/known_bugs/known_bug.h"

namespace fozzy {
namespace {

// Two tasks count to two, together.
template <bool kIsFixed>
void LostUpdate() {
  atomic<int> counter = 0;
  const auto add = [&counter] {
    if constexpr (kIsFixed) {
      counter.fetch_add(1);
    } else {
      counter.store(counter.load() + 1);
    }
  };
  thread a(add);
  thread b(add);
  a.join();
  b.join();
  FOZZY_ALWAYS(counter.load() == 2, "no update is lost");
}

struct BuiltinBody {
  absl::string_view name;
  void (*body)();
};

constexpr BuiltinBody kExamples[] = {
    {"examples/lost_update", LostUpdate<false>},
    {"examples/lost_update-fixed", LostUpdate<true>},
};

void RegisterAlloc() {
  for (const AllocBody& body : AllocBodies()) {
    RegisterBody("alloc/" + std::string(body.name), body.body);
  }
  for (const AllocMutant& mutant : AllocMutants()) {
    RegisterBody("alloc/mutant_" + std::string(mutant.name), mutant.body);
  }
}

void RegisterChannels() {
  for (const auto& bodies :
       {channels::RingBodies(), channels::TrafficBodies()}) {
    for (const channels::ChannelBody& body : bodies) {
      RegisterBody("channels/" + std::string(body.name), body.body);
    }
  }
  for (const channels::ChannelMutant& mutant : channels::ChannelMutants()) {
    const std::string name = "channels/mutants/" + std::string(mutant.name);
    RegisterBody(name, mutant.body);
    RegisterBody(name + "-fixed", mutant.twin);
  }
}

}  // namespace

void RegisterBuiltins() {
  for (const BuiltinBody& example : kExamples) {
    RegisterBody(std::string(example.name), example.body);
  }
  for (const ReactiveBody& reactive : ReactiveBodies()) {
    RegisterBody(std::string(reactive.name), reactive.body);
  }
  for (const KnownBug& bug : KnownBugs()) {
    const std::string name = absl::StrCat(
        "known_bugs/", absl::string_view(bug.name.data(), bug.name.size()));
    RegisterBody(name, bug.body);
    RegisterBody(absl::StrCat(name, "-fixed"), bug.twin);
  }
  RegisterAlloc();
  RegisterChannels();
}

}  // namespace fozzy
