"""Group reactive: what processes and instants cost, beside bare coroutines.

The limits in milliseconds are those of a machine on which a bare coroutine is
resumed in 1.75 ns, scaled by the one measured beside.
"""

import json
import os
import statistics
import subprocess

import instructions
from measure import result, run_once

REFERENCE_RESUME_NS = 1.75
MIB = 1 << 20

CORE = {"pause_loop/40000": 20, "emit_await/8000": 20,
        "await_immediate/4000": None, "when_guard/8000": None,
        "watch_preempt/6000": None, "combined_core/6000": None}
PACK_MS = {"propagation_chains": 0.5, "broadcast_expansion": 0.25,
           "fork_explosion": 0.4, "guarded_cascades": 0.35,
           "nested_preemption": 0.35}
WIDTHS = (8, 16, 32, 64, 96, 128)


class Reactive:
    """The cases of the program reactive_bench, built beside `program`."""

    def __init__(self, program, folder, rounds):
        self.program = os.path.join(os.path.dirname(program),
                                    "kernels/reactive/reactive_bench")
        self.rounds = rounds
        if not os.access(self.program, os.X_OK):
            raise SystemExit(f"bench: there is no program {self.program}; run "
                             "ci/build release reactive_bench")

    def nanoseconds(self, names):
        """Returns {name: median CPU time of one item}, of all of `names` and
        of BareResume/1, measured in turn."""
        pattern = "^(BareResume/1|" + "|".join(names) + ")$"
        times = {}
        for _ in range(max(3, self.rounds)):
            out = subprocess.run(
                [self.program, f"--benchmark_filter={pattern}",
                 "--benchmark_min_time=0.05", "--benchmark_format=json"],
                check=True, capture_output=True)
            for line in json.loads(out.stdout)["benchmarks"]:
                times.setdefault(line["name"], []).append(
                    1e9 / line["items_per_second"])
        return {name: statistics.median(of) for name, of in times.items()}

    def core(self):
        """Resumes at most; where none is asked for, they are told only."""
        times = self.nanoseconds([f"Core/{name}" for name in CORE])
        for name, resumes in CORE.items():
            yield result(f"reactive/{name}", times[f"Core/{name}"], "ns/op",
                         f"{resumes or 1} resumes",
                         times["BareResume/1"] * (resumes or 1),
                         1.0 if resumes else 0.0)

    def fanout(self):
        names = [f"Fanout/{width}" for width in WIDTHS]
        times = self.nanoseconds(names + ["Fanout/8192", "BareWalk/8192"])
        best = min(times[name] for name in names)
        for name in names:
            yield result(f"reactive/{name.lower()}", times[name], "ns/pause",
                         "least of 8 to 128, and 15 %", best * 1.15)
        scale = times["BareResume/1"] / REFERENCE_RESUME_NS
        yield result("reactive/fanout/8192", times["Fanout/8192"], "ns/pause",
                     "bare walk + 10 ns", times["BareWalk/8192"] + 10 * scale)

    def pack(self):
        names = [f"Pack/{name}/{n}" for name in PACK_MS for n in (5000, 50000)]
        times = self.nanoseconds(names)
        scale = times["BareResume/1"] / REFERENCE_RESUME_NS
        for name, limit in PACK_MS.items():
            yield result(f"reactive/{name}/5000",
                         times[f"Pack/{name}/5000"] / 1e6, "ms", "limit",
                         limit * scale)
            # Ten times as much, for which no limit is set.
            yield result(f"reactive/{name}/50000",
                         times[f"Pack/{name}/50000"] / 1e6, "ms",
                         "10 times 5000",
                         times[f"Pack/{name}/5000"] / 1e5, 0.0)
            _, rss = run_once([self.program,
                               f"--benchmark_filter=^Pack/{name}/50000$",
                               "--benchmark_min_time=0"])
            yield result(f"reactive/{name}/memory", rss / MIB, "MiB", "none",
                         rss / MIB, 0.0)

    def crowd(self):
        """Instructions of an instant with 100 active processes, with and
        without 100,000 that are blocked; needs ci/setup --bench."""
        counts = {}
        for blocked in (0, 100_000):
            few, many = (instructions.count(
                [self.program, f"--benchmark_filter=^Crowd/{blocked}/{instants}"
                 "/iterations:1$"]) for instants in (100, 1100))
            counts[blocked] = (many - few) / 1000
        yield result("reactive/crowd", counts[100_000], "instructions/instant",
                     "without those blocked, and 2 %", counts[0] * 1.02)

    def groups(self):
        return (self.core, self.fanout, self.pack, self.crowd)

    def counted(self):
        """Returns {case: command} whose instructions are counted."""
        names = [f"Core/{name}" for name in CORE]
        names += ["Fanout/8", "Fanout/128"]
        names += [f"Pack/{name}/5000" for name in PACK_MS]
        return {f"reactive/{name.split('/', 1)[1]}" if "Fanout" not in name
                else f"reactive/{name.lower()}":
                [self.program, f"--benchmark_filter=^{name}$",
                 "--benchmark_min_time=0"] for name in names}

    def clean(self):
        """Nothing is left behind by a case."""
