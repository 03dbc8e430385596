#include "scenarios/bodies/builtin.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "backends/alloc/alloc_bodies.h"
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

}  // namespace

void RegisterBuiltins() {
  for (const BuiltinBody& example : kExamples) {
    RegisterBody(std::string(example.name), example.body);
  }
  for (const AllocBody& body : AllocBodies()) {
    RegisterBody(absl::StrCat("alloc/", absl::string_view(body.name.data(),
                                                          body.name.size())),
                 body.body);
  }
  for (const AllocMutant& mutant : AllocMutants()) {
    RegisterBody(
        absl::StrCat("alloc/mutant_",
                     absl::string_view(mutant.name.data(), mutant.name.size())),
        mutant.body);
  }
  for (const KnownBug& bug : KnownBugs()) {
    const std::string name = absl::StrCat(
        "known_bugs/", absl::string_view(bug.name.data(), bug.name.size()));
    RegisterBody(name, bug.body);
    RegisterBody(absl::StrCat(name, "-fixed"), bug.twin);
  }
}

}  // namespace fozzy
