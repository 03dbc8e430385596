#!/usr/bin/env python3
"""Fails on a README that names a file of the repository that is not there.

Held to it: links, words in backticks that begin with a folder of the root, and
the first column of tables headed "file", below the folder of the README; there
a name without extension stands for its .h, .cc and test.  "*" is any text, and
NAME a name yet to be chosen.
Time: 0.1 s.
"""

import glob
import os
import re
import sys

_LINK = re.compile(r"\]\(([^):#]+)\)")
_QUOTED = re.compile(r"`([^`\s]+)`")


def _lines(text):
    """Yields number, line, whether in a table of files; not what is code."""
    in_code = in_files = False
    for number, line in enumerate(text.splitlines(), 1):
        in_code ^= line.startswith("```")
        if line.startswith("| file |"):
            in_files = True
        in_files &= line.startswith("|")
        if not in_code and not line.startswith("    "):
            yield number, line, in_files


def _names(line, in_files):
    """Yields the folder-relative and the root-relative names of a line."""
    for name in _LINK.findall(line):
        yield name, False
    end = line.index("|", 1) if in_files else 0
    for name in _QUOTED.findall(line[:end]):
        yield name, False
    for name in _QUOTED.findall(line[end:]):
        yield name, True


def check(root):
    """Yields a problem for each name that leads nowhere."""
    for readme in glob.glob("**/README.md", root_dir=root, recursive=True):
        folder = os.path.dirname(readme)
        if folder.startswith("build"):
            continue
        with open(os.path.join(root, readme), encoding="utf-8") as file:
            text = file.read()
        for number, line, in_files in _lines(text):
            for name, from_root in _names(line, in_files):
                if from_root and not _is_path(root, name):
                    continue
                base = root if from_root else os.path.join(root, folder)
                # Public headers are named as they are included.
                if not any(glob.glob(start + name.rstrip("/") + end,
                                     root_dir=base)
                           for start in ("", "include/")
                           for end in ("", ".*", "_*")):
                    yield f"{readme}:{number}: {name} does not exist"


def _is_path(root, name):
    first, slash, _ = name.partition("/")
    return bool(slash and first and first not in (".", "..") and
                not first.startswith("build") and "NAME" not in name and
                re.match(r"[\w./*-]+$", name)
                and os.path.isdir(os.path.join(root, first)))


def main():
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    problems = list(check(root))
    for problem in problems:
        print(problem)
    print(f"links: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
