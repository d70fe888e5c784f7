#!/usr/bin/env python3
"""./dev bench [GROUP...]: measures us and our peers in one run, in alternating rounds, and prints ratios.

Writes build/bench/GROUP.json: an array of {"what", "unit", "ours", "peers", "limit", "better"}; a peer that is not
installed here is a row {"what", "skipped", "why"}.
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench"))

import expect_rows  # noqa: E402
import process_rows  # noqa: E402
import reach_rows  # noqa: E402
import record_rows  # noqa: E402
import rpc_rows  # noqa: E402
import search_rows  # noqa: E402
import session_rows  # noqa: E402
import term_difference_rows  # noqa: E402
import term_rows  # noqa: E402

GROUPS = {"process": process_rows.rows, "term": lambda root: term_rows.rows(root) + term_difference_rows.rows(root),
          "expect": expect_rows.rows, "record": lambda root: record_rows.rows(root) + search_rows.rows(root), "rpc": rpc_rows.rows,
          "reach": reach_rows.rows, "session": session_rows.rows}


def ratio(ours, other, better):
    if not ours or not other:
        return "-"
    return f"{ours / other:.2f}x" if better == "higher" else f"{other / ours:.2f}x"


def print_table(group, rows):
    print(f"\n{group}: ratios say how much better we are than each (1.00x = the same)")
    for row in rows:
        if "skipped" in row:
            print(f"  {row['what']}: skipped {row['skipped']}: {row['why']}")
            continue
        print(f"  {row['what']} [{row['unit']}, {row['better']} is better]")
        print(f"    {'tendril':28} {row['ours']:12.2f}")
        others = dict(row["peers"])
        if row["limit"] is not None:
            others["(limit)"] = row["limit"]
        for name, value in others.items():
            print(f"    {name:28} {value:12.2f}   {ratio(row['ours'], value, row['better'])}")


def main(names):
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        sys.exit(f"bench: no such group: {' '.join(unknown)} (there are {' '.join(GROUPS)})")
    out = ROOT / "build/bench"
    out.mkdir(parents=True, exist_ok=True)
    for name in names or [g for g in GROUPS if GROUPS[g]]:
        if GROUPS[name] is None:
            sys.exit(f"bench: nothing in group {name} can be measured yet")
        rows = GROUPS[name](ROOT)
        (out / f"{name}.json").write_text(json.dumps(rows, indent=1) + "\n")
        print_table(name, rows)
        print(f"  written to build/bench/{name}.json")


if __name__ == "__main__":
    main(sys.argv[1:])
