"""Group rpc: contexts, calls and what they cost, against Mitogen and the bare work on a socket pair."""
import measure


def rows(root):
    ours = root / "build/release/bench/bin/rpc_calls"
    raw, why = measure.compiled(root, root / "bench/peers/rpc_raw.c", [])
    mitogen = root / "bench/peers/rpc_mitogen.py"

    def contest(text, unit, better, what, rounds, mitogen_rounds, has_limit, turns=5):
        contestants = {"tendril": [ours, what, rounds], "Mitogen": ["/usr/bin/python3", mitogen, what, mitogen_rounds]}
        if has_limit:
            contestants["(limit)"] = [raw, what, rounds] if raw else why
        return measure.contest(text, unit, better, contestants, turns)

    lower, higher = "lower", "higher"
    return [
        *contest("a context on this machine, from nothing to the first answer", "microseconds", lower, "start", 50, 10, False),
        *measure.contest("the same for one that is forked", "microseconds", lower, {"tendril": [ours, "fork", 50]}, 5),
        *contest("a call and its answer", "microseconds", lower, "call", 20000, 2000, True),
        *contest("the slowest of a hundred calls", "microseconds", lower, "call_p99", 20000, 2000, True),
        *contest("a call to a context below another one", "microseconds", lower, "hop", 20000, 1000, True),
        *contest("calls, a thousand under way", "calls a second", higher, "pipelined", 200000, 20000, False),
        *contest("a mebibyte there and back", "microseconds", lower, "echo", 300, 20, True),
        *measure.contest("the slowest of a hundred calls beside a transfer without end", "microseconds", lower,
                         {"tendril": [ours, "beside", 5000]}, 5),
        *measure.contest("a call that is cancelled, until it is over", "microseconds", lower,
                         {"tendril": [ours, "cancel", 2000]}, 5),
        *contest("50 contexts on this machine, each called once", "milliseconds", lower, "contexts", 50, 50, False, 3),
        *measure.contest("500 contexts on this machine, each called once", "milliseconds", lower,
                         {"tendril": [ours, "contexts", 500]}, 3),
        *measure.contest("a context is killed in a chain of six: the slowest of a hundred who wait hears after", "milliseconds", lower,
                         {"tendril": [root / "build/release/bench/bin/rpc_loss", 200]}, 3),
        *measure.contest("50 forked contexts, each called once", "milliseconds", lower,
                         {"tendril": [ours, "forks", 50]}, 3),
        *measure.contest("1,000 forked contexts, each called once", "milliseconds", lower,
                         {"tendril": [ours, "forks", 1000]}, 3),
        *contest("memory that an idle context has for itself", "KiB", lower, "memory", 1, 1, False, 3),
    ]
