"""Instruction counts by callgrind, which repeat where times do not, against a
baseline kept in a file.  Imported by ci/bench.
"""

import csv
import json
import os
import re
import subprocess

COUNT = re.compile(r"Collected : (\d+)")


def count(command):
    """Returns the instructions `command` executes."""
    done = subprocess.run(
        ["setarch", "-R", "valgrind", "--tool=callgrind",
         "--callgrind-out-file=/dev/null", *command],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    found = COUNT.search(done.stderr)
    if done.returncode != 0 or not found:
        raise SystemExit(f"bench: {' '.join(command)} under callgrind gave "
                         f"{done.returncode}:\n{done.stderr[-2000:]}")
    return int(found.group(1))


def compare(counts, baseline, percent_max):
    """Returns rows (case, before or None, now, percent, verdict)."""
    rows = []
    for case, now in counts.items():
        before = baseline.get(case)
        if before is None:
            rows.append((case, None, now, 0.0, "new"))
            continue
        percent = 100.0 * (now - before) / before
        verdict = "ok"
        if percent > percent_max:
            verdict = "regression"
        elif percent < -percent_max:
            verdict = "better"
        rows.append((case, before, now, percent, verdict))
    return rows


def write_reports(rows, folder):
    with open(os.path.join(folder, "COMPARE.csv"), "w", newline="",
              encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("case", "before", "now", "percent", "verdict"))
        for case, before, now, percent, verdict in rows:
            writer.writerow((case, before, now, f"{percent:.2f}", verdict))
    with open(os.path.join(folder, "COMPARE.md"), "w",
              encoding="utf-8") as file:
        file.write("| case | before | now | change | |\n"
                   "|---|---|---|---|---|\n")
        for case, before, now, percent, verdict in rows:
            file.write(f"| {case} | {before or ''} | {now} | {percent:+.2f} % "
                       f"| {verdict} |\n")


def read_baseline(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def write_baseline(path, counts):
    """Writes the counts of a group; those of other groups stay."""
    groups = {case.split("/")[0] for case in counts}
    baseline = read_baseline(path) if os.path.exists(path) else {}
    kept = {case: number for case, number in baseline.items()
            if case.split("/")[0] not in groups}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(kept | counts, file, indent=1, sort_keys=True)
        file.write("\n")
