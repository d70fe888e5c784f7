#!/bin/sh
# Makes docs/picture.svg, the moving picture in README.md, from a real session. Usage: picture.sh PATH-TO-TENDRIL
set -eu
tendril=$(realpath "$1")
here=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d "${TMPDIR:-/tmp}/tendril-picture.XXXXXX")
trap 'rm -r "$folder"' EXIT
mkdir "$folder/bin" && ln -s "$tendril" "$folder/bin/tendril"
ssh-keygen -q -t ed25519 -N 'the old one' -C demo -f "$folder/key"
printf 'the old one\n' >"$folder/old" && printf 'the new one\n' >"$folder/new"
printf '# tendril\n\n- runs programs in terminals\n- answers their questions\n' >"$folder/notes.txt"

cat >"$folder/show" <<'EOF'
cd "$1"
PATH=$PWD/bin:$PATH
prompt() { printf '\033[1;32m~\033[0m $ '; sleep 0.6; }
type_line() { printf %s "$1" | while IFS= read -r -n1 c; do printf %s "$c"; sleep 0.03; done; sleep 0.4; echo; }
prompt; type_line "tendril run --answer 'old pass.*:=@old' --answer '(new|same) pass.*:=@new' \\"
printf '> '; type_line "    --record key.cast -- ssh-keygen -p -f key"
tendril run --answer 'old pass.*:=@old' --answer '(new|same) pass.*:=@new' --record key.cast -- ssh-keygen -p -f key
sleep 1.2
prompt; type_line "tendril export key.cast --format text | grep -c 'the new one'"
tendril export key.cast --format text | grep -c 'the new one'
sleep 1
prompt; type_line "tendril run --record vim.cast -- vim notes.txt"
tendril run --record vim.cast -- vim -u NONE -N -i NONE -n notes.txt -c 'set number ruler laststatus=2 noshowcmd' \
    -c 'syntax on | redraw | sleep 700m' -c 'execute "normal! Go" | redraw | sleep 300m' \
    -c 'execute "normal! i- records what was on the screen, and shows it" | redraw | sleep 1500m' -c 'silent wq'
prompt; type_line "tendril export vim.cast -o vim.svg && ls *.cast *.svg"
tendril export vim.cast -o vim.svg && ls *.cast *.svg
sleep 2.5
EOF
TERM=xterm-256color "$tendril" run --size 84x22 --record "$folder/bin/show.cast" -- bash "$folder/show" "$folder" </dev/null >/dev/null
"$tendril" export "$folder/bin/show.cast" --animated --title tendril -o "$here/docs/picture.svg"
