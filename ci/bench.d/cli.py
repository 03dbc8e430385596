"""Group cli: what a user waits for, and what it takes of disk and memory.

The figures in seconds are scaled by the start of an empty program, measured
beside; "limit" is the peer of a case that compares with nothing else.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys

import measure
from measure import in_turn, result, run_once, speed

ROOT = os.path.dirname(os.path.dirname(measure.HERE))
EXAMPLE = """{"version": 1, "name": "example", "steps": [
  {"type": "trace_event", "name": "setup", "fields": {}},
  {"type": "rand_u64", "key": "rand"},
  {"type": "sleep", "duration": "10ms"},
  {"type": "assert_eq_int", "a": 1, "b": 1}]}
"""
STEPS = 100_000
MIB = 1 << 20


class Cli:
    """The cases, in a scratch folder, of one program."""

    def __init__(self, program, folder, rounds):
        self.program = program
        self.folder = folder
        self.rounds = rounds
        self.empty = measure.build_empty(folder)
        self.example = self.write("example", EXAMPLE)
        os.chdir(folder)  # the artifacts of runs go to ./.fozzy

    def write(self, name, text):
        path = os.path.join(self.folder, name + ".fozzy.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def made(self, kind, count, fails=False):
        """Returns the path of a scenario of ci/make_scenario.py."""
        name = f"{kind}-{count}{'-fails' if fails else ''}"
        path = os.path.join(self.folder, name + ".fozzy.json")
        if not os.path.exists(path):
            script = os.path.join(ROOT, "ci/make_scenario.py")
            command = [sys.executable, script, kind, str(count)]
            command += ["--fail-first"] * fails
            with open(path, "wb") as file:
                subprocess.run(command, check=True, stdout=file)
        return path

    def run(self, path, *more):
        return [self.program, "run", path, "--det", "--seed", "7", "--json",
                *more]

    def recorded(self, path, codes=(0,)):
        """Returns the path of a trace of `path`, recorded anew."""
        trace = path.removesuffix(".fozzy.json") + ".fozzy"
        if not os.path.exists(trace):
            run_once(self.run(path, "--record", trace), codes)
        return trace

    def clean(self, _=None):
        """Forgets earlier runs: their number must not matter, nor help."""
        shutil.rmtree(os.path.join(self.folder, ".fozzy"), ignore_errors=True)
        try:
            os.remove(os.path.join(self.folder, "out.fozzy"))
        except FileNotFoundError:
            pass

    def start(self):
        times = in_turn({"empty": [self.empty], "run": self.run(self.example)},
                        20 * self.rounds)
        limit = 2.0 * speed(times["empty"])
        yield result("cli/run_example_over_empty_program",
                     (times["run"] - times["empty"]) * 1e3, "ms", "limit",
                     limit)
        yield result("cli/run_example", times["run"] * 1e3, "ms",
                     "empty static program", times["empty"] * 1e3, 0.24)

    def test_thousand(self):
        folder = os.path.join(self.folder, "thousand")
        os.makedirs(folder, exist_ok=True)
        for i in range(1000):
            shutil.copy(self.example,
                        os.path.join(folder, f"{i:04}.fozzy.json"))
        empty = in_turn({"empty": [self.empty]}, 5 * self.rounds)["empty"]
        for jobs, limit_ms in ((1, 15), (2, 9)):
            command = [self.program, "test",
                       os.path.join(folder, "*.fozzy.json"), "--det", "--seed",
                       "7", "--json", "--jobs", str(jobs)]
            times = []
            for _ in range(5 * self.rounds):
                self.clean()
                out = subprocess.run(command, check=True, capture_output=True)
                times.append(json.loads(out.stdout)["wallNs"] / 1e6)
            yield result(f"cli/test_1000_jobs_{jobs}",
                         statistics.median(times), "ms", "limit",
                         limit_ms * speed(empty))

    def long(self):
        path = self.made("mixed", STEPS)
        trace = self.recorded(path)
        out = os.path.join(self.folder, "out.fozzy")
        times = in_turn({
            "empty": [self.empty],
            "run": self.run(path),
            "record": self.run(path, "--record", out),
            "replay": [self.program, "replay", trace, "--json"],
            "ci": [self.program, "ci", trace, "--json"],
        }, self.rounds, before=self.clean)
        scale = speed(times["empty"])
        for name, limit in (("run", 0.10), ("record", 0.11),
                            ("replay", 0.11), ("ci", 0.2)):
            yield result(f"cli/{name}_100000_steps", times[name], "s", "limit",
                         limit * scale)
        yield result("cli/record_over_run", times["record"], "s",
                     "the same run, not recorded", times["run"],
                     round(1 / 1.1, 3))

    def linear(self):
        small, large = self.made("mixed", STEPS), self.made("mixed", 10 * STEPS)
        times = in_turn({"small": self.run(small), "large": self.run(large)},
                        max(3, self.rounds // 3), before=self.clean)
        yield result("cli/run_1000000_steps", times["large"], "s",
                     "ten times 100000 steps", 10 * times["small"], 0.9)

    def memory(self):
        path = self.made("mixed", STEPS)
        out = os.path.join(self.folder, "out.fozzy")
        self.clean()
        _, plain = run_once(self.run(path))
        self.clean()
        _, recording = run_once(self.run(path, "--record", out))
        yield result("cli/run_memory", plain / MIB, "MiB", "limit",
                     (3 * os.path.getsize(path) + 20e6) / MIB)
        yield result("cli/record_memory", max(recording - plain, 0) / MIB,
                     "MiB", "limit", 8e6 / MIB)

    def trace(self):
        path = self.made("mixed", STEPS)
        failing = self.made("mixed", STEPS, fails=True)
        beyond = os.path.getsize(self.recorded(path)) - os.path.getsize(
            self.recorded(failing, codes=(1,)))
        # One random number and the order of four steps: a decision per draw.
        yield result("cli/trace_bytes", beyond, "B", "limit",
                     2 * (STEPS // 4) + 12 * STEPS)

    def net(self):
        counts = (0, 2000, 40000)
        times = in_turn(
            {count: self.run(self.made("net", count)) for count in counts},
            2 * self.rounds, before=self.clean)
        small, large = ((times[count] - times[0]) / count * 1e6
                        for count in counts[1:])
        yield result("cli/net_40000_deliveries", large, "us/delivery",
                     "2000 deliveries", small, round(1 / 1.2, 3))

    def groups(self):
        return (self.start, self.test_thousand, self.long, self.linear,
                self.memory, self.trace, self.net)

    def counted(self):
        """Returns {case: command} whose instructions are counted."""
        mixed, net = self.made("mixed", 10_000), self.made("net", 2000)
        trace = self.recorded(mixed)
        out = os.path.join(self.folder, "out.fozzy")
        return {
            "cli/run_example": self.run(self.example),
            "cli/run_10000_steps": self.run(mixed),
            "cli/record_10000_steps": self.run(mixed, "--record", out),
            "cli/verify_10000_steps":
                [self.program, "trace", "verify", trace, "--json"],
            "cli/replay_10000_steps": [self.program, "replay", trace, "--json"],
            "cli/ci_10000_steps": [self.program, "ci", trace, "--json"],
            "cli/net_2000_deliveries": self.run(net),
        }
