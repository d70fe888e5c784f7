#include <tendril/term/detail/snapshot_rows.hpp>
#include <tendril/term/detail/snapshot_settings.hpp>
#include <tendril/term/detail/state.hpp>
#include <tendril/term/snapshot.hpp>

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>

namespace tendril::term {

namespace {

using detail::snapshot_reader;
using detail::snapshot_writer;
using detail::table_numbers;

constexpr std::string_view magic = "tendril\x1a";
constexpr std::uint64_t version = 2;
constexpr std::size_t checksum_bytes = 8;
constexpr std::size_t deepest_stack = 16;  // of keyboard flags, as printing allows
constexpr std::uint64_t most_lines = std::uint64_t{1} << 62;
constexpr auto most_byte = std::numeric_limits<std::uint8_t>::max();
constexpr char32_t most_scalar = 0x10FFFF;

/// What a field is read from and written to at once: state, or state const. One function a part describes
/// both directions, so that they cannot differ.
template <typename Archive>
using state_of = std::conditional_t<Archive::reads, detail::state, detail::state const>;
template <typename Archive, typename Part>
using part_of = std::conditional_t<Archive::reads, Part, Part const>;

void visit_text(snapshot_writer& to, std::string const& text)
{
    to.text(text);
}
void visit_text(snapshot_reader& from, std::string& text)
{
    text = from.clean_text();
}

/// Modes by their numbers, so that the order of the table may change.
void visit_modes(snapshot_writer& to, mode_set const& modes)
{
    to.number(mode_table().size());
    for (auto const& entry : mode_table()) {
        to.number(std::uint64_t{entry.number} << 1 | (entry.space == mode_space::dec ? 1 : 0));
        to.flag(is_set(modes, entry.what));
    }
}
void visit_modes(snapshot_reader& from, mode_set& modes)
{
    for (auto left = from.count(2); left > 0; --left) {
        auto const key = from.number();
        auto on = false;
        from.flag(on);
        auto const number = static_cast<int>(std::min<std::uint64_t>(key >> 1, 65536));
        if (auto const* const entry = find_mode((key & 1) != 0 ? mode_space::dec : mode_space::ansi, number))
            modes[static_cast<std::size_t>(entry->what)] = on;
    }
}

void visit_tabs(snapshot_writer& to, detail::state const& s)
{
    for (int column = 0; column < s.columns; ++column)
        to.flag(s.tabs.at(column));
}
void visit_tabs(snapshot_reader& from, detail::state& s)
{
    s.tabs.clear_all();
    for (int column = 0; column < s.columns; ++column) {
        auto stop = false;
        from.flag(stop);
        if (stop)
            s.tabs.set(column);
    }
}

void visit_pen(snapshot_writer& to, detail::state const&, detail::pen const& held, table_numbers const& names)
{
    to.fixed(held.style.packed());
    to.number(held.underline_color.packed());
    to.number(names.links[held.link]);
}
void visit_pen(snapshot_reader& from, detail::state& s, detail::pen& held, table_numbers const& names)
{
    held.style = rendition::unpacked(from.fixed());
    std::uint32_t color_bits = 0;
    std::uint32_t link = 0;
    from.field(color_bits, std::uint32_t{(1u << color::bit_count) - 1});
    from.field(link, static_cast<std::uint32_t>(names.links.size() - 1));
    held.underline_color = color::unpacked(color_bits);
    held.link = names.links[link];
    decoration const wanted{held.underline_color.packed(), held.link};
    held.decoration = wanted.is_none() ? 0 : s.decorations.number_of(wanted);
}

template <typename Archive>
void visit_position(Archive& a, state_of<Archive>& s, part_of<Archive, detail::position>& p,
                    table_numbers const& names)
{
    a.field(p.column, s.columns - 1);
    a.field(p.row, s.rows - 1);
    a.flag(p.pending_wrap);
    a.flag(p.origin);
    visit_pen(a, s, p.pen, names);
    for (auto& set : p.charsets.sets)
        a.field(set, detail::charset::iso_cyrillic);
    a.field(p.charsets.left, std::uint8_t{3});
    a.field(p.charsets.right, std::uint8_t{3});
    a.field(p.charsets.single_shift, most_byte);
    if constexpr (Archive::reads)
        if (p.charsets.single_shift != detail::charset_state::no_shift && p.charsets.single_shift > 3)
            a.fail();
}

template <typename Archive>
void visit_region(Archive& a, state_of<Archive>& s)
{
    a.field(s.region.bottom, s.rows - 1);
    a.field(s.region.top, s.region.bottom);
    a.field(s.region.right, s.columns - 1);
    a.field(s.region.left, s.region.right);
}

template <typename Archive>
void visit_join(Archive& a, state_of<Archive>& s)
{
    a.flag(s.join.open);
    a.field(s.join.column, s.columns - 1);
    a.field(s.join.last, most_scalar);
    a.flag(s.join.walk.in_emoji);
    a.flag(s.join.walk.has_pair);
    a.field(s.repeatable, most_scalar);
    if constexpr (Archive::reads) {
        if (s.repeatable != 0 && !detail::is_printable(s.repeatable))
            a.fail();
        if (s.line().at(s.join.column).shown.part() == glyph::role::tail)
            s.join.open = false;
    }
}

template <typename Archive>
void visit_settings(Archive& a, state_of<Archive>& s)
{
    visit_modes(a, s.modes);
    visit_modes(a, s.saved_modes);
    visit_modes(a, s.saved_mask);
    a.field(s.shape, cursor_shape::bar);
    a.field(s.key_modifier_options, 2);
    visit_text(a, s.title);
    visit_text(a, s.icon);
    visit_palette(a, s.palette);
    visit_tabs(a, s);
}

void visit_renditions(snapshot_writer& to, detail::state const& s, table_numbers const& names)
{
    to.number(s.rendition_stack.size());
    for (auto const& each : s.rendition_stack) {
        visit_pen(to, s, each.held, names);
        to.number(each.parts);
    }
}
void visit_renditions(snapshot_reader& from, detail::state& s, table_numbers const& names)
{
    for (auto left = from.count(10); left > 0; --left) {
        detail::pushed_rendition read;
        visit_pen(from, s, read.held, names);
        from.field(read.parts, std::numeric_limits<std::uint32_t>::max());
        if (left <= s.limits.renditions_stacked)
            s.rendition_stack.push_back(read);
    }
}

void visit_screen(snapshot_writer& to, detail::state const& s, detail::screen const& which,
                  table_numbers const& names)
{
    for (int y = 0; y < s.rows; ++y)
        write_row(to, which.lines[y], names);
    visit_position(to, s, which.saved, names);
    to.number(which.keyboard_flags.size());
    for (auto const each : which.keyboard_flags)
        to.number(each);
}
void visit_screen(snapshot_reader& from, detail::state& s, detail::screen& which, table_numbers const& names)
{
    for (int y = 0; y < s.rows && !from.failed(); ++y)
        read_row(from, which.lines[y], s.columns, names);
    visit_position(from, s, which.saved, names);
    auto const flags = from.count();
    if (flags > deepest_stack)
        from.fail();
    which.keyboard_flags.resize(from.failed() ? 0 : flags);
    for (auto& each : which.keyboard_flags)
        from.field(each, std::uint8_t{31});
}

void visit_history(snapshot_writer& to, detail::state const& s, table_numbers const& names)
{
    auto const& past = s.past;
    to.number(past.pushed() - past.size());
    to.number(past.size());
    row line;
    for (std::size_t i = 0; i < past.size(); ++i) {
        past.read(i, line);
        write_row(to, line, names);
    }
}
void visit_history(snapshot_reader& from, detail::state& s, table_numbers const& names)
{
    std::uint64_t lost = 0;
    from.field(lost, most_lines);
    s.past.renumber(lost);
    row line;
    for (auto left = from.count(2); left > 0 && !from.failed(); --left) {
        read_row(from, line, std::numeric_limits<std::uint16_t>::max(), names);
        s.past.push(line);
    }
}

void visit_parser(snapshot_writer& to, detail::state const& s)
{
    to.text(s.parser.unfinished());
}
void visit_parser(snapshot_reader& from, detail::state& s)
{
    detail::feed(s, base::bytes_of(from.text()));
    s.replies.clear();
    s.events.clear();
    s.event_bytes = 0;
}

template <typename Archive>
void visit_all(Archive& a, state_of<Archive>& s, table_numbers const& names)
{
    for (auto& each : s.screens)
        visit_screen(a, s, each, names);
    a.field(s.shown, detail::side::alternate);
    visit_history(a, s, names);
    visit_position(a, s, s.at, names);
    visit_region(a, s);
    visit_settings(a, s);
    visit_choices(a, s);
    visit_renditions(a, s, names);
    visit_join(a, s);
    visit_parser(a, s);
}

std::unexpected<error> bad(char const* what)
{
    return failure(make_error_code(boost::system::errc::bad_message),
                   std::string("restore a terminal, ") + what);
}

}  // namespace

std::string to_snapshot(terminal const& of)
{
    auto const& s = of.inner();
    snapshot_writer to;
    to.bytes().reserve(64 * 1024);
    to.raw(magic);
    to.number(version);
    to.number(static_cast<std::uint64_t>(s.columns));
    to.number(static_cast<std::uint64_t>(s.rows));
    auto const names = detail::write_tables(to, s);
    visit_all(to, s, names);
    to.fixed(detail::checksum_of(to.bytes()));
    return std::move(to.bytes());
}

result<terminal> from_snapshot(std::string_view bytes, terminal_limits const& limits)
{
    if (!bytes.starts_with(magic))
        return bad("these bytes are no snapshot");
    snapshot_reader head(bytes.substr(magic.size()));
    if (auto const found = head.number(); head.failed() || found != version)
        return head.failed()
                   ? bad("the snapshot is cut")
                   : failure(make_error_code(boost::system::errc::protocol_not_supported),
                             "restore a terminal from a snapshot of version " + std::to_string(found));
    if (head.left() < checksum_bytes)
        return bad("the snapshot is cut");
    auto const body = bytes.substr(0, bytes.size() - checksum_bytes);
    if (snapshot_reader(bytes.substr(body.size())).fixed() != detail::checksum_of(body))
        return bad("the snapshot is damaged");

    snapshot_reader from(head.peek(head.left() - checksum_bytes));
    grid_size size{.columns = 0, .rows = 0};
    from.field(size.columns, std::numeric_limits<std::uint16_t>::max());
    from.field(size.rows, std::numeric_limits<std::uint16_t>::max());
    if (size.columns == 0 || size.rows == 0 || size.rows > from.left() || size.columns > from.left())
        return bad("the snapshot has no size");
    auto inner = std::make_unique<detail::state>(size, limits);
    inner->advance_generation();
    auto const names = detail::read_tables(from, *inner);
    visit_all(from, *inner, names);
    if (from.failed() || from.left() != 0)
        return bad("the snapshot says what cannot be");
    return terminal(std::move(inner));
}

}  // namespace tendril::term
