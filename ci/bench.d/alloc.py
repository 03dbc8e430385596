"""Group alloc: malloc under LD_PRELOAD, one program, five allocators in turn.

The peer of a case is the best of the four others in the same rounds.  Loops of
one thread are measured in CPU time, which other work on the machine disturbs
less; those of two threads in wall time.  Each run tells which library served
its calls; one that was served by another ends the bench.
"""

import json
import os
import statistics
import subprocess

from measure import result

FOLDER = "/usr/lib/x86_64-linux-gnu"
# {name: (library to preload, what the library that serves is called)}
PEERS = {
    "glibc": ("", "libc.so"),
    "jemalloc": (f"{FOLDER}/libjemalloc.so.2", "libjemalloc"),
    "mimalloc": (f"{FOLDER}/libmimalloc.so.2", "libmimalloc"),
    "tcmalloc": (f"{FOLDER}/libtcmalloc_minimal.so.4", "libtcmalloc"),
}
OURS = "fozzy"
RSS_MAX = 1.1  # times that of mimalloc


class Alloc:
    """The cases of the program malloc_bench, built beside `program`."""

    def __init__(self, program, folder, rounds):
        beside = os.path.join(os.path.dirname(program), "kernels/alloc/host")
        self.program = os.path.join(beside, "malloc_bench")
        self.rounds = rounds
        library = os.path.join(beside, "libfozzy_alloc.so")
        self.allocators = dict(PEERS)
        self.allocators[OURS] = (library, "libfozzy_alloc")
        needed = [self.program] + [path for path, _ in
                                   self.allocators.values() if path]
        for path in needed:
            if not os.path.exists(path):
                raise SystemExit(f"bench: there is no {path}; run ci/setup "
                                 "--bench and ci/build release malloc_bench "
                                 "fozzy_alloc")

    def run(self, case, name):
        """Returns what one run of `case` said of itself."""
        library, serves = self.allocators[name]
        out = subprocess.run([self.program, case], check=True,
                             capture_output=True,
                             env=dict(os.environ, LD_PRELOAD=library))
        said = json.loads(out.stdout)
        if serves not in said["malloc"] or serves not in said["free"]:
            raise SystemExit(f"bench: {case} with {name} was served by "
                             f"{said['malloc']} and {said['free']}")
        if name == OURS and said["served"] == 0:
            raise SystemExit(f"bench: {name} counted no call of {case}")
        return said

    def measured(self, case, key):
        """Returns {name: medians of all that the runs of `case` said}, with
        "ns", the nanoseconds of an operation by `key`."""
        runs = {name: [] for name in self.allocators}
        names = list(runs)
        for i in range(self.rounds):
            turn = i % len(names)
            for name in names[turn:] + names[:turn]:
                said = self.run(case, name)
                said["ns"] = 1e3 / said[key]
                runs[name].append(said)
        return {name: {field: statistics.median(said[field] for said in of)
                       for field in ("ns", "peak_kib", "faults")}
                for name, of in runs.items()}

    def compared(self, case, target=1.0, key="cpu_mops"):
        """Yields the lines of one case."""
        of = self.measured(case, key)
        best = min(PEERS, key=lambda name: of[name]["ns"])
        name = f"alloc/{case}"
        yield result(name, of[OURS]["ns"], "ns/op", best, of[best]["ns"],
                     target)
        for peer in PEERS:
            yield result(f"{name}/{peer}", of[OURS]["ns"], "ns/op", peer,
                         of[peer]["ns"],
                         1.15 if (case, peer) == ("gap", "mimalloc") else 1.0)
        yield result(f"{name}/rss", of[OURS]["peak_kib"] / 1024, "MiB",
                     "mimalloc", of["mimalloc"]["peak_kib"] / 1024,
                     1 / RSS_MAX)
        yield result(f"{name}/faults", of[OURS]["faults"], "faults",
                     best, of[best]["faults"], 0.0)

    def null(self, case):
        """Yields the cost of the loop alone."""
        ns = statistics.median(1e3 / self.run(f"null_{case}", OURS)["cpu_mops"]
                               for _ in range(3))
        yield result(f"alloc/{case}/null_loop", ns, "ns/op", "itself", ns, 0.0)

    def small(self):
        for case, target in (("mixed_256", 1.1), ("mixed_8192", 1.1),
                             ("independent_8192", 1.0), ("gap", 1.0)):
            yield from self.null(case)
            yield from self.compared(case, target)

    def large(self):
        yield from self.null("large")
        yield from self.compared("large")

    def threads(self):
        for case in ("larson", "remote"):
            yield from self.compared(case, key="mops")

    def touch(self):
        for case in ("json", "mir", "vm", "mixed"):
            yield from self.compared(case)

    def groups(self):
        return (self.small, self.large, self.threads, self.touch)

    def counted(self):
        """Returns {case: command} whose instructions are counted."""
        return {}

    def clean(self):
        """There is nothing to forget between runs."""
