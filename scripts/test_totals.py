#!/usr/bin/env python3
"""Adds up verbose ctest logs: doctest cases where a program prints them, one test each where it does not.

test_totals.py LOG...             prints "N passed, N failed" and fails when anything failed
test_totals.py --failures LOG     prints the output of the tests that failed
"""
import re
import sys

START = re.compile(r"^test (\d+)$")
LINE = re.compile(r"^(\d+): (.*)$")
CASES = re.compile(r"test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed")
RESULT = re.compile(r"^\s*\d+/\d+ Test\s+#(\d+): (\S+) \.*\s*(\*\*\*)?(\S+)")


def read(path):
    """Each test's number -> (name, passed, output); a skipped one says why instead."""
    output, results, skipped = {}, {}, []
    with open(path, errors="replace") as log:
        for line in log:
            if found := RESULT.match(line):
                number, name, stars, word = found.groups()
                if word == "Skipped":
                    skipped.append((name, output.get(number, [""])[-1]))
                    continue
                results[number] = (name, stars is None)
            elif found := LINE.match(line):
                output.setdefault(found[1], []).append(found[2])
    return {number: (name, ok, output.get(number, [])) for number, (name, ok) in results.items()}, skipped


def count(tests):
    passed = failed = 0
    for _, ok, output in tests.values():
        cases = [(int(f[1]), int(f[2])) for line in output if (f := CASES.search(line))]
        good, bad = sum(c[0] for c in cases), sum(c[1] for c in cases)
        if not cases:
            good, bad = (1, 0) if ok else (0, 1)
        elif not ok and not bad:
            bad = 1  # a crash, a time-out or a sanitizer's report after the last case
        passed, failed = passed + good, failed + bad
    return passed, failed


def main(arguments):
    if arguments[0] == "--failures":
        for name, ok, output in read(arguments[1])[0].values():
            if not ok:
                print(f"---- {name} failed:", *output, sep="\n")
        return 0
    totals = []
    for path in arguments:
        tests, skipped = read(path)
        passed, failed = count(tests)
        totals.append((path, passed, failed))
        print(f"{path}: {passed} passed, {failed} failed")
        for name, why in skipped:
            print(f"  {name} {why}")
    passed, failed = sum(t[1] for t in totals), sum(t[2] for t in totals)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


sys.exit(main(sys.argv[1:]))
