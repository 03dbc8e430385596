"""What the checkers share: the files of a tree and their text without comments.

Imported by check_*.py; takes no time of its own.
"""

import fnmatch
import os
import re
import subprocess

FOLDERS = ("sim", "trace", "kernels", "backends", "scenarios", "cli")
# Projects of other people, as it were.
EXAMPLES = "scenarios/examples/"


def source_files(root):
    """Returns the C++ files of the product below `root`, sorted."""
    if os.path.exists(os.path.join(root, ".git")):
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others",
             "--exclude-standard", "--", *FOLDERS],
            cwd=root, check=True, capture_output=True, text=True).stdout
        paths = [path for path in listed.split("\0") if path]
    else:
        paths = [
            os.path.relpath(os.path.join(folder, name), root)
            for folder, _, names in os.walk(root) for name in names
        ]
    return sorted(path for path in set(paths)
                  if path.endswith((".cc", ".h")) and
                  path.startswith(FOLDERS) and
                  not path.startswith(EXAMPLES) and
                  os.path.isfile(os.path.join(root, path)))


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def matches(path, patterns):
    """Returns whether `path` is one of `patterns`; "a/" is all below a."""
    return any(
        path.startswith(pattern) if pattern.endswith("/") else
        fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


_TOKEN = re.compile(
    r"""
    (?P<comment> //[^\n]* | /\*.*?\*/ )
  | (?P<include> ^[ \t]*\#[ \t]*include[^\n]* )
  | (?P<raw> R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)" )
  | (?P<text> "(?:\\.|[^"\\\n])*" )
  | (?P<char> (?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+' )
    """, re.VERBOSE | re.DOTALL | re.MULTILINE)


def without_comments(text, keep_strings=False):
    """Returns `text`, line for line, without comments and strings."""

    def replace(match):
        found = match.group(0)
        if match.lastgroup == "include" or (
                keep_strings and match.lastgroup != "comment"):
            return found
        lines = "\n" * found.count("\n")
        return lines or (" " if match.lastgroup == "comment" else '""')

    return _TOKEN.sub(replace, text)
