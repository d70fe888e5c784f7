#include <tendril/remote/detail/target_ranges.hpp>
#include <tendril/remote/target.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tendril::remote {

namespace {

constexpr std::size_t most_hops = 32;
constexpr std::size_t longest_place = 255;

/// What stands behind the colon of a hop.
enum class place_kind : std::uint8_t { word, host, user };

struct way_name {
    std::string_view name;
    hop_kind kind;
    place_kind place;
    std::string_view otherwise;  // the place when none is given; a host must be
};

constexpr std::array ways = {
    way_name{"local", hop_kind::local, place_kind::word, ""},
    way_name{"fork", hop_kind::fork, place_kind::word, ""},
    way_name{"ssh", hop_kind::ssh, place_kind::host, ""},
    way_name{"sudo", hop_kind::sudo, place_kind::user, "root"},
    way_name{"su", hop_kind::su, place_kind::user, "root"},
    way_name{"doas", hop_kind::doas, place_kind::user, "root"},
};

std::string all_ways()
{
    std::string text;
    for (auto const& each : ways)
        text += (text.empty() ? "" : ", ") + std::string(each.name);
    return text;
}

constexpr bool is_letter_or_digit(char each)
{
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
}

/// Where in @p text the first character is that is neither a letter, a digit, nor one of @p others.
std::size_t first_foreign(std::string_view text, std::string_view others)
{
    auto const found = std::ranges::find_if(
        text, [&](char each) { return !is_letter_or_digit(each) && !others.contains(each); });
    return static_cast<std::size_t>(found - text.begin());
}

using parsed = std::expected<hop, target_flaw>;

std::unexpected<target_flaw> flaw(std::size_t at, std::string words)
{
    return std::unexpected(target_flaw{at, std::move(words)});
}

/// Reads one hop; positions are those of the whole name.
class hop_reader {
public:
    hop_reader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

    parsed read()
    {
        auto const colon = text_.find(':');
        auto const name = text_.substr(0, colon);
        auto const found = std::ranges::find(ways, name, &way_name::name);
        if (name.empty())
            return flaw(at_, "a way is missing: one of " + all_ways());
        if (found == ways.end())
            return flaw(at_, "there is no way \"" + std::string(name) + "\"; there are " + all_ways());
        hop made{.kind = found->kind, .place = std::string(found->otherwise)};
        if (colon == std::string_view::npos)
            return found->place == place_kind::host
                       ? flaw(at_ + text_.size(), "a host is missing, as in ssh:web1")
                       : parsed(std::move(made));
        skip(colon + 1);
        if (found->place == place_kind::host)
            return read_host(std::move(made));
        auto const is_user = found->place == place_kind::user;
        if (auto bad = check(text_, at_, is_user ? "a user" : "a word", is_user ? "._-$+\\@" : "._-@+=,"))
            return std::unexpected(std::move(*bad));
        made.place = text_;
        return made;
    }

private:
    void skip(std::size_t count)
    {
        text_.remove_prefix(count);
        at_ += count;
    }

    static std::optional<target_flaw> check(std::string_view text, std::size_t at, std::string const& what,
                                            std::string_view others)
    {
        if (text.empty())
            return target_flaw{at, what + " is missing"};
        if (text.starts_with('-'))
            return target_flaw{at, what + " cannot begin with -"};
        if (text.size() > longest_place)
            return target_flaw{at + longest_place, what + " has more than 255 characters"};
        auto const foreign = first_foreign(text, others);
        if (foreign == text.size())
            return std::nullopt;
        if (text[foreign] == '[')
            return target_flaw{at + foreign, "a range stands for several names: it has to be expanded"};
        return target_flaw{at + foreign, "this cannot be in " + what};
    }

    parsed read_host(hop made)
    {
        // A user may hold an @, a host never does.
        if (auto const user_end = text_.rfind('@'); user_end != std::string_view::npos) {
            auto const user = text_.substr(0, user_end);
            if (auto bad = check(user, at_, "a user", "._-$+\\@"))
                return std::unexpected(std::move(*bad));
            made.user = std::string(user);
            skip(user_end + 1);
        }
        auto const is_address = text_.starts_with('[') && text_.contains(':');
        auto const end = is_address ? text_.find(']') : text_.find(':');
        if (is_address && end == std::string_view::npos)
            return flaw(at_, "this bracket is not closed");
        auto const host = is_address ? text_.substr(1, end - 1) : text_.substr(0, end);
        auto bad =
            is_address ? check(host, at_ + 1, "an IPv6 address", ":.%-_") : check(host, at_, "a host", "._-");
        if (bad)
            return std::unexpected(std::move(*bad));
        made.place = host;
        if (end == std::string_view::npos)
            return made;
        skip(is_address ? end + 1 : end);
        return text_.empty() ? parsed(std::move(made)) : read_port(std::move(made));
    }

    parsed read_port(hop made)
    {
        if (!text_.starts_with(':'))
            return flaw(at_, "a port stands behind a colon");
        skip(1);
        std::uint16_t port = 0;
        auto const [end, why] = std::from_chars(text_.data(), text_.data() + text_.size(), port);
        if (why != std::errc() || end != text_.data() + text_.size() || port == 0)
            return flaw(at_, text_.contains(':')
                                 ? "a port is a number from 1 to 65535; an IPv6 address stands in brackets"
                                 : "a port is a number from 1 to 65535");
        made.port = port;
        return made;
    }

    std::string_view text_;
    std::size_t at_;
};

}  // namespace

std::string target_flaw::message(std::string_view text) const
{
    return std::string(text) + ": character " + std::to_string(at + 1) + ": " + words;
}

std::expected<std::vector<hop>, target_flaw> parse_target(std::string_view text)
{
    std::vector<hop> hops;
    for (std::size_t at = 0; at <= text.size();) {
        auto const end = std::min(text.find('/', at), text.size());
        if (hops.size() == most_hops)
            return flaw(at, "a way has at most 32 hops");
        auto one = hop_reader(text.substr(at, end - at), at).read();
        if (!one)
            return std::unexpected(std::move(one.error()));
        hops.push_back(std::move(*one));
        at = end + 1;
    }
    return hops;
}

std::expected<std::vector<std::string>, target_flaw> expand_targets(std::string_view text, std::size_t most)
{
    auto names = detail::expand_ranges(text, most);
    if (!names)
        return names;
    for (auto const& each : *names)
        if (auto const hops = parse_target(each); !hops)
            return flaw(std::min(hops.error().at, text.size()), each + ": " + hops.error().words);
    return names;
}

std::string name_of(hop const& which)
{
    auto const found = std::ranges::find(ways, which.kind, &way_name::kind);
    std::string text(found->name);
    if (which.place.empty())
        return text;
    text += ':';
    if (which.user)
        text += *which.user + '@';
    text += which.place.contains(':') ? '[' + which.place + ']' : which.place;
    if (which.port)
        text += ':' + std::to_string(*which.port);
    return text;
}

std::string name_of(std::vector<hop> const& hops, std::size_t count)
{
    std::string text;
    for (std::size_t each = 0; each < std::min(count, hops.size()); ++each)
        text += (each == 0 ? "" : "/") + name_of(hops[each]);
    return text;
}

}  // namespace tendril::remote
