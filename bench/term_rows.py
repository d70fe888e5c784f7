"""Group term: how fast a terminal takes in output, what its lines occupy, how fast it is laid out anew."""
import shutil
import subprocess
import sys

import measure
import payloads

ROUNDS = 5
PER_CPU = "MB per CPU second"
DEEP = 1_000_000  # lines of history


def headless_xterm(folder):
    """Installs @xterm/headless there, once. Returns the folder, or the reason why it cannot be had."""
    place = folder / "xterm"
    if (place / "node_modules/@xterm/headless").exists():
        return place, None
    if not shutil.which("npm") or not shutil.which("node"):
        return None, "no node and npm"
    place.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "@xterm/headless@5"], cwd=place, capture_output=True, text=True)
    return (place, None) if done.returncode == 0 else (None, "npm cannot install @xterm/headless")


def throughput(root, folder):
    peers = root / "bench/peers"
    ours = root / "build/release/bench/bin/term_throughput"
    libvterm, no_libvterm = measure.compiled(root, peers / "libvterm_throughput.c", ["-lvterm"])
    memcpy, no_memcpy = measure.compiled(root, peers / "memcpy_throughput.c", [])
    memchr, no_memchr = measure.compiled(root, peers / "memchr_throughput.c", [])
    cooked, no_cooked = measure.compiled(root, peers / "cooked_terminal_throughput.c", [])
    xterm, no_xterm = headless_xterm(folder)
    rows, slowest = [], None
    for kind in payloads.KINDS:
        path = folder / (kind.replace(" ", "_") + ".bytes")
        payloads.write(kind, path)
        contestants = {"tendril": [ours, path, "1"], "libvterm": [libvterm, path] if libvterm else no_libvterm,
                       "@xterm/headless": ["env", "-C", xterm, "node", peers / "xterm_headless_throughput.mjs", path] if xterm else no_xterm,
                       "pyte": ["/usr/bin/python3", peers / "pyte_throughput.py", path],
                       "memchr": [memchr, path] if memchr else no_memchr, "(limit)": [memcpy, path] if memcpy else no_memcpy}
        found = measure.contest(f"feed {kind} to an 80x24 terminal", PER_CPU, "higher", contestants, ROUNDS)
        rows += found
        slowest = min(found[0]["ours"], slowest or found[0]["ours"])
    kernel = no_cooked if cooked is None else measure.interleaved({"kernel": [cooked]}, 1)["kernel"]
    what = "the slowest of these, and what a cooked kernel terminal delivers"
    rows.append(measure.skipped(what, "kernel", kernel) if isinstance(kernel, str)
                else measure.row(what, "MB/s", "higher", {"tendril": slowest, "kernel": kernel}))
    lines = folder / "ASCII_lines.bytes"
    deep = measure.interleaved({"tendril": [ours, lines, "1", str(DEEP)], "10,000 lines": [ours, lines, "1"]}, ROUNDS)
    rows.append(measure.row(f"feed ASCII lines with {DEEP:,} lines of history", PER_CPU, "higher", deep))
    return rows


def rows(root):
    folder = root / "build/bench"
    folder.mkdir(parents=True, exist_ok=True)
    memory = root / "build/release/bench/bin/term_memory"
    tmux = [sys.executable, root / "bench/peers/tmux_line_memory.py"] if shutil.which("tmux") else "no tmux"
    result = throughput(root, folder)
    dump = root / "build/release/bench/bin/term_dump"
    for verb, name in (("text", "text"), ("html", "HTML")):
        for kind in ("plain", "coloured"):
            result += measure.contest(f"10,000 lines of {kind} history as {name}", PER_CPU, "higher", {"tendril": [dump, verb, kind]}, ROUNDS)
    for verb in ("svg", "png"):
        result += measure.contest(f"a coloured 80x24 screen as {verb.upper()}", "milliseconds", "lower", {"tendril": [dump, verb, "coloured"]}, ROUNDS)
    result += measure.contest("memory of a plain line of 79 characters in the history", "bytes", "lower",
                              {"tendril": [memory, "line"], "tmux": tmux}, 1)
    for what, unit, verb in (("memory of an empty 80x24 terminal", "bytes", "empty"),
                             ("memory of a cell where every cell is wide, coloured and decorated", "bytes", "cell"),
                             ("lay out 10,000 lines of history for another width", "milliseconds", "reflow")):
        result += measure.contest(what, unit, "lower", {"tendril": [memory, verb]}, ROUNDS)
    return result
