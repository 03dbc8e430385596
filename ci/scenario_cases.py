"""The scenario files the gates run, and how each is run.

Imported by ci/twice and ci/verify_traces; takes no time of its own.
"""

import dataclasses
import json
import os
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHARED = os.path.join(os.path.dirname(ROOT), "shared")
RUN_SECONDS_MAX = 60


@dataclasses.dataclass(frozen=True)
class Case:
    name: str  # for messages, unique
    path: str  # absolute
    command: str  # run or explore
    args: tuple  # with the seed

    def arguments(self, path, trace):
        """Returns the command line after the program's name."""
        det = ["--det"] if self.command == "run" else []
        return [self.command, path, *det, *self.args, "--record", trace,
                "--json"]


def scenario_files(folder):
    """Returns the paths of the scenarios below `folder`, sorted."""
    found = []
    for at, _, names in os.walk(folder):
        found += [os.path.join(at, name) for name in names
                  if name.endswith(".fozzy.json")]
    return sorted(found)


def expectations(folder):
    path = os.path.join(folder, "expected.json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def is_distributed(path):
    try:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
    except ValueError:
        return False
    return isinstance(document, dict) and "steps" not in document and \
        "distributed" in document


def all_cases():
    """Returns a Case for every scenario of ours and of ../shared, if there."""
    cases = []
    for label, folder in (
        ("suite", os.path.join(ROOT, "scenarios/suite")),
        ("known_bugs", os.path.join(ROOT, "scenarios/known_bugs")),
        ("corpus", os.path.join(SHARED, "corpus")),
        ("conformance", os.path.join(SHARED, "conformance")),
    ):
        expected = expectations(folder)
        for path in scenario_files(folder):
            name = os.path.relpath(path, folder)
            entry = expected.get(name, {})
            command = entry.get("command")
            if command is None:
                command = "explore" if is_distributed(path) else "run"
            args = tuple(entry.get("args", ("--seed", "7")))
            cases.append(Case(f"{label}/{name}", path, command, args))
    return cases


def spawn(program, arguments, cwd, env=None, umask=-1, prefix=()):
    """Returns (exit code, stdout); the code is 124 for a run that hangs."""
    try:
        done = subprocess.run(
            [*prefix, program, *arguments], cwd=cwd, env=env, umask=umask,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, close_fds=False,
            timeout=RUN_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        return 124, b""
    return done.returncode, done.stdout


def in_parallel(work, cases):
    """Returns [work(case, folder) for each case], each in an empty folder."""
    with tempfile.TemporaryDirectory(prefix="fozzy-") as scratch:

        def in_folder(numbered):
            number, case = numbered
            folder = os.path.join(scratch, str(number))
            os.mkdir(folder)
            return work(case, folder)

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(in_folder, enumerate(cases)))


def is_runnable(exit_code):
    """Returns whether a command that ended so ran its scenario."""
    return exit_code in (0, 1, 3, 4)
