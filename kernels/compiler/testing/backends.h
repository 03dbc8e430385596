// All ways to run a program, for tests that compare them, and a host that
// remembers what it was asked.
#ifndef FOZZY_KERNELS_COMPILER_TESTING_BACKENDS_H_
#define FOZZY_KERNELS_COMPILER_TESTING_BACKENDS_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kernels/compiler/program.h"

namespace fozzy::compiler {

// Answers with the number of calls so far; refuses functions named "refuse".
class RecordingHost final : public Host {
 public:
  bool Call(const std::string& name, const std::vector<HostValue>& arguments,
            int64_t& result) override {
    absl::StrAppend(&calls_, name, "(");
    for (size_t i = 0; i < arguments.size(); ++i) {
      const HostValue& value = arguments[i];
      absl::StrAppend(&calls_, i == 0 ? "" : ", ", value.number, " '",
                      value.text, "' [");
      for (size_t k = 0; k < value.numbers.size(); ++k) {
        absl::StrAppend(&calls_, k == 0 ? "" : " ", value.numbers[k]);
      }
      absl::StrAppend(&calls_, "]");
    }
    absl::StrAppend(&calls_, ")\n");
    result = ++count_;
    return name != "refuse";
  }

  // One line for each call.
  const std::string& calls() const { return calls_; }

 private:
  std::string calls_;
  int64_t count_ = 0;
};

inline constexpr bool kHasLlvm = sizeof(FOZZY_NATIVE_MODULE) > 1;

inline ProgramOptions Configured(Backend backend, FastPath fast_path,
                                 uint32_t without = 0) {
  ProgramOptions options;
  options.backend = backend;
  options.lowering.fast_path = fast_path;
  options.lowering.without = without;
  options.native_module = FOZZY_NATIVE_MODULE;
  return options;
}

inline std::vector<Backend> CompiledBackends() {
  if (!kHasLlvm) return {Backend::kVm};
  return {Backend::kVm, Backend::kLlvm};
}

// The fast path of every compiled backend.
inline std::vector<ProgramOptions> FastestConfigurations() {
  std::vector<ProgramOptions> all;
  for (const Backend backend : CompiledBackends()) {
    all.push_back(Configured(backend, FastPath::kForce));
  }
  return all;
}

// The model, and every compiled backend with the fallback, the fast path, and
// the fast path without each pass.
inline std::vector<ProgramOptions> AllConfigurations() {
  std::vector<ProgramOptions> all = {
      Configured(Backend::kInterp, FastPath::kOff)};
  for (const Backend backend : CompiledBackends()) {
    all.push_back(Configured(backend, FastPath::kOff));
    all.push_back(Configured(backend, FastPath::kOn));
    for (uint32_t pass = 0; pass < kPasses; ++pass) {
      all.push_back(Configured(backend, FastPath::kOn, 1u << pass));
    }
  }
  return all;
}

inline std::string Describe(const ProgramOptions& options) {
  constexpr const char* kBackends[] = {"interp", "vm", "llvm"};
  constexpr const char* kPaths[] = {"off", "on", "force"};
  return absl::StrCat(kBackends[static_cast<size_t>(options.backend)], " ",
                      kPaths[static_cast<size_t>(options.lowering.fast_path)],
                      " without ", options.lowering.without);
}

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_TESTING_BACKENDS_H_
