#!/usr/bin/env python3
"""Checks the checkers: each planted fault is found, each exception holds.

Time: 1 s.
"""

import os
import tempfile
import unittest

import check_banned
import check_layers
import check_links
import check_sizes
import source_tree

RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "layers.txt")
ALWAYS = {
    "sim/base/digest.h": "",
    "sim/core/executor.h": "",
    "sim/virtual_clock.h": "",
    "sim/include/fozzy/strategy.h": "",
    "sim/testing/scripted_strategy.h": "",
    "trace/reader.h": "",
    "kernels/alloc/heap.h": "",
    "backends/host/host_clock.h": "",
    "scenarios/run.h": "",
}


def found(check, files, *arguments):
    """Returns what `check` says of a tree of `files`: path -> text."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            path = os.path.join(root, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        return list(check(root, *arguments))


class LayersTest(unittest.TestCase):

    def include(self, path, *headers):
        text = "".join(f"#include {header}\n" for header in headers)
        return found(check_layers.check, {**ALWAYS, path: text}, RULES)

    def test_what_may_be_included(self):
        for path, header in (
            ("sim/run_loop.cc", '"sim/base/digest.h"'),
            ("sim/run_loop.cc", '"fozzy/strategy.h"'),
            ("sim/run_loop_test.cc", '"sim/testing/scripted_strategy.h"'),
            ("sim/run_loop_test.cc", '"gtest/gtest.h"'),
            ("trace/writer.cc", '"sim/base/digest.h"'),
            ("trace/codec.cc", '"trace/proto/trace.pb.h"'),
            ("scenarios/explore.cc", '"trace/reader.h"'),
            ("scenarios/json.cc", '"rapidjson/reader.h"'),
            ("cli/args.cc", "<CLI/CLI.hpp>"),
            ("sim/include/fozzy/time.h", "<cstdint>"),
            ("sim/include/fozzy/time.h", '"fozzy/strategy.h"'),
        ):
            self.assertEqual(self.include(path, header), [], f"{path} {header}")

    def test_what_may_not(self):
        for path, header in (
            ("sim/run_loop.cc", '"scenarios/run.h"'),
            ("sim/base/bytes.cc", '"fozzy/strategy.h"'),
            ("sim/run_loop.cc", '"kernels/missing.h"'),
            ("sim/run_loop.cc", '"kernels/alloc/heap.h"'),
            ("sim/run_loop.cc", '"trace/reader.h"'),
            ("trace/writer.cc", '"sim/virtual_clock.h"'),
            ("trace/writer.cc", '"sim/core/executor.h"'),
            ("kernels/channels/ring.h", '"kernels/alloc/heap.h"'),
            ("kernels/channels/ring.h", '"sim/base/digest.h"'),
            ("backends/virtual/fs.cc", '"backends/host/host_clock.h"'),
            ("sim/run_loop.cc", '"sim/testing/scripted_strategy.h"'),
            ("sim/run_loop.cc", '"virtual_clock.h"'),
            ("sim/run_loop.cc", '"sim/include/fozzy/strategy.h"'),
            ("sim/run_loop.cc", '"gtest/gtest.h"'),
            ("sim/run_loop.cc", "<zlib.h>"),
            ("sim/core/executor.cc", '"absl/strings/string_view.h"'),
            ("trace/codec.h", '"trace/proto/trace.pb.h"'),
            ("scenarios/run.cc", '"trace/proto/trace.pb.h"'),
            ("scenarios/parse.cc", '"rapidjson/reader.h"'),
            ("cli/output.cc", '"nlohmann/json.hpp"'),
            ("sim/include/fozzy/time.h", "<unistd.h>"),
            ("sim/include/fozzy/time.h", '"sim/base/digest.h"'),
            ("sim/include/fozzy/time.h", '"absl/status/status.h"'),
        ):
            self.assertEqual(
                len(self.include(path, header)), 1, f"{path} {header}")

    def test_the_line_is_named(self):
        [problem] = self.include("sim/a.cc", "<vector>", '"scenarios/run.h"')
        self.assertTrue(problem.startswith("sim/a.cc:2: scenarios/run.h "))


class BannedTest(unittest.TestCase):

    def says(self, path, text):
        return found(check_banned.check, {path: text})

    def test_planted(self):
        for text in (
            "auto now = std::chrono::steady_clock::now();",
            "time(nullptr);",
            "::sleep(1);",
            "std::this_thread::yield();",
            "std::mt19937 gen(std::random_device{}());",
            "std::mutex mutex;",
            "std::atomic<int> count;",
            "std::unordered_map<int, int> map;",
            "absl::flat_hash_set<int> set;",
            "std::map<Task*, int> priorities;",
            "reinterpret_cast<uintptr_t>(task)",
            'Print("%p", task);',
            "double rate;",
            "#include <cmath>",
            'std::getenv("HOME")',
            'throw Error("no");',
            "try {",
            "std::cout << 1;",
            "printf(text);",
            "exit(1);",
            "std::abort();",
            "std::shared_ptr<int> value;",
            "#include <format>",
            "// TO" "DO: later",
            "int x;  // NO" "LINT",
            "TEST(A, DISABLED_B) {}",
        ):
            self.assertTrue(self.says("sim/a.cc", text), text)

    def test_clean(self):
        for text in (
            "// std::mutex would not do: exit(1)",
            "/* double\n std::cout */",
            'Say("a double sleep(1) in a text, printf(x)");',
            'R"(std::mutex and "double")";',
            "clock.sleep(1);",
            "bool try_lock();",
            "const int count = 1'000'000; int catches = '\"';",
            "snprintf(buffer, sizeof buffer, text);",
            "OnExit(); Timeout(0); runtime(0);",
            "std::map<int, Task*> by_id;",
        ):
            self.assertEqual(self.says("sim/a.cc", text), [], text)

    def test_exceptions_are_paths(self):
        clock = "clock_gettime(CLOCK_MONOTONIC, &now);"
        self.assertEqual(self.says("backends/host/host_clock.cc", clock), [])
        self.assertEqual(len(self.says("backends/hosts.cc", clock)), 1)
        self.assertEqual(self.says("backends/virtual/a.cc", "double x;"), [])

    def test_the_line_and_the_replacement_are_named(self):
        [problem] = self.says("sim/a.cc", "/* two\nlines */\nrand();\n")
        self.assertTrue(problem.startswith("sim/a.cc:3: rand("))
        self.assertIn("use Rng", problem)


class SizesTest(unittest.TestCase):

    def errors(self, files):
        return [message for is_error, message in found(check_sizes.check, files)
                if is_error]

    def test_lengths(self):
        self.assertEqual(self.errors({"sim/a.h": "\n" * 300}), [])
        self.assertEqual(len(self.errors({"sim/a.h": "\n" * 301})), 1)
        self.assertEqual(len(self.errors({"sim/a_test.cc": "\n" * 651})), 1)
        self.assertEqual(
            len(self.errors({"sim/a.cc": "\n" * 451, "sim/a_test.cc": ""})), 1)

    def test_a_source_has_a_test(self):
        self.assertEqual(len(self.errors({"sim/a.cc": ""})), 1)
        self.assertEqual(self.errors({"sim/a.cc": "", "sim/a_test.cc": ""}), [])


class LinksTest(unittest.TestCase):

    def says(self, text):
        return found(check_links.check, {
            **ALWAYS, "sim/run_loop.cc": "", "sim/README.md": text})

    def test_planted(self):
        for text in (
            "`sim/base/gone.h` says",
            "and [this](gone.md) too",
            "| file | holds |\n|---|---|\n| `virtual_clock` `gone` | time |",
            "| file | holds |\n|---|---|\n| `run_loop` | `sim/gone` |",
            "```\n```\n`sim/gone`",
        ):
            self.assertEqual(len(self.says(text)), 1, text)

    def test_clean(self):
        for text in (
            "`sim/base/digest.h`, `sim/core/`, `sim/*.h`, `strategy.h`",
            "[there](../trace/reader.h) and [far](https://fozzy.test/a)",
            "| file | holds |\n|---|---|\n| `run_loop` `base/` `virtual_*` | |",
            "| file | holds |\n|---|---|\n| `fozzy/strategy.h` | `gone` |",
            "`sim/NAME/a`, `tests/a.fozzy.json`, `either/or`, `/sim/gone`",
            "    run `sim/gone`\n```\n`sim/gone`\n```",
        ):
            self.assertEqual(self.says(text), [], text)

    def test_the_line_is_named(self):
        self.assertEqual(self.says("\n`sim/gone`"),
                         ["sim/README.md:2: sim/gone does not exist"])


class SourceTreeTest(unittest.TestCase):

    def test_lines_stay_where_they_are(self):
        text = '/* 1\n2 */ a("x\\"y"); // b\nR"t(\n)t" c;\n'
        plain = source_tree.without_comments(text)
        self.assertEqual(plain.count("\n"), text.count("\n"))
        self.assertEqual(plain.split(), ['a("");', "c;"])


if __name__ == "__main__":
    unittest.main(verbosity=0)
