"""Group engine: what a search costs, run by run and point by point.

The limits are those of a machine whose bare fiber switch takes
5.5 ns, scaled by the one measured beside.
"""

import json
import os
import statistics
import subprocess

from measure import result, run_once

REFERENCE_SWITCH_NS = 5.5
MIB = 1 << 20


class Engine:
    """The cases of the program engine_bench, built beside `program`."""

    def __init__(self, program, folder, rounds):
        self.program = os.path.join(os.path.dirname(program),
                                    "sim/search/engine_bench")
        self.rounds = rounds
        if not os.access(self.program, os.X_OK):
            raise SystemExit(f"bench: there is no program {self.program}; run "
                             "ci/build release engine_bench")

    def once(self, name):
        """Returns the command that runs `name` for one iteration."""
        return [self.program, f"--benchmark_filter=^{name}$",
                "--benchmark_min_time=0"]

    def nanoseconds(self, names):
        """Returns {name: median CPU time of one item}, of all of `names` and
        of BareSwitch, measured in turn."""
        pattern = "^(BareSwitch|" + "|".join(names) + ")$"
        times = {}
        for _ in range(max(3, self.rounds // 3)):
            out = subprocess.run(
                [self.program, f"--benchmark_filter={pattern}",
                 "--benchmark_min_time=0.2", "--benchmark_format=json"],
                check=True, capture_output=True)
            for line in json.loads(out.stdout)["benchmarks"]:
                times.setdefault(line["name"], []).append(
                    1e9 / line["items_per_second"])
        return {name: statistics.median(of) for name, of in times.items()}

    def runs(self):
        figures = {"atomic_random/2/10": 2.0e6, "mutex_random/2/5": 1.0e6,
                   "mutex_random/8/10": 80e3}
        times = self.nanoseconds([f"Runs/{name}" for name in figures])
        scale = times["BareSwitch"] / REFERENCE_SWITCH_NS
        for name, per_second in figures.items():
            yield result(f"engine/{name}", times[f"Runs/{name}"], "ns/run",
                         "limit", 1e9 / per_second * scale)

    def point(self):
        figures = {"without_switch": 10, "with_switch": 30}
        times = self.nanoseconds([f"SchedulePoint/{name}" for name in figures])
        scale = times["BareSwitch"] / REFERENCE_SWITCH_NS
        for name, limit in figures.items():
            yield result(f"engine/point_{name}", times[f"SchedulePoint/{name}"],
                         "ns", "limit", limit * scale)

    def live_tasks(self):
        for strategy in ("random", "pct"):
            few, many = (f"LiveTasks/{strategy}/{points}"
                         for points in (100_000, 1_000_000))
            times = self.nanoseconds([few, many])
            yield result(f"engine/live_tasks_{strategy}_1000000_points",
                         times[many], "ns/point", "100000 points", times[few],
                         0.9)
            _, rss = run_once(self.once(many))
            yield result(f"engine/live_tasks_{strategy}_memory", rss / MIB,
                         "MiB", "limit", 100e6 / MIB)

    def groups(self):
        return (self.runs, self.point, self.live_tasks)

    def counted(self):
        """Returns {case: command} whose instructions are counted: each does
        the same work every time, one iteration."""
        cases = ("Runs/atomic_random/2/10", "Runs/atomic_portfolio/2/10",
                 "Runs/mutex_random/2/5", "Runs/mutex_random/8/10",
                 "SchedulePoint/with_switch", "LiveTasks/pct/100000")
        return {"engine/" + case: self.once(case) for case in cases}

    def clean(self):
        """There is nothing that a case leaves behind."""
