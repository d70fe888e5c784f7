#!/bin/sh
# Installs a build, moves the result, and builds strangers against it: through find_package and pkg-config.
# Usage: package_test.sh SOURCE BUILD COMPILER
set -eu
source=$1 build=$2 compiler=$3
scratch=$(mktemp -d "${TMPDIR:-/tmp}/tendril-package.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

step() { echo "== $*"; }

step "install, and move away from where it was installed"
DESTDIR="$scratch/staged" cmake --install "$build" --prefix /first >/dev/null
mv "$scratch/staged/first" "$scratch/prefix"
"$scratch/prefix/bin/tendril" --version
"$scratch/prefix/bin/tendril-agent" identify
if grep -rlF -e "$build" -e "$source/" "$scratch/prefix/lib/cmake" "$scratch/prefix/lib/pkgconfig"; then
    echo "package: these files name the folder they were built in" >&2
    exit 1
fi

step "find_package"
cmake -S "$source/tests/package/consumer" -B "$scratch/consumer" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" \
    -DCMAKE_PREFIX_PATH="$scratch/prefix" -DEXAMPLES="$source/examples" >"$scratch/configured" ||
    { cat "$scratch/configured"; exit 1; }
cmake --build "$scratch/consumer"
"$scratch/consumer/consumer" | grep -F '漢 installed'
# The example keeps a log of its terminal.
"$scratch/consumer/script" "$scratch/typescript" echo kept </dev/null
grep -F kept "$scratch/typescript"

step "find_package refuses a component that does not exist"
sed 's/COMPONENTS session/COMPONENTS session nonsense/' "$source/tests/package/consumer/CMakeLists.txt" >"$scratch/wrong.txt"
mkdir "$scratch/wrong"
mv "$scratch/wrong.txt" "$scratch/wrong/CMakeLists.txt"
if cmake -S "$scratch/wrong" -B "$scratch/wrong/build" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" \
    -DCMAKE_PREFIX_PATH="$scratch/prefix" >"$scratch/configured" 2>&1; then
    echo "package: a component that does not exist was found" >&2
    exit 1
fi
grep -F nonsense "$scratch/configured"

step "pkg-config"
export PKG_CONFIG_PATH="$scratch/prefix/lib/pkgconfig"
"$compiler" -std=c++23 $(pkg-config --cflags tendril) "$source/tests/package/consumer/main.cpp" \
    $(pkg-config --libs tendril) -o "$scratch/by_pkg_config"
"$scratch/by_pkg_config" | grep -F '漢 installed'
