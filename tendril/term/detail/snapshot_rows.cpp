#include <tendril/term/detail/snapshot_rows.hpp>
#include <tendril/vt/utf8.hpp>

#include <algorithm>
#include <span>

namespace tendril::term::detail {

namespace {

enum row_flag : std::uint8_t {
    wrapped = 1,
    filled = 2,
    styled = 4,
    decorated = 8,
    wide = 16,
    all_row_flags = 31
};

constexpr std::size_t longest_cluster = 64;  // code points; what printing makes has 32 at most

template <typename Value, typename Put>
void write_runs(snapshot_writer& to, std::span<Value const> values, Put&& put)
{
    for (std::size_t from = 0; from < values.size();) {
        auto end = from + 1;
        while (end < values.size() && values[end] == values[from])
            ++end;
        to.number(end - from);
        put(values[from]);
        from = end;
    }
}

/// Reads runs until @p count values are there.
template <typename Value, typename Take>
std::vector<Value> read_runs(snapshot_reader& from, std::size_t count, Take&& take)
{
    std::vector<Value> values;
    values.reserve(count);
    while (values.size() < count && !from.failed()) {
        auto const length = from.number();
        auto const value = take();
        if (length == 0 || length > count - values.size())
            from.fail();
        else
            values.insert(values.end(), static_cast<std::size_t>(length), value);
    }
    return values;
}

std::uint32_t named(snapshot_reader& from, std::vector<std::uint32_t> const& names)
{
    std::uint32_t number = 0;
    from.field(number, static_cast<std::uint32_t>(names.size() - 1));
    return names[number];
}

glyph read_glyph(snapshot_reader& from, table_numbers const& names)
{
    std::uint32_t bits = 0;
    from.field(bits, glyph::tail().bits() | (glyph::tail().bits() - 1));
    auto const read = glyph::from_bits(bits);
    if (read.part() > glyph::role::tail || (read.part() == glyph::role::tail && read != glyph::tail()))
        from.fail();
    else if (read.is_cluster() && read.value() != 0 && read.value() < names.clusters.size())
        return glyph::cluster(names.clusters[read.value()], read.part());
    else if (read.is_cluster() || (!read.is_blank() && read != glyph::tail() && !is_printable(read.value())))
        from.fail();
    return read;
}

std::vector<glyph> read_glyphs(snapshot_reader& from, std::size_t count, bool is_wide,
                               table_numbers const& names)
{
    std::vector<glyph> shown;
    shown.reserve(count);
    if (!is_wide) {
        for (auto const each : from.raw(count)) {
            auto const scalar = static_cast<unsigned char>(each);
            if (scalar != 0 && !is_printable(scalar))
                from.fail();
            shown.push_back(glyph::character(scalar));
        }
    } else {
        for (std::size_t i = 0; i < count && !from.failed(); ++i)
            shown.push_back(read_glyph(from, names));
    }
    for (std::size_t i = 0; i < shown.size(); ++i) {
        auto const followed = i + 1 < shown.size() && shown[i + 1].part() == glyph::role::tail;
        if ((shown[i].part() == glyph::role::wide) != followed || (i == 0 && shown[i] == glyph::tail()))
            from.fail();
    }
    return shown;
}

bool is_plain_text(std::string_view text) noexcept
{
    return std::ranges::all_of(text,
                               [](char each) { return is_printable(static_cast<unsigned char>(each)); });
}

/// The usual line in one go. Returns whether it was one; else nothing was read.
bool put_plain(snapshot_reader& from, row& line, std::size_t count)
{
    auto const text = from.peek(count);
    if (text.size() != count || !is_plain_text(text))
        return false;
    line.put_latin(0, from.raw(count), {});
    return true;
}

}  // namespace

table_numbers write_tables(snapshot_writer& to, state const& from)
{
    table_numbers names;
    auto const name = [](std::vector<std::uint32_t>& known, std::uint32_t number, std::uint32_t& next) {
        known.resize(std::max<std::size_t>(known.size(), number + std::size_t{1}));
        known[number] = ++next;
    };
    std::uint32_t next = 0;
    to.number(from.clusters.size());
    from.clusters.for_each([&](std::uint32_t number, std::u32string const& value) {
        name(names.clusters, number, next);
        to.number(value.size());
        for (auto const each : value)
            to.number(each);
    });
    next = 0;
    to.number(from.links.size());
    from.links.for_each([&](std::uint32_t number, link const& value) {
        name(names.links, number, next);
        to.text(value.id);
        to.text(value.target);
    });
    next = 0;
    to.number(from.decorations.size());
    from.decorations.for_each([&](std::uint32_t number, decoration const& value) {
        name(names.decorations, number, next);
        to.number(value.underline_color);
        to.number(names.links[value.link_number]);
    });
    return names;
}

table_numbers read_tables(snapshot_reader& from, state& to)
{
    table_numbers names;
    for (auto left = from.count(2); left > 0; --left) {
        std::u32string text(from.count(), U' ');
        if (text.size() < 2 || text.size() > longest_cluster)
            from.fail();
        for (auto& each : text) {
            each = static_cast<char32_t>(from.number());
            if (!is_printable(each))
                from.fail();
        }
        names.clusters.push_back(from.failed() ? 0 : to.clusters.number_of(text));
    }
    for (auto left = from.count(2); left > 0; --left) {
        auto id = from.clean_text();
        auto target = from.clean_text();
        names.links.push_back(from.failed() ? 0 : to.links.number_of({std::move(id), std::move(target)}));
    }
    for (auto left = from.count(2); left > 0; --left) {
        decoration read;
        from.field(read.underline_color, std::uint32_t{(1u << color::bit_count) - 1});
        read.link_number = named(from, names.links);
        names.decorations.push_back(from.failed() || read.is_none() ? 0 : to.decorations.number_of(read));
    }
    return names;
}

void write_row(snapshot_writer& to, row const& line, table_numbers const& names)
{
    auto const has_fill = !(line.fill() == rendition());
    auto const flags = (line.wrapped() ? wrapped : 0) | (has_fill ? filled : 0) |
                       (line.styles().empty() ? 0 : styled) | (line.decorations().empty() ? 0 : decorated) |
                       (line.glyphs().empty() ? 0 : wide);
    to.number(static_cast<std::uint64_t>(flags));
    to.number(static_cast<std::uint64_t>(line.used()));
    if (has_fill)
        to.fixed(line.fill().packed());
    write_runs(to, line.styles(), [&](rendition style) { to.fixed(style.packed()); });
    write_runs(to, line.decorations(), [&](std::uint32_t number) { to.number(names.decorations[number]); });
    to.raw({reinterpret_cast<char const*>(line.bytes().data()), line.bytes().size()});
    for (auto const each : line.glyphs())
        to.number(each.is_cluster() ? glyph::cluster(names.clusters[each.value()], each.part()).bits()
                                    : each.bits());
}

void read_row(snapshot_reader& from, row& line, int columns, table_numbers const& names)
{
    std::uint8_t flags = 0;
    std::uint16_t used = 0;
    from.field(flags, std::uint8_t{all_row_flags});
    from.field(used, static_cast<std::uint16_t>(columns));
    line.clear((flags & filled) != 0 ? rendition::unpacked(from.fixed()).erased() : rendition());
    if (used > from.left())
        from.fail();
    if (from.failed())
        return;
    std::vector<rendition> styles;
    std::vector<std::uint32_t> decorations;
    if ((flags & styled) != 0)
        styles = read_runs<rendition>(from, used, [&] { return rendition::unpacked(from.fixed()); });
    if ((flags & decorated) != 0)
        decorations = read_runs<std::uint32_t>(from, used, [&] { return named(from, names.decorations); });
    line.set_wrapped((flags & wrapped) != 0);
    if (styles.empty() && decorations.empty() && (flags & wide) == 0 && used != 0 &&
        put_plain(from, line, used))
        return;
    auto const shown = read_glyphs(from, used, (flags & wide) != 0, names);
    if (from.failed())
        return;
    for (std::size_t x = 0; x < used; ++x)
        if (shown[x].part() != glyph::role::tail)
            line.put(static_cast<int>(x), {.style = styles.empty() ? rendition() : styles[x],
                                           .shown = shown[x],
                                           .decoration = decorations.empty() ? 0 : decorations[x]});
}

}  // namespace tendril::term::detail
