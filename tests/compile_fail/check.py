#!/usr/bin/env python3
"""check.py COMPILER INCLUDE CASE.cpp...: each case must not compile, and the first error must say what its first
line promises: `// Refused: TEXT`. A case that defines PASSES=1 leaves its flaw out, and must compile then."""
import re
import subprocess
import sys


def compile_case(compiler, include, case, *more):
    command = [compiler, "-std=c++23" if "clang" in compiler else "-std=c++2b", "-fsyntax-only", "-DBOOST_ASIO_SEPARATE_COMPILATION",
               f"-I{include}", *more, case]
    return subprocess.run(command, capture_output=True, text=True)


def flaw_of(compiler, include, case):
    promised = re.match(r"// Refused: (.*)", open(case).readline()).group(1)
    whole = compile_case(compiler, include, case, "-DPASSES=1")
    if whole.returncode:
        return f"does not compile without its flaw:\n{whole.stderr}"
    broken = compile_case(compiler, include, case)
    if not broken.returncode:
        return "compiles"
    errors = [line for line in broken.stderr.splitlines() if "error:" in line]
    if not errors or promised not in errors[0]:
        return f"is refused with other words first:\n{broken.stderr}"
    return None


def main(compiler, include, cases):
    flaws = {case: flaw for case in cases if (flaw := flaw_of(compiler, include, case))}
    for case, flaw in flaws.items():
        print(f"{case}: {flaw}")
    print(f"{len(cases)} cases, {len(flaws)} wrong")
    return bool(flaws)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
