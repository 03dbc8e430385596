#!/usr/bin/env python3
"""Checks every #include against ci/layers.txt.  Time: 0.2 s.

  ci/check_layers.py [ROOT]
"""

import os
import re
import sys

from source_tree import matches, read, source_files, without_comments

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
STD = re.compile(r"^[a-z0-9_]+$")


def read_rules(path):
    layers, uses = {}, []
    with open(path, encoding="utf-8") as file:
        for line in file:
            words = line.split("#")[0].split()
            if not words:
                continue
            if words[0] == "layer":
                only = words[4:] if len(words) > 3 else None
                layers[words[2]] = (int(words[1]), only)
            else:
                uses.append((words[0], words[1], words[3:]))
    return layers, uses


def layer_of(path, layers):
    folders = [name for name in layers if path.startswith(name + "/")]
    return max(folders, key=len) if folders else None


def layer_problem(source, target, layers):
    """Returns why layer `source` may not include `target`, or None."""
    if source == target:
        return None
    if source is None or target is None:
        return "is not in a folder of ci/layers.txt"
    rank, only = layers[source]
    if only is not None and target not in only:
        allowed = " ".join(only) or "itself"
        return f"{source} may include of ours only: {allowed}"
    if layers[target][0] > rank:
        return f"points up, from {source} to {target}"
    if layers[target][0] == rank:
        return f"points sideways, from {source} to {target}"
    return None


def use_problem(path, header, uses):
    for verb, pattern, places in uses:
        if not matches(header, [pattern]):
            continue
        if verb == "never" and matches(path, places):
            return f"is not for {' '.join(places)}"
        if verb == "use" and not matches(path, places):
            return f"may be included only in {' '.join(places)}"
    return None


TEST_HEADER = "scenarios/include/fozzy/test.h"


def public_problem(path, quote, header, is_known):
    if quote == "<":
        # Simulated tests are GoogleTests: who writes them has it.
        if path == TEST_HEADER and header.startswith("gtest/"):
            return None
        return None if STD.match(header) else "is not a standard header"
    if not header.startswith("fozzy/") or not is_known:
        return "is not public: a public header shows std and fozzy/ only"
    return None


def check(root, rules):
    layers, uses = read_rules(rules)
    paths = source_files(root)
    known = {path: path for path in paths}
    public = {p.split("/include/", 1)[1] for p in paths if "/include/" in p}
    known |= {p.split("/include/", 1)[1]: p for p in paths if "/include/" in p}
    third_party = [pattern for verb, pattern, _ in uses if verb == "use"]
    for path in paths:
        text = without_comments(read(root, path))
        for match in INCLUDE.finditer(text):
            quote, header = match.groups()
            target = known.get(header)
            # version.h is generated from version.h.in, which lies there.
            if os.path.exists(os.path.join(root, header + ".in")):
                target = header
            problem = use_problem(path, header, uses)
            if problem is None and target is not None:
                problem = layer_problem(layer_of(path, layers),
                                        layer_of(target, layers), layers)
                if "/include/" in header:
                    problem = f'is spelled "{target.split("/include/")[1]}"'
            elif problem is None and quote == '"':
                if not matches(header, third_party):
                    problem = "is neither ours, spelled from the root, nor " \
                              "in ci/layers.txt"
            if "/include/" in path:
                problem = public_problem(path, quote, header,
                                         header in public) or problem
            if problem:
                line = text.count("\n", 0, match.start()) + 1
                yield f"{path}:{line}: {header} {problem}"


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(here)
    problems = list(check(root, os.path.join(here, "layers.txt")))
    for problem in problems:
        print(problem)
    print(f"layers: {len(problems)} problems in "
          f"{len(source_files(root))} files")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
