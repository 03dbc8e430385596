"""Group explore: how many schedules a second are searched.

"limit" is the peer of a case that compares with nothing else.  The figure with
two jobs needs two idle cores.
"""

import glob
import json
import os
import shutil
import statistics
import subprocess
import time

from measure import cpu_seconds, in_turn, result

HERE = os.path.dirname(os.path.abspath(__file__))

SCHEDULES = 500_000
HEAVY_SCHEDULES = 20_000
BUG_SCHEDULES = 10_000  # within which the planted bug must be found
BUG_SEEDS = 20

# What a replica takes for newer after a heal: a system with a planted bug.
BUG = os.path.join(
    HERE, "../../scenarios/examples/write-is-lost-after-a-heal.fozzy.json")

# A partition that heals: the smallest scenario worth searching.
KV = {
    "version": 1,
    "name": "kv-explore",
    "distributed": {
        "node_count": 3,
        "steps": [
            {"type": "client_put", "node": "n0", "key": "x", "value": "1"},
            {"type": "partition", "a": "n0", "b": "n1"},
            {"type": "client_put", "node": "n0", "key": "x", "value": "2"},
            {"type": "heal", "a": "n0", "b": "n1"},
        ],
        "invariants": [{"type": "kv_all_equal", "key": "x"}],
    },
}


def heavy():
    """Returns a cluster of 16 nodes with 20 writes: 300 deliveries a run."""
    steps = [{"type": "client_put", "node": f"n{i % 16}", "key": f"k{i % 5}",
              "value": str(i)} for i in range(20)]
    return {"version": 1, "name": "heavy",
            "distributed": {"node_count": 16, "steps": steps, "invariants": [
                {"type": "kv_all_equal", "key": "k0"}]}}


class Explore:
    """The cases, in a scratch folder, of one program."""

    def __init__(self, program, folder, rounds):
        self.program = program
        self.folder = folder
        self.rounds = rounds
        self.kv = self.write("kv", KV)
        self.heavy = self.write("heavy", heavy())
        os.chdir(folder)  # the artifacts of runs go to ./.fozzy

    def write(self, name, scenario):
        path = os.path.join(self.folder, name + ".fozzy.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(scenario, file)
        return path

    def clean(self, _=None):
        """Forgets earlier runs: their number must not matter, nor help."""
        shutil.rmtree(os.path.join(self.folder, ".fozzy"), ignore_errors=True)

    def explored(self, path, runs, *more):
        seed = () if "--seed" in more else ("--seed", "7")
        return [self.program, "explore", path, "--runs", str(runs), "--json",
                *seed, *more]

    def explore(self):
        micros = []
        for _ in range(self.rounds):
            self.clean()
            out = subprocess.run(self.explored(self.kv, SCHEDULES), check=True,
                                 capture_output=True)
            micros.append(json.loads(out.stdout)["wallNs"] / 1e3 / SCHEDULES)
        # 100,000 a second on one core.
        yield result("explore/kv", statistics.median(micros), "us/schedule",
                     "limit", 10.0)

    def jobs(self):
        commands = {jobs: self.explored(self.heavy, HEAVY_SCHEDULES, "--jobs",
                                        str(jobs)) for jobs in (1, 2)}
        # What two jobs spend beyond one: that of sharing, of handing over and
        # of starting.  It tells on a busy machine, too.
        spent = {1: [], 2: []}
        for _ in range(self.rounds):
            for jobs, command in commands.items():
                self.clean()
                spent[jobs].append(cpu_seconds(command))
        yield result("explore/two_jobs_cpu", statistics.median(spent[2]), "s",
                     "one job", statistics.median(spent[1]), 0.95)
        times = in_turn(commands, self.rounds, before=self.clean)
        yield result("explore/two_jobs", times[2], "s", "one job", times[1],
                     1.85)

    def found(self, seed):
        """Returns the report of finding the planted bug and shrinking it."""
        reports = []
        for command in (
                self.explored(BUG, BUG_SCHEDULES, "--seed", str(seed),
                              "--record", "bug.fozzy"),
                [self.program, "shrink", "bug.fozzy", "--json"]):
            out = subprocess.run(command, capture_output=True)
            if out.returncode != 1:
                raise SystemExit(f"bench: {' '.join(command)} gave "
                                 f"{out.returncode}")
            reports.append(json.loads(out.stdout))
        titles = {report["findings"][0]["title"] for report in reports}
        if len(titles) != 1 or not reports[1]["shrink"]["fixpoint"]:
            raise SystemExit(f"bench: seed {seed} was not shrunk: {titles}")
        return reports[0]

    def bug(self):
        times = []
        schedules = []
        for seed in range(BUG_SEEDS):
            self.clean()
            for trace in glob.glob("bug.*"):
                os.remove(trace)
            begin = time.perf_counter_ns()
            report = self.found(seed)
            times.append((time.perf_counter_ns() - begin) / 1e9)
            schedules.append(report["exploration"]["schedules"])
        line = result("explore/bug_found_and_shrunk", statistics.median(times),
                      "s", "limit", 1.0)
        line["schedules"] = statistics.median(schedules)
        yield line

    def groups(self):
        return (self.explore, self.bug, self.jobs)

    def counted(self):
        """Returns {case: command} whose instructions are counted."""
        return {"explore/kv": self.explored(self.kv, 10_000)}
