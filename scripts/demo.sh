#!/bin/sh
# What tendril does, shown on real programs. Usage: demo.sh PATH-TO-TENDRIL
# Everything happens in a new folder under the temporary directory; nothing else on this machine is changed.
set -eu
tendril=$1
folder=$(mktemp -d "${TMPDIR:-/tmp}/tendril-demo.XXXXXX")
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

say "1. A program that asks questions: ssh-keygen changes the passphrase of a throw-away key, tendril answers."
ssh-keygen -q -t ed25519 -N 'the old one' -C demo -f "$folder/key"
(umask 077 && printf 'the old one\n' >"$folder/old" && printf 'the new one\n' >"$folder/new")
printf "   tendril run --record key.cast --answer 'Enter old passphrase:=@old' \\\\\n"
printf "       --answer 'Enter new passphrase.*:=@new' --answer 'Enter same passphrase again:=@new' -- ssh-keygen -p -f key\n\n"
"$tendril" run --record "$folder/key.cast" --expect-timeout 20 \
    --answer "Enter old passphrase:=@$folder/old" \
    --answer "Enter new passphrase.*:=@$folder/new" \
    --answer "Enter same passphrase again:=@$folder/new" \
    -- ssh-keygen -p -f "$folder/key"
ssh-keygen -y -P 'the new one' -f "$folder/key" >/dev/null && echo "   The key opens with the new passphrase."
! grep -q 'the new one' "$folder/key.cast" && echo "   No passphrase is in the recording: it was typed with echo off."

say "2. A full-screen program, recorded: vim, for a moment."
printf 'tendril runs programs in terminals,\ndrives them, shows them and records them.\n' >"$folder/notes.txt"
screen=/dev/stdout
[ -t 1 ] || screen=/dev/null  # its escape sequences are for a terminal; what they drew is shown below
"$tendril" run --record "$folder/vim.cast" -- vim -u NONE -N -i NONE -n "$folder/notes.txt" \
    -c 'set number ruler laststatus=2 | syntax on' -c 'redraw | sleep 600m' \
    -c 'execute "normal! Go" | redraw | sleep 300m' -c 'execute "normal! iThis line was typed in vim." | redraw | sleep 900m' -c 'wq' >"$screen"
echo "   Recorded. It looked like this:"
"$tendril" export "$folder/vim.cast" --format text | grep -v '^~' | sed 's/^/   | /'

say "3. What was on the screen, as documents."
"$tendril" export "$folder/vim.cast" --format html -o "$folder/vim.html"
"$tendril" export "$folder/vim.cast" --format svg -o "$folder/vim.svg"
"$tendril" export "$folder/key.cast" --format text | sed 's/^/   | /'

say "Here are the files:"
ls -1 "$folder" | sed "s|^|   $folder/|"
say "Try next:"
cat <<EOF
   $tendril play $folder/vim.cast
   $tendril run --record out.cast -- bash          any program; your keys, window size and Ctrl-Z work as usual
   $tendril export out.cast --format svg -o out.svg
   printf '\033[31mred\033[0m' | $tendril render --format json
   rm -r $folder
EOF
