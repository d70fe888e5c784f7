"""Group term: what a client of a 120x80 terminal costs."""
import measure

ROUNDS = 3
WHATS = {"nothing": "nothing changed", "cell": "one cell changed", "line": "one line changed", "scroll": "one line scrolled in",
         "screen": "every line changed"}


def rows(root):
    program = root / "build/release/bench/bin/term_difference"
    result = []
    for what, told in WHATS.items():
        medians = measure.interleaved({"tendril": [program, what]}, ROUNDS)
        result.append(measure.row(f"difference, {told}", "ns of CPU time", "lower", medians))
    return result
