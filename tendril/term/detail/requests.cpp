#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/sgr_text.hpp>

#include <array>
#include <string>
#include <utility>

namespace tendril::term::detail {

namespace {

std::string two_numbers(int first, int second)
{
    return std::to_string(first) + ";" + std::to_string(second);
}

std::string sgr_setting(state const& s)
{
    return sgr_numbers(s.at.pen.style) + underline_color_number(s.at.pen.underline_color);
}

std::string decstbm_setting(state const& s)
{
    return two_numbers(s.region.top + 1, s.region.bottom + 1);
}

std::string decslrm_setting(state const& s)
{
    return two_numbers(s.region.left + 1, s.region.right + 1);
}

std::string decscusr_setting(state const& s)
{
    return std::to_string(2 * static_cast<int>(s.shape) + (s.is(mode::cursor_blink) ? 1 : 2));
}

std::string decsca_setting(state const& s)
{
    return s.at.pen.style.has(attribute::guarded) ? "1" : "0";
}

std::string decscl_setting(state const& s)
{
    auto const level = std::to_string(60 + s.chosen.conformance_level);
    if (s.chosen.conformance_level == 1)
        return level;
    return level + (s.chosen.eight_bit_replies ? ";0" : ";1");
}

std::string decsace_setting(state const& s)
{
    return s.chosen.rectangles_only ? "2" : "0";
}

std::string decsasd_setting(state const& s)
{
    return s.chosen.status_line_selected ? "1" : "0";
}

std::string decssdt_setting(state const& s)
{
    return std::to_string(s.chosen.status_line);
}

std::string rows_setting(state const& s)
{
    return std::to_string(s.rows);
}

std::string columns_setting(state const& s)
{
    return std::to_string(s.columns);
}

using setting = std::string (*)(state const&);

/// By the intermediates and the final of the control function that sets it.
constexpr std::array<std::pair<std::string_view, setting>, 12> settings_by_request{{
    {"m", sgr_setting},
    {"r", decstbm_setting},
    {"s", decslrm_setting},
    {" q", decscusr_setting},
    {"\"q", decsca_setting},
    {"\"p", decscl_setting},
    {"*x", decsace_setting},
    {"$}", decsasd_setting},
    {"$~", decssdt_setting},
    {"t", rows_setting},
    {"*|", rows_setting},
    {"$|", columns_setting},
}};

/// XTMODKEYS and XTFMTKEYS by resource, 4 (modifyOtherKeys) if none is named; empty for what is neither.
std::string key_resource_setting(state const& s, std::string_view request)
{
    constexpr std::size_t modify_other_keys = 4;
    if (!request.starts_with('>') || request.size() < 2 || request.size() > 3)
        return {};
    auto const final = request.back();
    auto const resource =
        request.size() == 2 ? modify_other_keys : static_cast<std::size_t>(request[1] - '0');
    if ((final != 'm' && final != 'f') || resource >= s.chosen.key_options.size())
        return {};
    auto const value = final == 'f'                    ? s.chosen.key_formats[resource]
                       : resource == modify_other_keys ? s.key_modifier_options
                                                       : s.chosen.key_options[resource];
    return ">" + two_numbers(static_cast<int>(resource), value) + final;
}

}  // namespace

void decrqss(state& s, std::string_view payload)
{
    if (auto const keys = key_resource_setting(s, payload); !keys.empty()) {
        reply(s, "\x1bP1$r" + keys + "\x1b\\");
        return;
    }
    for (auto const& [request, setting] : settings_by_request) {
        if (request != payload)
            continue;
        reply(s, "\x1bP1$r" + setting(s) + std::string(payload) + "\x1b\\");
        return;
    }
    reply(s, "\x1bP0$r\x1b\\");
}

}  // namespace tendril::term::detail
