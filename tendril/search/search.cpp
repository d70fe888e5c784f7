#include <tendril/search/search.hpp>

#include <algorithm>
#include <utility>

namespace tendril::search {

namespace {

/// @p text as an expression that matches it: \Q ends at \E, which is therefore said apart.
std::string quoted(std::string_view text)
{
    std::string expression = "\\Q";
    for (auto at = text.find("\\E"); at != std::string_view::npos; at = text.find("\\E")) {
        expression += text.substr(0, at);
        expression += "\\E\\\\E\\Q";
        text.remove_prefix(at + 2);
    }
    expression += text;
    // A backslash at the end would take the backslash of \E for its own.
    if (text.ends_with('\\'))
        return expression.erase(expression.size() - 1) + "\\E\\\\";
    return expression + "\\E";
}

/// Appends the matches of one line. Returns whether all of it could be searched.
bool search_line(term::logical_line const& line, query const& wanted, std::size_t most,
                 std::vector<match>& into)
{
    auto const& text = line.text();
    for (std::size_t from = 0; from <= text.size();) {
        auto found = wanted.compiled().find(text, from);
        if (found.what == expect::verdict::gave_up)
            return false;
        if (found.what != expect::verdict::match)
            return true;
        if (found.end > found.begin) {
            if (into.size() == most)
                return false;
            into.push_back({.begin = line.place_of(found.begin),
                            .end = line.place_of(found.end - 1),
                            .text = text.substr(found.begin, found.end - found.begin),
                            .groups = std::move(found.groups)});
            auto& end = into.back().end;
            end.column += line.width_at(end);
        }
        from = std::max(found.end, found.begin + 1);
        while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80)
            ++from;  // an expression in UTF mode is only asked at the start of a character
    }
    return true;
}

}  // namespace

result<query> query::literal(std::string_view text, letter_case letters)
{
    if (letters == letter_case::folded && !text.empty())
        return regex(quoted(text), letters);
    auto compiled = expect::pattern::exact(std::string(text));
    if (!compiled)
        return std::unexpected(compiled.error());
    return query(std::move(*compiled));
}

result<query> query::regex(std::string_view expression, letter_case letters)
{
    auto const folding = letters == letter_case::folded ? std::string_view("(?i)") : std::string_view();
    auto compiled = expect::pattern::regex(std::string(folding) + std::string(expression));
    if (!compiled)
        return std::unexpected(compiled.error());
    return query(std::move(*compiled));
}

findings find_all(term::terminal const& in, query const& wanted, bounds const& where)
{
    findings found;
    auto const end = std::min(where.end_line, term::end_line(in));
    for (auto number = std::max(where.first_line, term::oldest_line(in)); number < end;) {
        auto const line = term::logical_line::around(in, number);
        number = line->end();
        if (line->first() < where.first_line)
            continue;
        if (!search_line(*line, wanted, where.most, found.matches)) {
            found.is_complete = false;
            if (found.matches.size() == where.most)
                return found;
        }
    }
    return found;
}

std::optional<match> find_next(term::terminal const& in, query const& wanted, term::cell_place from,
                               direction which)
{
    auto const down = which == direction::down;
    auto number = std::max(from.line, term::oldest_line(in));
    if (!down)
        number = std::min(number, term::end_line(in) - 1);
    while (auto const line = term::logical_line::around(in, number)) {
        std::vector<match> here;
        search_line(*line, wanted, line->text().size(), here);
        auto const wanted_here = [&](match const& each) {
            return down ? each.begin > from : each.begin < from;
        };
        if (down) {
            if (auto const found = std::ranges::find_if(here, wanted_here); found != here.end())
                return std::move(*found);
            number = line->end();
        } else {
            std::ranges::reverse(here);
            if (auto const found = std::ranges::find_if(here, wanted_here); found != here.end())
                return std::move(*found);
            if (line->first() == term::oldest_line(in))
                return std::nullopt;
            number = line->first() - 1;
        }
    }
    return std::nullopt;
}

}  // namespace tendril::search
