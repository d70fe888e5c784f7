"""Group session: what a session costs beside its terminal and its program."""
import measure


def rows(root):
    ours = root / "build/release/bench/bin/session_idle"
    return measure.contest("memory of an idle session, beside its terminal's", "bytes", "lower",
                           {"tendril": [ours, 200]}, 3)
