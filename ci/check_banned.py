#!/usr/bin/env python3
"""Checks that what is banned is not used outside of its places.  Time: 0.5 s.

  ci/check_banned.py [ROOT]

The only way to be excepted is a path in the table below.
"""

import os
import re
import sys

from source_tree import matches, read, source_files, without_comments

HOST = ("backends/host/", "kernels/*/host/*")
BENCH = ("*_bench.cc",)
TESTS = ("*_test.cc", "*/testing/*")
POOL = ("*/worker_pool.cc", "*/worker_pool.h", "*/worker_pool_test.cc",
        "cli/suite.cc",
        # Shares out the schedules of an exploration, by index.
        "cli/explore_jobs.cc")
STRESS = ("*_stress_test.cc",)
# What stands in for std:: in simulations, or ties it to the host.
SYNC = ("sim/include/fozzy/*", "sim/sync/*", "sim/current.*",
        "sim/simulation.*", "sim/task_entry.*")
# Programs that misbehave for a test to notice.
PLANTED = ("*/planted/*",)
WORKERS = ("*/worker.cc", "*/worker_main.cc", "*/carrier.cc", "*/fiber.cc")

# A call of a plain function: not a member, not part of a longer name.
CALL = r"(?<![\w.>:~])(?:std::|::)?(?:%s)\s*\("

CODE, WITH_STRINGS, EVERYTHING = range(3)


def everywhere(path):
    return True


def deterministic_folders(path):
    return path.startswith(("sim/", "trace/", "scenarios/"))


# (pattern, in which view of the file, where it is banned, except in, use)
BANS = (
    (r"(?<!fozzy::)\b(?:system|steady|high_resolution|utc)_clock\b"
     r"|\babsl::Now\b|\babsl::SleepFor\b"
     r"|(?<!fozzy::this_thread::)\bsleep_(?:for|until)\b|"
     + CALL % r"u?sleep|(?:clock_)?nanosleep|clock_gettime|gettimeofday"
     r"|timespec_get" + "|" + CALL % "time" + r"\s*(?:0|NULL|nullptr|&)",
     CODE, everywhere, HOST + BENCH + SYNC + ("cli/progress*",),
     "VirtualClock, or the clock of backends/host"),
    (r"\brandom_device\b|\bmt19937|\w_distribution\b"
     r"|\bstd::(?:shuffle|sample)\b|\babsl::(?:Insecure)?BitGen\b|"
     + CALL % "s?rand|random|rand_r|drand48|getrandom|getentropy|arc4random",
     CODE, everywhere, ("backends/host/*entropy*", "backends/host/*random*",
                        "backends/host/*seed*", "cli/*seed*"),
     "Rng, or a choice"),
    (r"\bstd::(?:jthread|thread|async|this_thread)\b|\bpthread_\w+",
     CODE, everywhere, HOST + POOL + STRESS + BENCH + SYNC,
     "Simulation::Spawn, or the worker pool"),
    (r"\bstd::(?:\w+_)?mutex\b|\bstd::atomic\w*|\babsl::Mutex\b"
     r"|\bstd::condition_variable|\bstd::call_once\b|\bstd::lock_guard\b",
     CODE, everywhere,
     HOST + POOL + STRESS + SYNC + BENCH + ("kernels/*/std_sync.h",),
     "SimSync, or the kernel's Sync policy"),
    (r"\bunordered_(?:multi)?(?:map|set)\b|\b(?:flat|node)_hash_(?:map|set)\b"
     r"|\bstd::hash\b|\babsl::Hash\b",
     CODE, everywhere, ("sim/base/lookup_table*",),
     "absl::btree_map, a sorted vector, Digest"),
    (r"\b(?:map|set|btree_map|btree_set)<\s*(?:const\s+)?[\w:]+\s*\*"
     r"|\breinterpret_cast<\s*(?:std::)?u?int(?:ptr|64)_t\s*>"
     r"|\breinterpret_cast<\s*size_t\s*>",
     CODE, everywhere, HOST + TESTS + WORKERS +
     ("kernels/alloc/", "sim/core/*carrier*", "sim/core/*fiber*",
      "sim/core/*stack*"),
     "Id, or an offset: addresses differ from run to run"),
    (r"%p", WITH_STRINGS, everywhere, HOST + ("kernels/alloc/",),
     "Id: addresses differ from run to run"),
    (r"\b(?:float|double)\b|<cmath>", CODE, deterministic_folders,
     TESTS + BENCH + ("sim/base/drop_threshold.*", "scenarios/step.h",
                      "scenarios/*json*", "scenarios/*number*",
                      "scenarios/parse*", "scenarios/steps_net.cc"),
     "integers, Ratio"),
    (CALL % "(?:secure_)?getenv|setenv|putenv|setlocale" + r"|\benviron\b",
     CODE, everywhere, HOST + TESTS + ("cli/",), "options, passed in"),
    (r"\b(?:throw|try|catch)\b", CODE, everywhere,
     TESTS + SYNC + ("cli/args.cc", "sim/task.cc", "sim/core/task_entry*"),
     "absl::Status"),
    (r"\bstd::(?:cout|cerr|clog)\b|<(?:iostream|print)>|"
     + CALL % r"v?[fd]?printf|f?puts|putchar", CODE, everywhere,
     BENCH + ("cli/output.cc", "sim/base/check.cc",
              "scenarios/known_bugs/gate.cc", "sim/testing/say.h"),
     "return it; cli/output.cc prints"),
    (CALL % "_?exit|_Exit|quick_exit|abort|terminate", CODE, everywhere,
     HOST + TESTS + WORKERS + ("cli/main.cc", "sim/base/check.cc", "*_fuzz.cc",
                               # Copies of a process must not come back.
                               "sim/search/forked_subject.cc",
                               "sim/search/fresh_process.cc"),
     "absl::Status, or FOZZY_CHECK"),
    (r"\bstd::(?:make_shared|shared_ptr|weak_ptr)\b", CODE, everywhere, (),
     "std::unique_ptr, a value, or a reference"),
    (r"\bstd::(?:format|print)\b|<format>|\bstd::(?:ranges::)?views\b"
     r"|\bstd::source_location\b", CODE, everywhere, (),
     "absl::StrCat, loops, __builtin_LINE(): clang 14 lacks these"),
    (r"\b(?:TODO|FIXME|XXX|HACK)\b|DO NOT SUBMIT", EVERYTHING, everywhere, (),
     "finish it"),
    (r"\bNOLINT|clang-format (?:off|on)|#\s*pragma (?:GCC|clang) diagnostic",
     EVERYTHING, everywhere, (), "mend what the tool says"),
    (r"\bDISABLED_|\bGTEST_SKIP\b", CODE, everywhere,
     # They say so: a sanitizer's program cannot be preloaded into.
     ("backends/host/doctor/*_test.cc",), "a test that runs, or none"),
)


def check(root):
    for path in source_files(root):
        text = read(root, path)
        views = (without_comments(text), without_comments(text, True), text)
        for pattern, view, applies, places, replacement in BANS:
            if not applies(path) or matches(path, places + PLANTED):
                continue
            for match in re.finditer(pattern, views[view]):
                line = views[view].count("\n", 0, match.start()) + 1
                yield (f"{path}:{line}: {match.group(0).strip()} is banned "
                       f"here; use {replacement}")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(here)
    problems = list(check(root))
    for problem in problems:
        print(problem)
    print(f"bans: {len(problems)} problems in {len(source_files(root))} files")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
