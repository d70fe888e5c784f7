#!/bin/sh
# Runs each libFuzzer program of the preset `fuzz` for SECONDS (60), each on a scratch copy of its corpus, and
# stops at the first finding. Usage: fuzz.sh [SECONDS] [BUILD]
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
build=${2:-build/fuzz}
case $seconds in '' | *[!0-9]*) echo "fuzz: the time is a whole number of seconds" >&2; exit 2 ;; esac

scratch=$(mktemp -d "${TMPDIR:-/tmp}/tendril-fuzz.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
findings=$build/findings
mkdir -p "$findings"

ran=0
for source in fuzz/corpus/*; do
    name=$(basename "$source")
    program=$build/fuzz/fuzz_$name
    [ -x "$program" ] || { echo "fuzz: $program is missing: build the preset fuzz first" >&2; exit 2; }
    cp -r "$source" "$scratch/$name"
    echo "== fuzzing $name for $seconds s"
    # Ten seconds for one input mean that it never ends: the slowest of the corpus takes milliseconds.
    if ! "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$findings/$name-" "$scratch/$name" >"$scratch/log" 2>&1; then
        tail -n 60 "$scratch/log"
        echo "fuzz: $name has a finding; its input:" >&2
        sed -n 's/.*Test unit written to /  /p' "$scratch/log" >&2
        exit 1
    fi
    sed -n 's/^stat::number_of_executed_units: */   inputs tried: /p' "$scratch/log"
    ran=$((ran + 1))
done
[ "$ran" -gt 0 ] || { echo "fuzz: nothing to fuzz" >&2; exit 2; }
echo "fuzz: $ran programs, no finding"
