"""Group record: what it costs to keep what a program writes, and what is kept."""
import shutil
import subprocess

import measure
import payloads

ROUNDS = 5
MEGABYTES = 50
SHOWN = f"{MEGABYTES} MB of ASCII lines on a terminal"


def recorders(root, payload, folder):
    """name -> (command, the file that it leaves), or the reason why there is none."""
    show = f"cat {payload}"
    program = root / "build/release/bin/tendril"
    files = {name: folder / f"recorded.{name}" for name in ("cast", "golog", "script", "ttyrec", "asciinema")}
    known = {
        "tendril": ([program, "run", "--record", files["cast"], "--", "cat", payload], files["cast"]),
        "tendril, golog": ([program, "run", "--record", files["golog"], "--record-format", "golog", "--", "cat", payload], files["golog"]),
        "tendril, without a recording": ([program, "run", "--", "cat", payload], None),
        "script": (["script", "-q", "-c", show, files["script"]], files["script"]),
        "ttyrec": (["ttyrec", "-e", show, files["ttyrec"]], files["ttyrec"]),
        "asciinema": (["asciinema", "rec", "-q", "--overwrite", "-c", show, files["asciinema"]], files["asciinema"]),
    }
    return {name: found if shutil.which(str(found[0][0])) else f"no {found[0][0]}" for name, found in known.items()}


def contest_of(what, unit, verb, terminal, those, payload):
    contestants = {name: found if isinstance(found, str) else [terminal, verb, *found[0]] for name, found in those.items()}
    contestants["(limit)"] = [terminal, verb, "cat", payload]
    return measure.contest(f"{what}, {SHOWN}", unit, "lower", contestants, ROUNDS)


def sizes(those, payload):
    """After a contest: what each has left, in proportion to what was shown."""
    shown = payload.stat().st_size
    kept = {name: found[1].stat().st_size / shown for name, found in those.items()
            if not isinstance(found, str) and found[1] and found[1].exists()}
    return measure.row(f"size of the recording, {SHOWN}", "bytes for each byte shown", "lower", kept)


def rows(root):
    folder = root / "build/bench"
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cmake", "--build", root / "build/release", "--target", "tendril"], check=True, capture_output=True)
    terminal, why = measure.compiled(root, root / "bench/peers/on_terminal.c", ["-lutil"])
    if not terminal:
        return [measure.skipped("recording", "a terminal", why)]
    payload = folder / "record.bytes"
    payloads.write("ASCII lines", payload, MEGABYTES * 1_000_000)
    those = recorders(root, payload, folder)
    result = contest_of("record, until the end of", "milliseconds", "wall", terminal, those, payload)
    result += contest_of("record, the work of all programs together", "CPU milliseconds", "cpu", terminal, those, payload)
    return [*result, sizes(those, payload)]
