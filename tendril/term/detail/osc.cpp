#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/strings.hpp>

#include <string>
#include <utility>

namespace tendril::term::detail {

namespace {

/// OSC 8 ; parameters ; target. An empty target ends the link.
void hyperlink(state& s, std::string_view rest)
{
    auto parameters = next_field(rest);
    auto& held = s.at.pen;
    held.link = 0;
    if (!rest.empty() && rest.size() <= s.limits.link_bytes) {
        std::string id;
        while (!parameters.empty()) {
            auto const pair = next_field(parameters, ':');
            if (pair.starts_with("id="))
                id = clean(pair.substr(3), s.limits.link_bytes);
        }
        held.link = s.links.number_of({std::move(id), clean(rest, s.limits.link_bytes)});
    }
    refresh_decoration(s);
}

}  // namespace

void osc(state& s, std::string_view payload, vt::terminator end)
{
    auto rest = payload;
    auto const number = number_of(next_field(rest)).value_or(-1);
    switch (number) {
    case 0:
        set_icon(s, rest);
        set_title(s, rest);
        break;
    case 1:
        set_icon(s, rest);
        break;
    case 2:
        set_title(s, rest);
        break;
    case 4:
        palette_requests(s, rest, end);
        break;
    case 5:
        special_color_requests(s, rest, end);
        break;
    case 7:
        notify(s, {.what = event::kind::directory, .text = clean(rest, 4096)});
        break;
    case 8:
        hyperlink(s, rest);
        break;
    case 9:
        osc_9(s, rest);
        break;
    case 10:
    case 11:
    case 12:
    case 13:
    case 14:
    case 15:
    case 16:
    case 17:
    case 18:
    case 19:
        dynamic_requests(s, number, rest, end);
        break;
    case 22:
        notify(s, {.what = event::kind::pointer, .text = clean(rest, 256)});
        break;
    case 52:
        osc_52(s, rest, end);
        break;
    case 99:
        osc_99(s, rest);
        break;
    case 104:
        reset_palette(s, rest);
        break;
    case 105:
        reset_special_colors(s, rest);
        break;
    case 110:
    case 111:
    case 112:
    case 113:
    case 114:
    case 115:
    case 116:
    case 117:
    case 118:
    case 119:
        reset_dynamic_color(s, number - 100);
        break;
    case 133:
        notify(s, {.what = event::kind::shell_mark, .text = clean(rest, 256)});
        break;
    case 777:
        osc_777(s, rest);
        break;
    case 1337:
        iterm_file(s, rest);
        break;
    default:
        break;
    }
}

}  // namespace tendril::term::detail
