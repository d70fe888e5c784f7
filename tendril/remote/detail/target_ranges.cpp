#include <tendril/remote/detail/target_ranges.hpp>

#include <charconv>
#include <utility>

namespace tendril::remote::detail {

namespace {

constexpr std::size_t most_digits = 9;  // so that a number fits into 32 bits

using names = std::expected<std::vector<std::string>, target_flaw>;

names flaw(std::size_t at, std::string words)
{
    return std::unexpected(target_flaw{at, std::move(words)});
}

names too_many(std::size_t at, std::size_t most)
{
    return flaw(at, "this makes more than " + std::to_string(most) + " names");
}

std::optional<std::uint32_t> number_of(std::string_view digits)
{
    std::uint32_t value = 0;
    auto const [end, why] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (why != std::errc() || end != digits.data() + digits.size() || digits.size() > most_digits)
        return std::nullopt;
    return value;
}

/// `08-10` or `7`: what it counts through, as wide as it begins.
names expand_item(std::string_view item, std::size_t at, std::size_t most)
{
    auto const dash = item.find('-');
    auto const first_digits = item.substr(0, dash);
    auto const first = number_of(first_digits);
    if (!first)
        return flaw(at, "a range is made of numbers of at most 9 digits, as in [01-20,30]");
    auto const last = dash == std::string_view::npos ? first : number_of(item.substr(dash + 1));
    if (!last)
        return flaw(at + dash + 1, "the end of a range is a number of at most 9 digits");
    if (*last < *first)
        return flaw(at, "this range runs backwards");
    if (*last - *first >= most)
        return too_many(at, most);
    std::vector<std::string> all;
    for (auto each = *first; each <= *last; ++each) {
        auto digits = std::to_string(each);
        if (digits.size() < first_digits.size())
            digits.insert(0, first_digits.size() - digits.size(), '0');
        all.push_back(std::move(digits));
    }
    return all;
}

/// What stands in one pair of brackets.
names expand_list(std::string_view list, std::size_t at, std::size_t most)
{
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin <= list.size();) {
        auto const end = std::min(list.find(',', begin), list.size());
        auto some = expand_item(list.substr(begin, end - begin), at + begin, most);
        if (!some)
            return some;
        all.insert(all.end(), some->begin(), some->end());
        if (all.size() > most)
            return too_many(at + begin, most);
        begin = end + 1;
    }
    return all;
}

}  // namespace

names expand_ranges(std::string_view text, std::size_t most)
{
    std::vector<std::string> all{""};
    for (std::size_t at = 0; at < text.size();) {
        auto const open = std::min(text.find('[', at), text.size());
        auto const close = text.find(']', open);
        if (open < text.size() && close == std::string_view::npos)
            return flaw(open, "this bracket is not closed");
        auto const inside = open < text.size() ? text.substr(open + 1, close - open - 1) : std::string_view();
        auto const is_range = open < text.size() && !inside.contains(':');
        auto const plain_end = is_range || open == text.size() ? open : close + 1;
        for (auto& each : all)
            each += text.substr(at, plain_end - at);
        at = is_range ? close + 1 : plain_end;
        if (!is_range)
            continue;
        auto const some = expand_list(inside, open + 1, most);
        if (!some)
            return some;
        if (some->size() > most / all.size())
            return too_many(open, most);
        std::vector<std::string> next;
        for (auto const& head : all)
            for (auto const& tail : *some)
                next.push_back(head + tail);
        all = std::move(next);
    }
    return all;
}

}  // namespace tendril::remote::detail
