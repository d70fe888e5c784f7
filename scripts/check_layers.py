#!/usr/bin/env python3
"""Fails when a file includes a layer, or a library, that cmake/layers.txt does not grant it."""
import pathlib
import re
import sys

CAP = 600
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
VENDOR_HEADS = ("boost", "openssl", "fmt", "spdlog", "CLI", "stb")
VENDOR_FILES = {"utf8proc.h": "utf8proc", "pcre2.h": "pcre2", "zlib.h": "zlib", "sha2.h": "md", "zstd.h": "zstd", "png.h": "png", "sqlite3.h": "sqlite3"}


def read_layers(path):
    layers, problems = {}, []
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, rest = (part.strip() for part in line.split(":"))
        below, vendors = (part.split() for part in rest.split("|"))
        problems += [f"layers.txt: {name} names {other}, which is not above it" for other in below if other not in layers]
        layers[name] = (set(below) | {name}, tuple(vendors))
    return layers, problems


def vendor_of(target):
    if target in VENDOR_FILES:
        return VENDOR_FILES[target]
    head = target.split("/")[0]
    return target if "/" in target and head in VENDOR_HEADS else None


def check_file(path, layer, layers):
    allowed, vendors = layers.get(layer, (set(), ()))
    is_test = path.stem.endswith("_test")
    lines = path.read_text().splitlines()
    if len(lines) > CAP and not path.stem.endswith("_table"):
        yield f"{path}: {len(lines)} lines; split it (cap {CAP})"
    for number, text in enumerate(lines, 1):
        found = INCLUDE.match(text)
        if not found:
            continue
        quote, target = found.groups()
        where, parts = f"{path}:{number}", target.split("/")
        if quote == '"':
            yield f"{where}: write <tendril/...>, one include root"
        elif parts[0] == "tendril" and layer:
            if parts[1] not in allowed:
                yield f"{where}: {layer} may not include {parts[1]}"
            elif parts[1] != layer and "detail" in parts:
                yield f"{where}: {target} is private to {parts[1]}"
        elif parts[0] == "tendril" and "detail" in parts:
            yield f"{where}: {target} is private to {parts[1]}"
        elif layer and not is_test and (vendor := vendor_of(target)) and not vendor.startswith(vendors or ("?",)):
            yield f"{where}: {layer} may not include <{target}>"


def main(root):
    layers, problems = read_layers(root / "cmake/layers.txt")
    for path in sorted((root / "tendril").rglob("*.[ch]pp")):
        problems += check_file(path, path.relative_to(root / "tendril").parts[0], layers)
    for path in sorted((root / "apps").rglob("*.[ch]pp")):
        problems += check_file(path, None, layers)
    print("\n".join(problems) or f"{len(layers)} layers, no upward include")
    return bool(problems)


sys.exit(main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
