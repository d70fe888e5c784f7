"""Group record: a line found in a thousand recordings, a gigabyte."""
import os
import shutil
import statistics
import subprocess
import time

import measure
import recordings

ROUNDS = 9
COUNT, BYTES = 1000, 1_000_000


def milliseconds(command, environment):
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=True)
    return (time.perf_counter() - began) * 1e3


def row(what, command, environment):
    found = [milliseconds(command, environment) for _ in range(ROUNDS)]
    return measure.row(what, "milliseconds", "lower", {"tendril": statistics.median(found)})


def rows(root):
    folder, index = root / "build/bench/recordings", root / "build/bench/recordings.index"
    recordings.write(folder, COUNT, BYTES)
    shutil.rmtree(index, ignore_errors=True)
    environment = {**os.environ, "XDG_CACHE_HOME": str(index)}
    search = [root / "build/release/bin/tendril", "log", "search"]
    made = milliseconds([*search, recordings.RARE, folder], environment)
    of = f"{COUNT} recordings, {COUNT * BYTES // 1_000_000_000} GB"
    result = [measure.row(f"read into the index, {of}", "milliseconds", "lower", {"tendril": made})]
    for name, text in (("a word of one recording", recordings.RARE), ("a word of every recording", recordings.IN_EACH),
                       ("two words of many lines", recordings.COMMON), ("words that begin with two letters", "un")):
        result.append(row(f"the first line that has {name}, {of}", [*search, "-n", "1", text, folder], environment))
        if text != "un":  # they are millions
            result.append(row(f"every line that has {name}, {of}", [*search, text, folder], environment))
    return result
