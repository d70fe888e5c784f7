"""Group process: from the call that starts a program to the moment its end is known."""
import measure

ROUNDS = 7
SPAWNS = "400"
PYTHON = "/usr/bin/python3"


def rows(root):
    child, why = measure.compiled(root, root / "bench/peers/exit_at_once.c", ["-static"])
    if not child:
        return [measure.skipped("spawn to exit", "everything", why)]
    raw, _ = measure.compiled(root, root / "bench/peers/spawn_raw.c", [])
    commands = {
        "tendril": [root / "build/release/bench/bin/process_spawn", child, SPAWNS],
        "(limit)": [raw, child, SPAWNS],
        "Python subprocess": [PYTHON, root / "bench/peers/spawn_subprocess.py", child, SPAWNS],
        "Python asyncio": [PYTHON, root / "bench/peers/spawn_asyncio.py", child, SPAWNS],
    }
    absent = []
    try:
        measure.run_value([PYTHON, "-c", "import twisted; print(1)"])
        commands["Twisted"] = [PYTHON, root / "bench/peers/spawn_twisted.py", child, SPAWNS]
    except Exception:
        absent.append(measure.skipped("spawn to exit", "Twisted", "python3-twisted is not installed"))
    medians = measure.interleaved(commands, ROUNDS)
    limit = medians.pop("(limit)")
    return [measure.row("spawn a tiny static program with 3 pipes until its end is known", "microseconds", "lower",
                        medians, limit), *absent]
