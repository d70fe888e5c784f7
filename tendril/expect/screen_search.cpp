#include <tendril/expect/detail/screen_search.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace tendril::expect::detail {

namespace {

std::size_t index_of(screen_kind kind) noexcept
{
    return static_cast<std::size_t>(kind);
}

/// The place of offset @p at, and where its line begins.
std::pair<place, std::size_t> locate(screen_view shown, std::size_t at)
{
    auto const before = shown.text.substr(0, at);
    auto const newline = before.rfind('\n');
    auto const start = newline == std::string_view::npos ? 0 : newline + 1;
    auto const row = static_cast<std::uint64_t>(std::ranges::count(before, '\n'));
    return {place{shown.top_line + row, at - start}, start};
}

/// The screen's text from @p where on; empty when that place is not on the screen.
std::string_view text_at(screen_view shown, place where)
{
    if (where.line < shown.top_line)
        return {};
    auto rest = shown.text;
    for (auto row = where.line - shown.top_line; row > 0; --row) {
        auto const newline = rest.find('\n');
        if (newline == std::string_view::npos)
            return {};
        rest.remove_prefix(newline + 1);
    }
    return rest.size() < where.column ? std::string_view{} : rest.substr(where.column);
}

void find_all(pattern const& wanted, std::size_t alternative, screen_view shown,
              std::vector<appearance>& into)
{
    for (std::size_t from = 0; from <= shown.text.size();) {
        auto found = wanted.find(shown.text, from);
        if (found.what != verdict::match)
            return;
        auto const [where, start] = locate(shown, found.begin);
        auto const line_end = std::min(shown.text.find('\n', found.begin), shown.text.size());
        into.push_back(
            {where, alternative, std::string(shown.text.substr(found.begin, found.end - found.begin)),
             std::move(found.groups), std::string(shown.text.substr(start, line_end - start)), found.begin});
        from = std::max(found.end, found.begin + 1);
    }
}

}  // namespace

std::vector<appearance> screen_search::update(std::vector<pattern> const& patterns, screen_view shown)
{
    std::vector<appearance> there;
    for (std::size_t i = 0; i < patterns.size(); ++i)
        find_all(patterns[i], i, shown, there);
    std::ranges::sort(there, {}, [](appearance const& one) { return std::pair(one.where, one.alternative); });

    auto& known = known_[index_of(shown.kind)];
    std::vector<place> now;
    std::vector<appearance> fresh;
    for (auto& one : there) {
        if (!now.empty() && now.back() == one.where)
            continue;  // an alternative listed earlier matched here
        now.push_back(one.where);
        if (!std::ranges::binary_search(known, one.where))
            fresh.push_back(std::move(one));
    }
    known = std::move(now);
    return fresh;
}

void answered_places::add(appearance const& one, screen_kind on)
{
    entries_[index_of(on)].push_back({one.where, one.text});
}

void answered_places::refresh(screen_view shown)
{
    std::erase_if(entries_[index_of(shown.kind)],
                  [&](entry const& one) { return !text_at(shown, one.where).starts_with(one.text); });
}

bool answered_places::contains(place where, screen_kind on) const noexcept
{
    return std::ranges::any_of(entries_[index_of(on)], [&](entry const& one) { return one.where == where; });
}

}  // namespace tendril::expect::detail
