#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/strings.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace tendril::term::detail {

namespace {

struct capability {
    std::string_view name;
    std::string_view value;
};

// The capabilities that programs ask for because terminfo may lag behind, and the keys of xterm+keypad. Names
// are terminfo's, or termcap's where they have two letters.
constexpr std::array capabilities{
    capability{"BE", "\x1b[?2004h"},
    capability{"BD", "\x1b[?2004l"},
    capability{"Co", "256"},
    capability{"Cr", "\x1b]112\x07"},
    capability{"Cs", "\x1b]12;%p1%s\x07"},
    capability{"Ms", "\x1b]52;%p1%s;%p2%s\x07"},
    capability{"PE", "\x1b[201~"},
    capability{"PS", "\x1b[200~"},
    capability{"RGB", "8/8/8"},
    capability{"Se", "\x1b[2 q"},
    capability{"Setulc", "\x1b[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m"},
    capability{"Smulx", "\x1b[4:%p1%dm"},
    capability{"Ss", "\x1b[%p1%d q"},
    capability{"Su", ""},
    capability{"Sync", "\x1b[?2026%?%p1%{1}%-%tl%eh%;"},
    capability{"TN", "xterm-256color"},
    capability{"Tc", ""},
    capability{"XR", "\x1b[>0q"},
    capability{"colors", "256"},
    capability{"fd", "\x1b[?1004l"},
    capability{"fe", "\x1b[?1004h"},
    capability{"kbs", "\x7f"},
    capability{"kcbt", "\x1b[Z"},
    capability{"kcub1", "\x1bOD"},
    capability{"kcud1", "\x1bOB"},
    capability{"kcuf1", "\x1bOC"},
    capability{"kcuu1", "\x1bOA"},
    capability{"kdch1", "\x1b[3~"},
    capability{"kend", "\x1bOF"},
    capability{"kent", "\x1bOM"},
    capability{"kf1", "\x1bOP"},
    capability{"kf10", "\x1b[21~"},
    capability{"kf11", "\x1b[23~"},
    capability{"kf12", "\x1b[24~"},
    capability{"kf2", "\x1bOQ"},
    capability{"kf3", "\x1bOR"},
    capability{"kf4", "\x1bOS"},
    capability{"kf5", "\x1b[15~"},
    capability{"kf6", "\x1b[17~"},
    capability{"kf7", "\x1b[18~"},
    capability{"kf8", "\x1b[19~"},
    capability{"kf9", "\x1b[20~"},
    capability{"khome", "\x1bOH"},
    capability{"kich1", "\x1b[2~"},
    capability{"kind", "\x1b[1;2B"},
    capability{"kmous", "\x1b[<"},
    capability{"knp", "\x1b[6~"},
    capability{"kpp", "\x1b[5~"},
    capability{"kri", "\x1b[1;2A"},
    capability{"kD", "\x1b[3~"},
    capability{"kI", "\x1b[2~"},
    capability{"kN", "\x1b[6~"},
    capability{"kP", "\x1b[5~"},
    capability{"kb", "\x7f"},
    capability{"kd", "\x1bOB"},
    capability{"kh", "\x1bOH"},
    capability{"kl", "\x1bOD"},
    capability{"kr", "\x1bOC"},
    capability{"ku", "\x1bOA"},
    capability{"k1", "\x1bOP"},
    capability{"k2", "\x1bOQ"},
    capability{"k3", "\x1bOR"},
    capability{"k4", "\x1bOS"},
    capability{"k5", "\x1b[15~"},
    capability{"k6", "\x1b[17~"},
    capability{"k7", "\x1b[18~"},
    capability{"k8", "\x1b[19~"},
    capability{"k9", "\x1b[20~"},
    capability{"k;", "\x1b[21~"},
    capability{"name", "xterm-256color"},
    capability{"rmkx", "\x1b[?1l\x1b>"},
    capability{"rmxx", "\x1b[29m"},
    capability{"setrgbb", "\x1b[48:2::%p1%d:%p2%d:%p3%dm"},
    capability{"setrgbf", "\x1b[38:2::%p1%d:%p2%d:%p3%dm"},
    capability{"smkx", "\x1b[?1h\x1b="},
    capability{"smxx", "\x1b[9m"},
};

}  // namespace

void xtgettcap(state& s, std::string_view payload)
{
    std::string told;
    while (!payload.empty()) {
        auto const asked = next_field(payload);
        auto const name = from_hex(asked);
        auto const found = std::ranges::find_if(
            capabilities, [&](capability const& each) { return name && each.name == *name; });
        if (found == capabilities.end())
            break;  // as xterm: an unknown name ends the list
        told += (told.empty() ? "" : ";") + std::string(asked);
        if (!found->value.empty())
            told += "=" + to_hex(found->value);
    }
    reply(s, told.empty() ? "\x1bP0+r\x1b\\" : "\x1bP1+r" + told + "\x1b\\");
}

}  // namespace tendril::term::detail
