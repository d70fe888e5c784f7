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
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True)
    return float(done.stdout.strip())


def interleaved(commands, rounds):
    """name -> command, each run once a round. Returns name -> median of the numbers they print."""
    values = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            values[name].append(run_value(command))
    return {name: statistics.median(found) for name, found in values.items()}


def contest(what, unit, better, contestants, rounds):
    """The rows of one measured thing. A contestant is a command, or the reason (a string) why there is none; the
    bare work is called "(limit)". Those that cannot run are found out before the first round."""
    commands, rows = {}, []
    for name, command in contestants.items():
        try:
            if isinstance(command, str):
                raise RuntimeError(command)
            run_value(command)
            commands[name] = command
        except subprocess.CalledProcessError as failed:
            lines = failed.stderr.strip().splitlines()
            rows.append(skipped(what, name, lines[-1] if lines else "it fails"))
        except (RuntimeError, OSError, ValueError) as why:
            rows.append(skipped(what, name, str(why)))
    medians = interleaved(commands, rounds)
    limit = medians.pop("(limit)", None)
    return [row(what, unit, better, medians, limit), *rows] if "tendril" in medians else rows


def compiled(root, source, flags):
    """Compiles a peer's measuring program, if it is new. Returns its path, or the reason why it cannot be had."""
    target = root / "build/bench" / source.stem
    target.parent.mkdir(parents=True, exist_ok=True)
    newest = max(each.stat().st_mtime for each in [source, *source.parent.glob("*.h")])
    if target.exists() and target.stat().st_mtime > newest:
        return target, None
    of_cpp = source.suffix == ".cpp"
    compiler = shutil.which("c++" if of_cpp else "cc")
    if not compiler:
        return None, "no compiler"
    command = [compiler, "-O3", *(["-std=c++20"] if of_cpp else []), "-o", str(target), str(source), *flags]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        lines = done.stderr.splitlines()
        return None, next((line for line in lines if "error" in line), "it does not compile")
    return target, None
