"""Group compiler: the eight kernels, compiled by us against the same in C++.

All is measured in turn within one process, by the processor time it takes;
each ratio is the median of the ratios of the rounds.
"""

import json
import math
import os
import random
import statistics
import subprocess

from measure import result

PEER = "clang++ -O3"
RATIO_MAX = 1.03
GEOMEAN_MAX = 1.01
# How many times slower than native code the virtual machine may be.
VM_RATIO_MAX = {"arithmetic_kernel": 3.0, "bytes_kernel": 4.0}
MAKE_MS_MAX = 15.0
RESAMPLES = 2000
# Their instructions are counted on the virtual machine, so often.
KERNELS = ("abi_pair_kernel", "arithmetic_kernel", "bytes_kernel",
           "capability_parse", "duration_kernel", "resultx_classify",
           "task_retry_backoff", "text_kernel")
COUNTED_TURNS = "20000"


class Compiler:
    """The cases of the program compiler_bench, built beside `program`."""

    def __init__(self, program, folder, rounds):
        self.fozzy = program
        self.program = os.path.join(os.path.dirname(program),
                                    "kernels/compiler/compiler_bench")
        self.rounds = rounds
        self.times = None

    def measured(self):
        """Returns {kernel: {configuration: [ns of each round]}}."""
        if not os.access(self.program, os.X_OK):
            raise SystemExit(f"bench: there is no program {self.program}; run "
                             "ci/build release compiler_bench")
        if self.times is None:
            out = subprocess.run([self.program, "--rounds", str(self.rounds)],
                                 check=True, capture_output=True, text=True)
            self.times = {}
            for line in map(json.loads, out.stdout.splitlines()):
                of = self.times.setdefault(line["kernel"], {})
                of.setdefault(line["configuration"], []).append(line["ns"])
        return self.times

    def ratio(self, kernel, configuration, peer="clang"):
        """Returns (median ratio, 95 % confidence interval)."""
        of = self.measured()[kernel]
        ratios = [a / b for a, b in zip(of[configuration], of[peer])]
        return statistics.median(ratios), interval(ratios)

    def line(self, kernel, configuration, target):
        of = self.measured()[kernel]
        line = result(f"compiler/{kernel}_{configuration}",
                      statistics.median(of[configuration]), "ns/turn", PEER,
                      statistics.median(of["clang"]), target)
        ratio, (low, high) = self.ratio(kernel, configuration)
        line["ratio"] = round(1 / ratio, 3)
        line["ratio_interval"] = [round(1 / high, 3), round(1 / low, 3)]
        line["p95"] = round(percentile(of[configuration], 0.95), 4)
        return line

    def kernels(self):
        logs = []
        for kernel in self.measured():
            logs.append(math.log(self.ratio(kernel, "llvm")[0]))
            yield self.line(kernel, "llvm", round(1 / RATIO_MAX, 3))
        yield result("compiler/geometric_mean", math.exp(statistics.mean(logs)),
                     "times", PEER, 1.0, round(1 / GEOMEAN_MAX, 3))

    def others(self):
        """g++, the fallbacks and LLVM without optimisation: no targets."""
        for kernel in self.measured():
            for configuration in ("gcc", "llvm_fallback", "llvm_plain",
                                  "vm_fallback"):
                yield self.line(kernel, configuration, 0.0)

    def vm(self):
        for kernel in self.measured():
            limit = VM_RATIO_MAX.get(kernel)
            yield self.line(kernel, "vm", round(1 / limit, 3) if limit else 0.0)

    def gains(self):
        """How much each pass gains: the fast path without it, against all."""
        for kernel, of in self.measured().items():
            for configuration in of:
                if not configuration.startswith("without_"):
                    continue
                ratio, _ = self.ratio(kernel, configuration, "llvm")
                line = result(f"compiler/{kernel}_{configuration}",
                              statistics.median(of[configuration]), "ns/turn",
                              "all passes", statistics.median(of["llvm"]), 0.0)
                line["ratio"] = round(1 / ratio, 3)
                yield line

    def make(self):
        for kernel, of in self.measured().items():
            yield result(f"compiler/{kernel}_make",
                         statistics.median(of["make"]), "ms", "limit",
                         MAKE_MS_MAX)

    def groups(self):
        return (self.kernels, self.others, self.vm, self.gains, self.make)

    def counted(self):
        """Returns {case: command} whose instructions are counted."""
        return {f"compiler/{kernel}_{path}":
                [self.fozzy, "kernels", "run", kernel, "--args", COUNTED_TURNS,
                 "--perf-fastpath", path]
                for kernel in KERNELS for path in ("force", "off")}

    def clean(self):
        """Nothing is left behind by what is counted."""


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def interval(ratios):
    """Returns the bootstrap interval that holds 95 % of the medians."""
    draw = random.Random(1)
    medians = sorted(
        statistics.median(draw.choices(ratios, k=len(ratios)))
        for _ in range(RESAMPLES))
    return (medians[int(0.025 * RESAMPLES)], medians[int(0.975 * RESAMPLES)])
