"""A folder of recordings to search in: build logs of a thousand programs, the same bytes every time.

A word stands in every line, one in one recording only, and one in the last line of each.
"""
import json
import random

import payloads

LINES_OF_ALL = 40_000  # different ones; a recording is a run of them
RARE, IN_EACH, COMMON = "xylophone", "finished", "undefined reference"


def lines(rng):
    return [json.dumps(f"\x1b[3{rng.randint(1, 7)}m{payloads.words(rng, rng.randint(20, 100))}\x1b[m unit-{rng.randint(0, 50_000)}\r\n")[1:-1]
            for _ in range(LINES_OF_ALL)]


def write(folder, count, size):
    """Writes @p count recordings of about @p size bytes each."""
    rng = random.Random(7)
    known = lines(rng)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        path = folder / f"{number:04}.cast"
        if path.exists():
            continue
        at, used, events = rng.randrange(LINES_OF_ALL), 0, []
        while used < size:
            several = "".join(known[(at + each) % LINES_OF_ALL] for each in range(20))
            events.append(f'[{len(events) * .05:.3f}, "o", "{several}"]\n')
            at, used = at + 20, used + len(events[-1])
        if number == count * 2 // 3:
            events.append(f'[{len(events) * .05:.3f}, "o", "a {RARE} is here\\r\\n"]\n')
        events.append(f'[{len(events) * .05:.3f}, "o", "{IN_EACH} {number}\\r\\n"]\n')
        head = {"version": 2, "width": 120, "height": 40, "timestamp": 1_700_000_000 + number * 600, "command": f"make -C project-{number % 40}"}
        path.write_text(json.dumps(head) + "\n" + "".join(events))
