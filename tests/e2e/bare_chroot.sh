#!/bin/sh
# The programs work where there is nothing: a folder with a static busybox and them, entered with chroot.
# Usage: bare_chroot.sh FOLDER-OF-THE-PROGRAMS. Exits with 77 when this machine does not allow the attempt.
# Its proc and devpts are mounted in mount and process namespaces of its own and go with them.
set -eu
PATH=$PATH:/usr/sbin:/sbin
chroot=$(command -v chroot) || { echo "skipped: there is no chroot"; exit 77; }
skipped=77

skip() { echo "skipped: $*"; exit $skipped; }
fail() { echo "bare_chroot: $*" >&2; exit 1; }

# expect WANTED-STATUS WANTED-TEXT WORD...: runs the words inside.
expect() {
    wanted_status=$1 wanted=$2
    shift 2
    status=0
    env -i PATH=/bin TERM=xterm "$chroot" "$root" "$@" <"$root/input" >"$root/output" 2>&1 || status=$?
    [ "$status" = "$wanted_status" ] || { cat "$root/output" >&2; fail "'$*' ended with $status, not $wanted_status"; }
    [ -z "$wanted" ] || grep -qF -- "$wanted" "$root/output" || { cat "$root/output" >&2; fail "'$*' did not say '$wanted'"; }
    echo "ok: $*"
}

inside() {
    root=$1
    mount --make-rprivate /
    mount -t proc proc "$root/proc" || skip "proc cannot be mounted here"
    mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts "$root/dev/pts" || skip "devpts cannot be mounted here"

    : >"$root/input"
    expect 7 'on a terminal' /bin/tendril run -- busybox sh -c 'test -t 0 && test -t 1 && echo on a terminal; exit 7'
    expect 127 'No such file' /bin/tendril run -- nothing-of-this-name
    expect 0 'recorded' /bin/tendril run --record /film.cast -- busybox sh -c 'echo recorded'
    expect 0 'recorded' /bin/tendril play /film.cast
    expect 0 '<svg' /bin/tendril export --format svg /film.cast
    expect 0 'recorded' /bin/tendril export --format svg /film.cast
    expect 0 'PNG' /bin/tendril export --format png /film.cast
    expect 0 'tendril-agent ' /bin/tendril-agent identify
    expect 0 '' /bin/tendril-agent run -- busybox true
    expect 1 '' /bin/tendril-agent run -- busybox false
    printf 'wide: \346\274\242' >"$root/input"
    expect 0 '漢' /bin/tendril render --format json
    expect 0 'PNG' /bin/tendril render --format png
}

if [ "$1" = --inside ]; then
    inside "$2"
    exit
fi

programs=$1
busybox=$(command -v busybox) || skip "there is no busybox"
for program in "$programs/tendril" "$programs/tendril-agent"; do
    [ -x "$program" ] || fail "$program is missing"
    # `ldd` fails for what is static, so its words are what counts.
    { ldd "$program" 2>&1 || true; } | grep -qE 'not a dynamic executable|statically linked' || fail "$program is dynamic"
done
{ ldd "$busybox" 2>&1 || true; } | grep -qE 'not a dynamic executable|statically linked' || skip "busybox is not static"

as_whom=
[ "$(id -u)" = 0 ] || as_whom=--map-root-user
unshare $as_whom --mount --pid --fork true 2>/dev/null || skip "neither root nor user namespaces"

folder=$(mktemp -d "${TMPDIR:-/tmp}/tendril-chroot.XXXXXX")
trap 'rm -rf --one-file-system "$folder"' EXIT
mkdir -p "$folder/bin" "$folder/dev/pts" "$folder/proc"
ln -s pts/ptmx "$folder/dev/ptmx"
cp "$busybox" "$folder/bin/busybox"
cp "$programs/tendril" "$programs/tendril-agent" "$folder/bin/"
status=0
unshare $as_whom --mount --pid --fork --kill-child "$0" --inside "$folder" || status=$?
exit $status
