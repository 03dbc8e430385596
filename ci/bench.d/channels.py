"""Group channels: messages of 64 bytes between threads, against the queues of
Boost, TBB and moodycamel; latency against bare cache lines.

Two threads are pinned to two processors: what else runs there disturbs, so the
programs run in turn, and the medians of their rounds are compared.
"""

import os
import statistics
import subprocess

from measure import result

MESSAGES = 500_000
ROUND_TRIPS = 100_000


class Channels:
    """The cases of channels_bench and latency_bench, built beside `program`."""

    def __init__(self, program, folder, rounds):
        self.rounds = rounds
        self.programs = os.path.join(os.path.dirname(program),
                                     "kernels/channels")
        for name in ("channels_bench", "latency_bench"):
            path = os.path.join(self.programs, name)
            if not os.access(path, os.X_OK):
                raise SystemExit(f"bench: there is no program {path}; run "
                                 f"ci/setup --bench and ci/build release "
                                 f"{name}")

    def run(self, program, *arguments):
        """Returns the numbers that the program prints."""
        out = subprocess.run(
            [os.path.join(self.programs, program), *map(str, arguments)],
            check=True, capture_output=True, text=True)
        return [float(word) for word in out.stdout.split()]

    def nanoseconds(self, case, peers, messages=MESSAGES):
        """Returns {peer: median time of a message}."""
        times = {peer: [] for peer in peers}
        for i in range(self.rounds):
            for peer in peers[i % len(peers):] + peers[:i % len(peers)]:
                times[peer] += self.run("channels_bench", case, peer, messages)
        return {peer: statistics.median(of) for peer, of in times.items()}

    def against(self, case, bounded, others=(), target=1.0):
        """Yields a line for the best of `bounded` and for each of `others`."""
        times = self.nanoseconds(case, ["ours", *bounded, *others])
        best = min(bounded, key=times.get)
        yield result(f"channels/{case}", times["ours"], "ns", best,
                     times[best], target)
        for other in others:
            yield result(f"channels/{case}_{other}", times["ours"], "ns",
                         other, times[other], 0.0)

    def one(self):
        yield from self.against("one", ["boost", "tbb"], ["moodycamel"], 1.5)

    def batch(self):
        yield from self.against("batch", ["boost"], ["moodycamel"], 3.0)

    def shapes(self):
        for case in ("mpsc", "spmc", "mpmc"):
            yield from self.against(case, ["boost", "tbb"], ["moodycamel"],
                                    0.0)
        # There is no queue that does the same; one of each for each receiver
        # would be it.
        yield from self.against("broadcast", ["one_for_each"], (), 0.0)

    def latency(self):
        times = {"ours": [], "bare": []}
        for _ in range(self.rounds):
            for peer, of in times.items():
                of.append(self.run("latency_bench", peer, ROUND_TRIPS))
        for i, percentile in enumerate(("p50", "p99", "p99.9")):
            ours, bare = (statistics.median(row[i] for row in of)
                          for of in times.values())
            yield result(f"channels/latency_{percentile}", ours, "ns", "bare",
                         bare, 0.769 if i == 0 else 0.0)

    def metrics(self):
        """What counting costs."""
        for case in ("one", "batch"):
            times = self.nanoseconds(case, ["ours", "plain"])
            yield result(f"channels/metrics_{case}", times["ours"], "ns",
                         "not counted", times["plain"], 0.97)

    def groups(self):
        return (self.one, self.batch, self.shapes, self.latency, self.metrics)

    def counted(self):
        """Returns {case: command} whose instructions are counted."""
        return {}
