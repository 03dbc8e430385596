#!/usr/bin/env python3
"""Writes a large scenario to stdout, the same one for the same arguments.

  ci/make_scenario.py mixed N [--fail-first]
      N steps: set_kv, rand_u64, sleep and trace_event in turn, with varying
      keys and values
  ci/make_scenario.py net N [--fail-first]
      N messages sent, then N deliveries

With --fail-first the very first step fails, in a file of the same length: what
a trace holds besides its scenario is the difference of the two.
Time: 1 s for a million steps.
"""

import argparse
import sys


def first_step(fails):
    return '{"type":"assert_ok","value":%s}' % ("false" if fails else "true ")


def mixed_step(i):
    kind = i % 4
    if kind == 0:
        return ('{"type":"set_kv","key":"key-%d","value":"value-%d"}' %
                (i % 977, i))
    if kind == 1:
        return '{"type":"rand_u64","key":"rand-%d"}' % (i % 991)
    if kind == 2:
        return '{"type":"sleep","duration":"%dms"}' % (i % 89 + 1)
    return ('{"type":"trace_event","name":"event-%d","fields":{"at":%d}}' %
            (i % 13, i))


def net_step(i, count):
    if i < count:
        return ('{"type":"net_send","from":"n%d","to":"n%d","payload":"m%d"}' %
                (i % 7, (i + 1 + i % 5) % 7, i))
    return '{"type":"net_deliver_one"}'


def pieces(kind, count, fails):
    """Yields the text of a scenario of `count` steps after the first."""
    yield '{"version":1,"name":"%s-%d","steps":[\n' % (kind, count)
    yield first_step(fails)
    steps = count if kind == "mixed" else 2 * count
    for i in range(steps):
        yield ",\n" + (mixed_step(i) if kind == "mixed" else net_step(i, count))
    yield "\n]}\n"


def main():
    parser = argparse.ArgumentParser(description="write a large scenario")
    parser.add_argument("kind", choices=("mixed", "net"))
    parser.add_argument("count", type=int)
    parser.add_argument("--fail-first", action="store_true")
    options = parser.parse_args()
    sys.stdout.writelines(
        pieces(options.kind, options.count, options.fail_first))


if __name__ == "__main__":
    main()
