#!/usr/bin/env python3
"""Checks the length of files, and that each source has its test.  Time: 0.2 s.

  ci/check_sizes.py [ROOT]

Files above the aim are listed; well above it, they are errors.
"""

import os
import sys

from source_tree import matches, read, source_files

# (files, lines to aim for, lines that are an error); the first that fits.
LENGTHS = (
    ("*_test.cc", 600, 650),
    ("*.h", 250, 300),
    ("*.cc", 400, 450),
)

# Sources without x_test.cc, and why.
UNTESTED = (
    ("*_test.cc", "is a test"),
    ("*_bench.cc", "is a bench"),
    ("*_fuzz.cc", "is a fuzzer; a test reruns its corpus"),
    ("*/testing/*", "is used by tests, and fails in them"),
    ("*/planted/*", "misbehaves on purpose; planted_test.cc runs it"),
    ("*/shim/*", "is preloaded into programs; planted_test.cc does that"),
    ("scenarios/known_bugs/gate.cc", "is run by ci/known_bugs"),
    ("cli/main.cc", "is one call; the tests of the commands run it"),
    ("cli/cmd_*", "is driven through the program by *_command_test.cc, "
     "commands_test.cc, and doctor and compare by tests of their own"),
    ("cli/dispatch.cc", "is driven through the program by commands_test.cc"),
    ("cli/execute.cc", "is driven through the program by run_command_test.cc "
     "and record_command_test.cc"),
    ("cli/help.cc", "is driven through the program by help_golden_test.cc"),
    ("cli/host_world.cc", "is driven through the program by "
     "replay_command_test.cc"),
    ("cli/invocation.cc", "is driven through the program by "
     "run_command_test.cc"),
    ("cli/run_one.cc", "is driven through the program by run_command_test.cc "
     "and explore_command_test.cc"),
    ("cli/run_setup.cc", "is driven through the program by "
     "run_command_test.cc: what it says to reproduce a run does"),
    ("cli/suite.cc", "is driven through the program by "
     "suite_command_test.cc"),
    ("cli/program_explore.cc", "is driven through the program by "
     "program_command_test.cc"),
    ("cli/program_replay.cc", "is driven through the program by "
     "program_command_test.cc"),
    ("cli/program_search.cc", "is driven through the program by "
     "program_command_test.cc"),
    ("cli/program_worker.cc", "is driven through the program by "
     "program_command_test.cc"),
    ("cli/shrink_body.cc", "is driven through the program by "
     "program_command_test.cc"),
    ("cli/scenario_trace.cc", "is driven through the program by "
     "program_command_test.cc"),
    ("scenarios/bodies/test_glue.cc", "is what programs of tests link; "
     "program_command_test.cc runs one"),
    ("scenarios/bodies/test_run.cc", "is called by programs of tests; "
     "program_command_test.cc runs one"),
    ("sim/current.cc", "is two variables"),
    ("sim/fiber_carrier.cc", "carries the tasks of sim/executor_test.cc"),
    ("sim/core/executor.cc", "needs a carrier, which is not of the core: "
     "sim/executor_test.cc"),
    # Parts of MemoryModel, in whose answers they show.
    ("sim/core/knowledge.cc", "is part of the memory model: "
     "memory_model_test.cc, memory_model_limits_test.cc"),
    ("sim/core/location_table.cc", "is part of the memory model: "
     "memory_model_test.cc, memory_model_limits_test.cc"),
    ("sim/core/memory_model_access.cc", "is part of the memory model: "
     "memory_model_test.cc, memory_model_limits_test.cc"),
    ("sim/core/memory_model_choice.cc", "is part of the memory model: "
     "memory_model_test.cc, memory_model_limits_test.cc"),
    ("sim/core/memory_model_general.cc", "is part of the memory model: "
     "memory_model_test.cc, memory_model_limits_test.cc"),
    ("sim/core/sc_chain.cc", "is part of the memory model, judged in "
     "sim/litmus/memory_model_litmus_test.cc"),
    ("sim/core/sc_order.cc", "is part of the memory model, judged in "
     "sim/litmus/memory_model_litmus_test.cc"),
    ("sim/core/sc_order_edges.cc", "is part of the memory model, judged in "
     "sim/litmus/memory_model_litmus_test.cc"),
    # Parts of Explore, which is tested as a whole.
    ("sim/search/body_service.cc", "works in processes of its own, of "
     "confirm_test.cc"),
    ("sim/search/fresh_process.cc", "makes the processes of confirm_test.cc"),
    ("sim/search/program_symbols.cc", "names the variables of "
     "confirm_test.cc"),
    ("sim/search/run_trail.cc", "finds what differs in confirm_test.cc"),
    ("sim/search/run_recorder.cc", "records the runs that "
     "body_subject_test.cc repeats"),
    ("sim/search/property_sums.cc", "adds up in explore_body_test.cc"),
    ("sim/search/search_worker.cc", "does the runs of explore_body_test.cc"),
    ("sim/search/search_block.cc", "comes from a process of its own in "
     "confirm_test.cc"),
    ("sim/search/search_strategy.cc", "stops and goes on in "
     "explore_body_test.cc"),
    ("sim/search/search_tally.cc", "stops and goes on in "
     "explore_body_test.cc"),
    ("sim/core/freestanding*.cc", "linked by freestanding_link_test"),
    # The compiler's front end, tested as a whole.
    ("kernels/compiler/ast.cc", "is what parser_test.cc and "
     "check_types_test.cc look at"),
    ("kernels/compiler/check_*.cc", "is part of check_types_test.cc"),
    ("kernels/compiler/parse_expression.cc", "is part of parser_test.cc"),
    ("kernels/compiler/token_stream.cc", "is part of parser_test.cc"),
    ("kernels/compiler/interpret_expression.cc", "is part of "
     "interpreter_test.cc"),
    ("kernels/compiler/outcome.cc", "is a message; program_test.cc reads all"),
    # What runs kernels must agree with the interpreter: program_test.cc and
    # backends/compiler/differential_test.cc run it on all there is.
    ("kernels/compiler/build_*.cc", "builds what verify_ir_test.cc accepts "
     "and program_test.cc runs"),
    ("kernels/compiler/function_builder.cc", "builds what verify_ir_test.cc "
     "accepts and program_test.cc runs"),
    ("kernels/compiler/print_ir.cc", "is read in verify_ir_test.cc"),
    ("kernels/compiler/eight_kernels.cc", "is run by program_test.cc"),
    ("kernels/compiler/assemble.cc", "makes what program_test.cc runs"),
    ("kernels/compiler/vm*.cc", "runs in program_test.cc"),
    ("kernels/compiler/text_store.cc", "runs in program_test.cc"),
    ("kernels/compiler/host/*.cc", "runs in program_test.cc"),
    ("kernels/compiler/lowering/*.cc", "is seen in the reports of "
     "lowering_test.cc"),
    ("backends/compiler/generate_*.cc", "is part of "
     "program_generator_test.cc"),
    ("sim/base/check.cc", "ends the process; death tests everywhere see it"),
)


def check(root):
    """Yields (is_error, message)."""
    paths = source_files(root)
    known = set(paths)
    for path in paths:
        lines = read(root, path).count("\n")
        aim, limit = next((aim, limit) for pattern, aim, limit in LENGTHS
                          if matches(path, [pattern]))
        if lines > aim:
            yield lines > limit, f"{path}: {lines} lines, the aim is {aim}"
        if path.endswith(".cc") and path[:-3] + "_test.cc" not in known:
            if not any(matches(path, [pattern]) for pattern, _ in UNTESTED):
                yield True, f"{path}: has no {path[:-3]}_test.cc"


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(here)
    found = list(check(root))
    for is_error, message in found:
        print(message if is_error else message + " (still allowed)")
    errors = sum(is_error for is_error, _ in found)
    print(f"sizes: {errors} problems in {len(source_files(root))} files")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
