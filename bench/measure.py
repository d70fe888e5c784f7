"""Alternating rounds of several programs, so that a machine that slows down slows down everybody."""
import shutil
import statistics
import subprocess


def skipped(what, peer, why):
    return {"what": what, "skipped": peer, "why": why}


def row(what, unit, better, medians, limit=None):
    """A row from name -> value; ours is under "tendril"."""
    peers = {name: value for name, value in medians.items() if name != "tendril"}
    return {"what": what, "unit": unit, "ours": medians["tendril"], "peers": peers, "limit": limit, "better": better}


def run_value(command):
    """The number that a measuring program prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.strip())


def interleaved(commands, rounds):
    """name -> command, each run once a round. Returns name -> median of the numbers they print."""
    values = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            values[name].append(run_value(command))
    return {name: statistics.median(found) for name, found in values.items()}


def compiled(root, source, flags):
    """Compiles a peer's measuring program. Returns its path, or the reason why it cannot be had."""
    target = root / "build/bench" / source.stem
    target.parent.mkdir(parents=True, exist_ok=True)
    compiler = shutil.which("cc")
    if not compiler:
        return None, "no C compiler"
    done = subprocess.run([compiler, "-O3", "-o", str(target), str(source), *flags], capture_output=True, text=True)
    if done.returncode:
        return None, (done.stderr.splitlines() or ["it does not compile"])[0]
    return target, None
