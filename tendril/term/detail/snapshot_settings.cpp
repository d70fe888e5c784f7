#include <tendril/term/detail/snapshot_settings.hpp>

#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

namespace tendril::term::detail {

namespace {

constexpr auto most_byte = std::numeric_limits<std::uint8_t>::max();

template <typename Archive, typename Part>
using part_of = std::conditional_t<Archive::reads, Part, Part const>;

template <typename Archive>
void visit_settings(Archive& a, part_of<Archive, settings>& chosen)
{
    constexpr int most_pixel = 65535;
    a.field(chosen.conformance_level, 5);
    a.flag(chosen.level_was_chosen);
    a.flag(chosen.eight_bit_replies);
    a.flag(chosen.eight_bit_input);
    a.flag(chosen.keys_locked);
    a.field(chosen.guard, protection::iso);
    a.flag(chosen.rectangles_only);
    a.field(chosen.checksum_bits, 31u);
    a.field(chosen.title_modes, 15u);
    a.field(chosen.status_line, std::uint8_t{2});
    a.flag(chosen.status_line_selected);
    for (auto& each : chosen.key_options)
        a.field(each, most_byte);
    for (auto& each : chosen.key_formats)
        a.field(each, most_byte);
    a.flag(chosen.iconified);
    a.field(chosen.window_x, most_pixel);
    a.field(chosen.window_y, most_pixel);
    a.field(chosen.shift_escape, most_byte);
    a.field(chosen.pointer_hiding, most_byte);
}

void visit_title(snapshot_writer& to, std::optional<std::string> const& text)
{
    to.flag(text.has_value());
    if (text)
        to.text(*text);
}
void visit_title(snapshot_reader& from, std::optional<std::string>& text)
{
    auto is_there = false;
    from.flag(is_there);
    if (is_there)
        text = from.clean_text();
}

void visit_titles(snapshot_writer& to, state const& s)
{
    to.number(s.title_stack.size());
    for (auto const& each : s.title_stack) {
        visit_title(to, each.title);
        visit_title(to, each.icon);
    }
}
void visit_titles(snapshot_reader& from, state& s)
{
    for (auto left = from.count(2); left > 0; --left) {
        stacked_titles read;
        visit_title(from, read.title);
        visit_title(from, read.icon);
        if (left <= s.limits.titles_stacked)
            s.title_stack.push_back(std::move(read));
    }
}

void visit_palettes(snapshot_writer& to, state const& s)
{
    to.number(s.palette_stack.size());
    for (auto const& each : s.palette_stack)
        visit_palette(to, each);
}
void visit_palettes(snapshot_reader& from, state& s)
{
    for (auto left = from.count(); left > 0; --left) {
        std::map<int, rgb> read;
        visit_palette(from, read);
        if (left <= s.limits.colors_stacked)
            s.palette_stack.push_back(std::move(read));
    }
}

void visit_user_keys(snapshot_writer& to, state const& s)
{
    to.number(s.user_keys.size());
    for (auto const& [number, bytes] : s.user_keys) {
        to.number(static_cast<std::uint64_t>(number));
        to.text(bytes);
    }
}
void visit_user_keys(snapshot_reader& from, state& s)
{
    constexpr int last_number = 34;  // of F20
    constexpr std::size_t most_bytes = 1024;
    for (auto left = from.count(2); left > 0; --left) {
        auto number = 0;
        from.field(number, last_number);
        auto bytes = from.text();
        if (bytes.size() > most_bytes)
            from.fail();
        else
            s.user_keys[number] = std::move(bytes);
    }
}

void visit_clipboard(snapshot_writer& to, state const& s)
{
    to.number(s.clipboard.size());
    for (auto const& [selection, text] : s.clipboard) {
        to.number(static_cast<unsigned char>(selection));
        to.text(text);
    }
}
void visit_clipboard(snapshot_reader& from, state& s)
{
    for (auto left = from.count(2); left > 0; --left) {
        std::uint8_t selection = 0;
        from.field(selection, std::uint8_t{0x7E});
        auto const text = from.text();
        if (text.size() <= s.limits.clipboard_bytes && !from.failed())
            s.clipboard[static_cast<char>(selection)] = text;
    }
}

void visit_drafts(snapshot_writer& to, state const& s)
{
    to.text(s.image.control);
    to.text(s.image.data);
    to.flag(s.image.overflowed);
    to.text(s.draft.id);
    to.text(s.draft.title);
    to.text(s.draft.body);
}
void visit_drafts(snapshot_reader& from, state& s)
{
    s.image.control = from.text();
    s.image.data = from.text();
    from.flag(s.image.overflowed);
    s.draft.id = from.clean_text();
    s.draft.title = from.clean_text();
    s.draft.body = from.clean_text();
}

template <typename Archive, typename State>
void visit_all_choices(Archive& a, State& s)
{
    constexpr int most_row = 65535;
    visit_settings(a, s.chosen);
    visit_titles(a, s);
    visit_palettes(a, s);
    visit_clipboard(a, s);
    visit_drafts(a, s);
    visit_user_keys(a, s);
    a.field(s.vt52_operands, 2);
    a.field(s.vt52_row, most_row);
}

}  // namespace

void visit_palette(snapshot_writer& to, std::map<int, rgb> const& palette)
{
    to.number(palette.size());
    for (auto const& [entry, value] : palette) {
        to.number(static_cast<std::uint64_t>(entry));
        for (auto const each : {value.red, value.green, value.blue})
            to.number(each);
    }
}

void visit_palette(snapshot_reader& from, std::map<int, rgb>& palette)
{
    constexpr int most_entry = 1023;  // the 256, the dynamic and special colours, and room for later ones
    for (auto left = from.count(4); left > 0; --left) {
        auto entry = 0;
        rgb value;
        from.field(entry, most_entry);
        from.field(value.red, most_byte);
        from.field(value.green, most_byte);
        from.field(value.blue, most_byte);
        palette[entry] = value;
    }
}

void visit_choices(snapshot_writer& to, state const& s)
{
    visit_all_choices(to, s);
}

void visit_choices(snapshot_reader& from, state& s)
{
    visit_all_choices(from, s);
}

}  // namespace tendril::term::detail
