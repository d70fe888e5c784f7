"""Group reach: what it costs until a context of ours says its first byte."""
import measure


def rows(root):
    program = root / "build/release/tendril/remote/remote_far_program"
    command = lambda way, rounds: [root / "build/release/bench/bin/remote_start", way, program, rounds]  # noqa: E731
    return (measure.contest("a context on this machine, started directly, to its first byte", "microseconds", "lower",
                            {"tendril": command("direct", 400), "(limit)": command("raw", 400)}, 9) +
            measure.contest("a context behind sh, found in the cache, to its first byte", "microseconds", "lower",
                            {"tendril": command("cached", 60), "(limit)": command("sh", 200)}, 7))
