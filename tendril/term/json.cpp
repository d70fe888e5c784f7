#include <tendril/term/detail/strings.hpp>
#include <tendril/term/json.hpp>
#include <tendril/term/runs.hpp>
#include <tendril/term/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json.hpp>

namespace tendril::term {

namespace {

namespace json = boost::json;

json::value color_value(color which)
{
    if (which.is_default())
        return nullptr;
    if (which.is_direct())
        return json::string(hex(which.value()));
    return static_cast<int>(which.index());
}

std::string flags_of(rendition style)
{
    constexpr std::array<std::pair<attribute, char>, 3> before{
        {{attribute::bold, 'b'}, {attribute::faint, 'f'}, {attribute::italic, 'i'}}};
    constexpr std::array<std::pair<attribute, char>, 6> after{{{attribute::blink, 'k'},
                                                               {attribute::reverse, 'r'},
                                                               {attribute::hidden, 'h'},
                                                               {attribute::strike, 's'},
                                                               {attribute::overline, 'o'},
                                                               {attribute::guarded, 'p'}}};
    std::string flags;
    for (auto const& [which, letter] : before)
        if (style.has(which))
            flags += letter;
    if (style.line() != underline::none)
        flags += std::string_view("-udcta")[static_cast<std::size_t>(style.line())];
    for (auto const& [which, letter] : after)
        if (style.has(which))
            flags += letter;
    return flags;
}

json::array cells_of(terminal const& of, row const& line)
{
    json::array cells;
    auto const end = line.size() == line_size::single
                         ? line.used()
                         : std::min(line.used(), line.visible(of.size().columns));
    for (int x = 0; x < end; ++x) {
        auto const each = line.at(x);
        if (each.shown.part() == glyph::role::tail)
            continue;
        std::string text;
        of.append_text(each.shown, text);
        auto const* const target = of.link_of(each);
        cells.push_back({json::string(text), each.shown.part() == glyph::role::wide ? 2 : 1,
                         color_value(each.style.foreground()), color_value(each.style.background()),
                         json::string(flags_of(each.style)),
                         target ? json::value(json::string(target->target)) : json::value(nullptr)});
    }
    return cells;
}

json::object line_object(terminal const& of, row const& line, line_detail detail)
{
    json::object told{{"text", line_text(of, line, blanks::written)}, {"wrapped", line.wrapped()}};
    constexpr std::array<std::string_view, 4> sizes{"single", "wide", "top", "bottom"};
    if (line.size() != line_size::single)
        told["size"] = sizes[static_cast<std::size_t>(line.size())];
    if (detail == line_detail::cells)
        told["cells"] = cells_of(of, line);
    return told;
}

json::object cursor_object(cursor const& at)
{
    constexpr std::array<std::string_view, 3> shapes{"block", "underline", "bar"};
    return {{"row", at.row},         {"col", at.column},
            {"visible", at.visible}, {"shape", shapes[static_cast<std::size_t>(at.shape)]},
            {"blink", at.blink},     {"pending_wrap", at.pending_wrap}};
}

json::object modes_object(terminal const& of)
{
    json::object modes;
    for (auto const& each : mode_table())
        modes[(each.space == mode_space::dec ? "?" : "") + std::to_string(each.number)] = of.is(each.what);
    return modes;
}

json::object event_object(event const& what)
{
    switch (what.what) {
    case event::kind::title:
        return {{"type", "title"}, {"text", what.text}};
    case event::kind::icon:
        return {{"type", "icon"}, {"text", what.text}};
    case event::kind::bell:
        return {{"type", "bell"}};
    case event::kind::mode:
        return {{"type", "mode"}, {"mode", what.text}, {"set", what.on}};
    case event::kind::notification:
        return {{"type", "notification"}, {"title", what.detail}, {"body", what.text}};
    case event::kind::directory:
        return {{"type", "directory"}, {"url", what.text}};
    case event::kind::shell_mark:
        return {{"type", "shell_mark"}, {"mark", what.text}};
    case event::kind::image:
        return {{"type", "image"},          {"protocol", what.text}, {"bytes", what.detail.size()},
                {"row", what.row},          {"col", what.column},    {"rows", what.size.rows},
                {"cols", what.size.columns}};
    case event::kind::progress:
        return {{"type", "progress"}, {"state", what.text}, {"percent", what.detail}};
    case event::kind::clipboard:
        return {{"type", "clipboard"}, {"selection", what.text}, {"text", what.detail}};
    case event::kind::pointer:
        return {{"type", "pointer"}, {"shape", what.text}};
    case event::kind::resize:
        return {{"type", "resize"}, {"rows", what.size.rows}, {"cols", what.size.columns}, {"done", what.on}};
    case event::kind::reset:
        return {{"type", "reset"}};
    }
    return {};
}

}  // namespace

std::string to_json(terminal const& of, line_detail detail, std::string_view replies,
                    std::span<event const> events)
{
    auto const size = of.size();
    json::array scrollback;
    row line;
    for (std::size_t i = 0; i < of.scrollback().size(); ++i) {
        of.scrollback().read(i, line);
        scrollback.push_back(line_object(of, line, detail));
    }
    json::array screen;
    for (int y = 0; y < size.rows; ++y)
        screen.push_back(line_object(of, of.line(y), detail));
    json::array told;
    for (auto const& each : events)
        told.push_back(event_object(each));

    json::object const whole{{"rows", size.rows},
                             {"cols", size.columns},
                             {"cursor", cursor_object(of.cursor())},
                             {"title", of.title()},
                             {"icon", of.icon()},
                             {"alternate", of.shown() == screen_kind::alternate},
                             {"modes", modes_object(of)},
                             {"scrollback", std::move(scrollback)},
                             {"screen", std::move(screen)},
                             {"replies", detail::to_base64(replies)},
                             {"events", std::move(told)}};
    return json::serialize(whole);
}

}  // namespace tendril::term
