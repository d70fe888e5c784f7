"""Group term: how fast a terminal takes in output, per CPU second."""
import measure
import payloads

ROUNDS = 5


def rows(root):
    folder = root / "build/bench"
    folder.mkdir(parents=True, exist_ok=True)
    ours = root / "build/release/bench/bin/term_throughput"
    libvterm, why = measure.compiled(root, root / "bench/peers/libvterm_throughput.c", ["-lvterm"])
    memcpy, _ = measure.compiled(root, root / "bench/peers/memcpy_throughput.c", [])
    result = []
    for kind in payloads.KINDS:
        path = folder / (kind.replace(" ", "_") + ".bytes")
        payloads.write(kind, path)
        commands = {"tendril": [ours, path, "1"]}
        if libvterm:
            commands["libvterm"] = [libvterm, path]
        if memcpy:
            commands["(limit)"] = [memcpy, path]
        medians = measure.interleaved(commands, ROUNDS)
        limit = medians.pop("(limit)", None)
        result.append(measure.row(f"feed {kind} to an 80x24 terminal", "MB per CPU second", "higher", medians, limit))
    if not libvterm:
        result.append(measure.skipped("feed a terminal", "libvterm", why))
    return result
