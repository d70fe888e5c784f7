#!/usr/bin/env python3
"""Flags co_await expressions that gcc 12 destroys twice (docs/adr/0004): hoist the argument to a named local."""
import pathlib
import re
import sys

SHAPES = [
    (re.compile(r"\[(?!\s*&?\s*\])(?!\s*&\w+(\s*,\s*&\w+)*\s*\])[^\[\]]*\]\s*(\(|\{|mutable)"), "a lambda that captures by value"),
    (re.compile(r"[(,]\s*\{"), "a braced argument"),
    (re.compile(r"\b[A-Za-z_][\w:]*\s*\{\s*[^}\s]"), "an aggregate built in place"),
    (re.compile(r"\?[^;]*:[^:]"), "a conditional operator"),
]
ASSERTION = re.compile(r"\b(CHECK|REQUIRE)\w*\s*\([^;]*$")


def strip(text):
    """Comments and string contents hold no code; line counts stay."""
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', re.sub(r"//[^\n]*", "", text))


def operand(text, start):
    depth, end = 0, start
    while end < len(text) and not (depth <= 0 and text[end] in ";,)}"):
        depth += (text[end] in "([{") - (text[end] in ")]}")
        end += 1
    return text[start:end]


def problems_of(path):
    text = strip(path.read_text())
    for found in re.finditer(r"\bco_await\b", text):
        where = f"{path}:{text.count(chr(10), 0, found.start()) + 1}"
        expression = operand(text, found.end())
        if ASSERTION.search(text[:found.start()].rsplit(";", 1)[-1]):
            yield f"{where}: co_await inside an assertion"
        for shape, why in SHAPES:
            if shape.search(expression):
                yield f"{where}: {why} inside co_await"
                break


root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
found = [p for folder in ("tendril", "apps", "tests", "examples", "bench") for path in sorted((root / folder).rglob("*.[ch]pp")) for p in problems_of(path)]
print("\n".join(found) or "co_await clean")
sys.exit(bool(found))
