#include <tests/conformance/same_screen.hpp>

namespace tendril::conformance {

namespace {

std::string text_of(term::terminal const& t, term::cell const& of)
{
    std::string text;
    t.append_text(of.shown, text);
    return text;
}

/// Numbers of clusters and links are each terminal's own.
bool shows_same(term::terminal const& one, term::cell const& a, term::terminal const& other,
                term::cell const& b)
{
    auto const* const first = one.link_of(a);
    auto const* const second = other.link_of(b);
    return a.style == b.style && a.shown.part() == b.shown.part() &&
           a.shown.is_blank() == b.shown.is_blank() && text_of(one, a) == text_of(other, b) &&
           one.underline_color_of(a) == other.underline_color_of(b) && !first == !second &&
           (!first || *first == *second);
}

/// Whether the first @p columns of both show the same.
bool shows_same(term::terminal const& one, term::row const& a, term::terminal const& other,
                term::row const& b, int columns)
{
    for (int x = 0; x < columns; ++x)
        if (!shows_same(one, a.at(x), other, b.at(x)))
            return false;
    return a.size() == b.size();
}

}  // namespace

std::string unlike_history(term::terminal const& one, term::terminal const& other)
{
    auto const lines = other.scrollback().size();
    if (one.scrollback().size() != lines)
        return "lines of the history";
    term::row a;
    term::row b;
    for (std::size_t i = 0; i < lines; ++i) {
        one.scrollback().read(i, a);
        other.scrollback().read(i, b);
        if (a.wrapped() != b.wrapped() || !shows_same(one, a, other, b, other.size().columns))
            return "line " + std::to_string(i) + " of the history";
    }
    return "";
}

std::string unlike(term::terminal const& client, term::terminal const& now)
{
    if (client.size() != now.size())
        return "size";
    for (int y = 0; y < now.size().rows; ++y) {
        if (y + 1 < now.size().rows && client.line(y).wrapped() != now.line(y).wrapped())
            return "wrap of line " + std::to_string(y);
        if (client.line(y).size() != now.line(y).size())
            return "size of line " + std::to_string(y);
        for (int x = 0; x < now.size().columns; ++x)
            if (!shows_same(client, client.line(y).at(x), now, now.line(y).at(x)))
                return "cell " + std::to_string(y) + ";" + std::to_string(x);
    }
    auto const promised = [&](term::cursor at) {
        at.pending_wrap = at.pending_wrap && at.column == now.size().columns - 1;
        return at;
    };
    if (!(promised(client.cursor()) == promised(now.cursor())))
        return "cursor";
    return client.shown() == now.shown() ? "" : "screen";
}

}  // namespace tendril::conformance
