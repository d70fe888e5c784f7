"""Group term: what a client of a terminal costs, in time and in bytes."""
import shutil

import measure
import payloads

ROUNDS = 3
WHATS = {"nothing": "nothing changed", "cell": "one cell changed", "line": "one line changed", "scroll": "one line scrolled in",
         "screen": "every line changed"}


def bytes_rows(root):
    size = [payloads.COLUMNS, payloads.ROWS]
    rows = []
    for show in payloads.SHOWS:
        path = root / "build/bench" / (show.replace(" ", "_") + ".frames")
        payloads.write_frames(show, path)
        ours = [root / "build/release/bench/bin/term_difference_bytes", path, *size]
        contestants = {"tendril": [*ours, "deflated"], "tendril, not deflated": [*ours, "plain"],
                       "mosh": ["/usr/bin/python3", root / "bench/peers/mosh_bytes.py", path, *size] if shutil.which("mosh-server") else "no mosh"}
        rows += measure.contest(f"difference, {show}, 80x24", "bytes a frame", "lower", contestants, 1)
    return rows


def rows(root):
    program = root / "build/release/bench/bin/term_difference"
    result = bytes_rows(root)
    for what, told in WHATS.items():
        medians = measure.interleaved({"tendril": [program, what]}, ROUNDS)
        result.append(measure.row(f"difference, {told}", "ns of CPU time", "lower", medians))
    return result
