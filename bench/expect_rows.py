"""Group expect: what it costs to find something in a program's output."""
import math

import measure

PYTHON = "/usr/bin/python3"


def exponent(ours, count, patterns):
    """How the cost grows with the output: 1 is in proportion to it, 2 with its square."""
    small, large = 16, 512
    commands = {size: [ours, "feed", size, patterns, count] for size in (small, large)}
    medians = measure.interleaved(commands, 3)
    return math.log(medians[large] / medians[small]) / math.log(large / small)


def terminal_rows(root, ours, patterns, writer):
    raw, why = measure.compiled(root, root / "bench/peers/expect_raw.c", ["-lutil"])
    peers = root / "bench/peers"
    rows = []
    for mebibytes, rounds, names in ((4, 3, ("pexpect", "pexpect tuned", "Tcl expect")), (64, 5, ("pexpect tuned", "Tcl expect"))):
        for count, what in ((1, "a prompt"), (20, "one of 20 patterns")):
            known = {
                "pexpect": [PYTHON, peers / "expect_pexpect.py", writer, mebibytes, "shipped", count],
                "pexpect tuned": [PYTHON, peers / "expect_pexpect.py", writer, mebibytes, "tuned", count],
                "Tcl expect": ["expect", peers / "expect_tcl.exp", writer, mebibytes, count],
            }
            if count == 20:  # days, by its square law
                known.pop("pexpect")
            contestants = {
                "tendril": [ours, "terminal", writer, mebibytes, patterns, count],
                "(limit)": [raw, writer, mebibytes] if raw else why,
                **{name: known[name] for name in names if name in known},
            }
            rows += measure.contest(f"find {what} behind {mebibytes} MiB through a terminal", "own CPU milliseconds",
                                    "lower", contestants, rounds)
    return rows


def rows(root):
    ours = root / "build/release/bench/bin/expect_stream"
    patterns = root / "bench/peers/expect_patterns.txt"
    writer, why = measure.compiled(root, root / "bench/peers/write_marker.c", [])
    result = terminal_rows(root, ours, patterns, writer) if writer else [measure.skipped("expect", "a terminal", why)]
    for count in (1, 20):
        result.append(measure.row(f"growth of the cost with the output, {count} of the patterns", "exponent", "lower",
                                  {"tendril": exponent(ours, count, patterns)}, 1.0))
    for what, unit, words in (("(x+x+)+y in 10 MiB of x", "CPU milliseconds", ["hostile", 10]),
                              ("a pattern on an 80x24 screen", "CPU microseconds an update", ["screen", 20000]),
                              ("memory to look for what never comes in 1 GiB", "KiB", ["memory", 1024])):
        result += measure.contest(what, unit, "lower", {"tendril": [ours, *words]}, 5)
    return result
