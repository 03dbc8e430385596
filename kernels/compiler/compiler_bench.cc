// Times the eight kernels: what the compiler makes of them, by each backend
// and path, and the same in C++, in turn within one process.
//
//   compiler_bench [--rounds N] [--only TEXT]
//
// Prints one JSON line for each kernel, configuration and round:
// {"kernel":"bytes_kernel","configuration":"llvm","ns":3.21}; of "make" the
// milliseconds it takes to compile.
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "kernels/compiler/eight_kernels.h"
#include "kernels/compiler/program.h"
#include "kernels/compiler/require.h"

extern "C" int32_t (*const fozzy_clang_kernels[8])(int32_t);
extern "C" int32_t (*const fozzy_gcc_kernels[8])(int32_t);

namespace fozzy::compiler {
namespace {

constexpr int64_t kTurns = 2'000'000;

class NoHost final : public Host {
 public:
  bool Call(const std::string&, const std::vector<HostValue>&,
            int64_t&) override {
    return false;
  }
};

// Returns the processor time of this process: others that run do not count.
double Now() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         1e-9 * static_cast<double>(now.tv_nsec);
}

struct Configuration {
  const char* name;
  Backend backend;
  FastPath fast_path;
  uint32_t without;
  bool is_optimised;
  int64_t turns;
};

constexpr Configuration kConfigurations[] = {
    {"llvm", Backend::kLlvm, FastPath::kForce, 0, true, kTurns},
    {"llvm_fallback", Backend::kLlvm, FastPath::kOff, 0, true, kTurns / 10},
    {"llvm_plain", Backend::kLlvm, FastPath::kForce, 0, false, kTurns / 4},
    {"vm", Backend::kVm, FastPath::kForce, 0, true, kTurns / 4},
    {"vm_fallback", Backend::kVm, FastPath::kOff, 0, true, kTurns / 20},
    {"without_direct_arrays", Backend::kLlvm, FastPath::kOn, 1, true,
     kTurns / 10},
    {"without_dense_match", Backend::kLlvm, FastPath::kOn, 2, true, kTurns / 2},
    {"without_text_views", Backend::kLlvm, FastPath::kOn, 4, true, kTurns / 10},
    {"without_ranges", Backend::kLlvm, FastPath::kOn, 8, true, kTurns / 2},
    {"without_bounds", Backend::kLlvm, FastPath::kOn, 16, true, kTurns / 2},
    {"without_bounds_and_windows", Backend::kLlvm, FastPath::kOn, 48, true,
     kTurns / 2},
};

void Print(const Kernel& kernel, const char* configuration, double value) {
  std::printf("{\"kernel\":\"%s\",\"configuration\":\"%s\",\"ns\":%.4f}\n",
              std::string(kernel.name).c_str(), configuration, value);
}

// Times `run` and checks what it returns against `expected`.
template <class Run>
void Time(const Kernel& kernel, const char* name, int64_t turns,
          int64_t expected, Run run) {
  const double start = Now();
  const int64_t result = run();
  const double elapsed = Now() - start;
  if (result != expected) {
    std::fprintf(stderr, "%s on %s gave %" PRId64 ", not %" PRId64 "\n",
                 std::string(kernel.name).c_str(), name, result, expected);
    Require(false);
  }
  Print(kernel, name, 1e9 * elapsed / static_cast<double>(turns));
}

std::unique_ptr<Program> Make(const Kernel& kernel,
                              const Configuration& configuration) {
  auto program =
      Program::Make({kernel.source.data(), kernel.source.size()},
                    {.backend = configuration.backend,
                     .lowering = {.fast_path = configuration.fast_path,
                                  .without = configuration.without},
                     .is_optimised = configuration.is_optimised,
                     .native_module = FOZZY_NATIVE_MODULE});
  if (!program.ok()) {
    std::fprintf(stderr, "%s\n",
                 std::string(program.status().message()).c_str());
    Require(false);
  }
  return *std::move(program);
}

void Measure(size_t index, int rounds) {
  const Kernel& kernel = kEightKernels[index];
  std::vector<std::unique_ptr<Program>> programs;
  for (const Configuration& configuration : kConfigurations) {
    programs.push_back(Make(kernel, configuration));
  }
  const auto native = [&](const char* name, int32_t (*run)(int32_t),
                          int64_t turns) {
    const int64_t expected =
        fozzy_gcc_kernels[index](static_cast<int32_t>(turns));
    Time(kernel, name, turns, expected,
         [&] { return run(static_cast<int32_t>(turns)); });
  };
  NoHost host;
  for (int round = 0; round < rounds; ++round) {
    for (size_t i = 0; i < programs.size(); ++i) {
      const Configuration& configuration = kConfigurations[i];
      const int64_t turns = configuration.turns;
      const int64_t expected =
          fozzy_clang_kernels[index](static_cast<int32_t>(turns));
      Time(kernel, configuration.name, turns, expected,
           [&] { return programs[i]->Run({turns}, host).result; });
      if (i == 0) native("clang", fozzy_clang_kernels[index], kTurns);
    }
    native("gcc", fozzy_gcc_kernels[index], kTurns);
    const double start = Now();
    Make(kernel, kConfigurations[0]);
    Print(kernel, "make", 1e3 * (Now() - start));
  }
}

}  // namespace
}  // namespace fozzy::compiler

int main(int argc, char** argv) {
  int rounds = 9;
  const char* only = "";
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--rounds") == 0) rounds = std::atoi(argv[i + 1]);
    if (std::strcmp(argv[i], "--only") == 0) only = argv[i + 1];
  }
  for (size_t i = 0; i < 8; ++i) {
    const std::string name(fozzy::compiler::kEightKernels[i].name);
    if (name.find(only) == std::string::npos) continue;
    fozzy::compiler::Measure(i, rounds);
  }
  return 0;
}
