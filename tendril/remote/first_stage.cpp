#include <tendril/remote/first_stage.hpp>

#include <algorithm>
#include <ranges>

namespace tendril::remote {

namespace {

// What the far end's sh runs, once CHOICE is filled in. It is sent as one line between single quotes: no
// single quote and no exclamation mark (csh) in it, each line ends where a space is not missed. Lines that
// begin with # are not sent. Variables begin with an underscore, so that none is exported by chance. How it
// works: docs/protocol.md, "Bootstrap".
constexpr std::string_view script = R"~(
# A marker is never a part of this text, nor of what `set -x` shows of it.
_s(){ printf "TENDRIL<%s %s>" "$_n" "$*";};
_r(){ [ -z "$_d" ]||rm -rf "$_d";};
_d=;_q=;
_a=$(uname -sm 2>&1);
CHOICE
_c=${XDG_CACHE_HOME:-$HOME/.cache}/tendril;
_f=$_c/$_h;
# Under sudo HOME may be another user's, who could exchange what root is about to run.
[ -O "${HOME:-/dev/null/x}" ]||_k=0;
[ $_k = 1 ]&&[ -O "$_c" ]&&[ -O "$_f" ]&&[ -x "$_f" ]&&
[ "$(sha256sum 2>/dev/null<"$_f")" = "$_h  -" ]&&{ _s run;exec "$_f" "$_t" "$_w";};
trap _r 0;
trap "exit 1" 1 2 13 15;
_z=cat;
command -v zcat >/dev/null&&_z=zcat;
command -v gzip >/dev/null&&_z="gzip -dc";
for _p in "$_c" "${TMPDIR:-/tmp}" /tmp /var/tmp /dev/shm "$XDG_RUNTIME_DIR" "$HOME" .;do _r;
  _d=;
  [ "$_p" = "$_c" ]&&{ [ $_k = 1 ]&&mkdir -p -m 700 "$_c" 2>/dev/null||continue;};
# A directory that others may rename in could be exchanged below us.
  [ -O "$_p" ]||[ -k "$_p" ]||continue;
  _d=$_p/.tendril.$_n;
  _f=$_d/x;
# An empty file can be executed, as a script, where programs can be; `[ -x` of some shells looks at the mode alone.
  _e=$(LC_ALL=C;export LC_ALL;{ mkdir -m 700 "$_d"&&printf "">"$_f"&&chmod 700 "$_f"&&"$_f";} 2>&1)||
  { _q="$_q$_e;";continue;};
# One block of exactly that size: dd reads nothing beyond it, unlike the head of some systems, and all of it before it
# writes anything, so that whatever becomes of the file, nothing is left in the stream.
  [ $_b = 0 ]||dd bs=$_b count=1 iflag=fullblock >/dev/null 2>&1;
  _s need "$_z:$_a";
  [ "$_p" = "$_c" ]&&find "$_c" -type f -atime +30 -exec rm -f {} + 2>/dev/null;
# No shell reads beyond the newline.
  read _x _y||exit 1;
  _e=$(LC_ALL=C;export LC_ALL;dd bs=$_x count=1 iflag=fullblock 2>/dev/null|$_z 2>&1 >"$_f");
  _v=$(sha256sum 2>/dev/null<"$_f");
  [ -z "$_e" ]&&{ [ "$_v" = "$_h  -" ]||[ -z "$_v" -a $(wc -c<"$_f") -eq $_y ]||_e="$_p: damaged";};
  [ -z "$_e" ]||{ _q="$_q$_e;";continue;};
  [ "$_v" ]&&[ "$_p" = "$_c" ]&&mv -f "$_f" "$_c/$_h"&&{ _r;_s run;exec "$_c/$_h" "$_t" "$_w";};
  exec 9<"$_f";
  [ -x /proc/self/fd/9 ]&&{ _r;_s run;exec /proc/self/fd/9 "$_t" "$_w";};
# No /proc: we stay, to remove the file when the program has ended.
  trap : 1 2 13 15;
  _s run;
  "$_f" "$_t" "$_w" 9<&-;
  exit;
done;
_s fail "$_q")~";

bool is_plain(char letter) noexcept
{
    auto const between = [letter](char first, char last) { return letter >= first && letter <= last; };
    return between('a', 'z') || between('A', 'Z') || between('0', '9') ||
           std::string_view("._-@:+=,/").find(letter) != std::string_view::npos;
}

/// Sets the hash that this machine's program has.
std::string choice_of(std::map<std::string, std::string> const& hashes)
{
    std::string chosen = "case $_a in ";
    for (auto const& [machine, hash] : hashes)
        chosen += "\"Linux " + machine + "\")_h=" + hash + ";;";
    return chosen + "*)_s machine \"$_a\";exit 1;;esac;";
}

}  // namespace

bool is_plain_word(std::string_view word) noexcept
{
    return !word.empty() && word.size() <= 128 && std::ranges::all_of(word, is_plain);
}

std::string first_stage(first_stage_request const& asked)
{
    std::string line = "exec sh -c '_n=" + asked.nonce + " _t=tendril:" + asked.name + " _w=" + asked.word +
                       " _b=" + std::to_string(asked.sent_blindly) +
                       " _k=" + (asked.keep == caching::on ? "1;" : "0;");
    for (auto const part : std::views::split(script, '\n')) {
        auto const text = std::string_view(part);
        if (text == "CHOICE")
            line += choice_of(asked.hashes);
        else if (!text.starts_with('#'))
            line += text.substr(std::min(text.find_first_not_of(' '), text.size()));
    }
    return line + "'";
}

std::string image_header(std::size_t sent, std::size_t unpacked)
{
    return std::to_string(sent) + ' ' + std::to_string(unpacked) + '\n';
}

}  // namespace tendril::remote
