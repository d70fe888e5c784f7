#!/bin/sh
# Prints the sizes of the static programs and fails when one is over its budget. Usage: check_size.sh [FOLDER]
set -eu
folder=${1:-$(dirname "$0")/../build/static/bin}
failed=0

# The budget is in bytes of the file as it is shipped: stripped, not compressed.
check() {
    size=$(wc -c <"$folder/$1") || exit 2
    printf '%-14s %9d bytes, budget %9d\n' "$1" "$size" "$2"
    [ "$size" -le "$2" ] || { echo "check_size: $1 is over its budget" >&2; failed=1; }
}

check tendril 12600000
check tendril-agent 1500000
exit $failed
