"""How the benches measure: processes in turn, medians, ratios.

Imported by the groups; takes no time of its own.
"""

import os
import statistics
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))

# Starting the empty static program on the machine the figures come from.
REFERENCE_EMPTY_S = 0.00064


def build_empty(folder):
    """Compiles the yardstick into `folder` and returns its path."""
    program = os.path.join(folder, "empty")
    subprocess.run(["gcc", "-static", "-O2", "-o", program,
                    os.path.join(HERE, "empty.c")], check=True)
    return program


def run_and_wait(command, codes):
    """Returns (seconds, resource usage) of one run of `command`."""
    actions = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
               (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter_ns()
    child = os.posix_spawn(command[0], command, os.environ,
                           file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    elapsed = time.perf_counter_ns() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in codes:
        raise SystemExit(f"bench: {' '.join(command)} gave {code}")
    return elapsed / 1e9, usage


def run_once(command, codes=(0,)):
    """Returns (seconds, max RSS in bytes) of one run of `command`."""
    seconds, usage = run_and_wait(command, codes)
    return seconds, usage.ru_maxrss * 1024


def cpu_seconds(command):
    """Returns the CPU time of one run of `command`, in user code and in the
    system, with all its threads and the processes it waited for."""
    _, usage = run_and_wait(command, (0,))
    return usage.ru_utime + usage.ru_stime


def in_turn(commands, rounds, before=None):
    """Runs all of {name: command} in each round, so that what disturbs the
    machine disturbs all of them.  Returns {name: median seconds}."""
    times = {name: [] for name in commands}
    names = list(commands)
    for i in range(rounds + 1):
        # The order turns, so that none always follows the same other.
        for name in names[i % len(names):] + names[:i % len(names)]:
            if before:
                before(name)
            seconds, _ = run_once(commands[name])
            if i > 0:  # the first round only warms up
                times[name].append(seconds)
    return {name: statistics.median(of) for name, of in times.items()}


def speed(empty_s):
    """Returns how much slower this machine is than that of the figures."""
    return empty_s / REFERENCE_EMPTY_S


def result(case, value, unit, peer, peer_value, target=1.0):
    """Returns the line of a case where less is better: `ratio` is how many
    times better than the peer it is, and is to reach `target`."""
    return {
        "case": case,
        "value": round(value, 4),
        "unit": unit,
        "peer": peer,
        "peer_value": round(peer_value, 4),
        "ratio": round(peer_value / value, 3) if value > 0 else 999.0,
        "target": target,
    }
