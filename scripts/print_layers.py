#!/usr/bin/env python3
"""Prints cmake/layers.txt as the diagram in docs/architecture.md; --check fails when the two differ."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- layers: written by scripts/print_layers.py -->", "<!-- end of layers -->"


def layers():
    for line in (ROOT / "cmake/layers.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            name, rest = (part.strip() for part in line.split(":"))
            below, vendors = (part.split() for part in rest.split("|"))
            heading = (ROOT / "tendril" / name / "README.md").read_text().splitlines()[0]
            if not heading.startswith(f"# {name}: "):
                sys.exit(f"tendril/{name}/README.md must begin with '# {name}: what it is for'")
            purpose = heading.split(": ", 1)[1]
            yield name, below, vendors, purpose


def diagram():
    """Ranks from the top down; a layer stands one rank above the highest it uses."""
    rank, rows = {}, {}
    for name, below, vendors, purpose in layers():
        rank[name] = 1 + max((rank[b] for b in below), default=-1)
        rows[name] = (below, vendors, purpose)
    picture = ["```"]
    for level in range(max(rank.values()), -1, -1):
        picture.append(f"{level}  " + "   ".join(f"[ {name} ]" for name in rows if rank[name] == level))
    picture += ["```", "", "| rank | layer | may use | third party | what it is |", "|---|---|---|---|---|"]
    for name, (below, vendors, purpose) in rows.items():
        picture.append(f"| {rank[name]} | `{name}` | {' '.join(below) or '-'} | {' '.join(vendors) or '-'} | {purpose} |")
    return "\n".join(picture)


def main():
    path = ROOT / "docs/architecture.md"
    text = path.read_text()
    wanted = re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: f"{BEGIN}\n{diagram()}\n{END}", text, flags=re.S)
    if "--check" in sys.argv:
        if wanted != text:
            sys.exit("docs/architecture.md does not show cmake/layers.txt: run scripts/print_layers.py")
        return
    path.write_text(wanted)


main()
