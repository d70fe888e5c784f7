#include <tendril/remote/detail/sudo_arguments.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace tendril::remote::detail {

namespace {

enum class value { none, required, optional };

struct option {
    char letter;
    std::string_view name;
    value takes;
    bool is_usable;
};

/// All of sudo 1.9: the others have to be known, because a name may be shortened until it is not unique.
constexpr option options[] = {
    {'A', "askpass", value::none, false},
    {'b', "background", value::none, false},
    {'B', "bell", value::none, true},
    {'C', "close-from", value::required, false},
    {'D', "chdir", value::required, true},
    {'E', "preserve-env", value::optional, true},
    {'e', "edit", value::none, false},
    {'g', "group", value::required, true},
    {'H', "set-home", value::none, true},
    {'h', "host", value::required, false},
    {'\0', "help", value::none, false},
    {'i', "login", value::none, true},
    {'K', "remove-timestamp", value::none, false},
    {'k', "reset-timestamp", value::none, true},
    {'l', "list", value::none, false},
    {'n', "non-interactive", value::none, true},
    {'P', "preserve-groups", value::none, true},
    {'p', "prompt", value::required, false},
    {'R', "chroot", value::required, true},
    {'r', "role", value::required, true},
    {'S', "stdin", value::none, false},
    {'s', "shell", value::none, false},
    {'t', "type", value::required, true},
    {'T', "command-timeout", value::required, true},
    {'U', "other-user", value::required, false},
    {'u', "user", value::required, true},
    {'V', "version", value::none, false},
    {'v', "validate", value::none, false},
};

option const* find_letter(char letter)
{
    auto const* const found = std::ranges::find(options, letter, &option::letter);
    return found == std::end(options) || letter == '\0' ? nullptr : found;
}

/// By its name or an unambiguous beginning of it.
option const* find_name(std::string_view name)
{
    option const* found = nullptr;
    for (auto const& each : options) {
        if (each.name == name)
            return &each;
        if (!each.name.starts_with(name))
            continue;
        if (found)
            return nullptr;
        found = &each;
    }
    return found;
}

bool is_assignment(std::string_view word)
{
    auto const equals = word.find('=');
    return equals != std::string_view::npos && equals > 0;
}

class reader {
public:
    explicit reader(std::span<std::string const> given) : rest_(given) {}

    /// False at an option that cannot be used.
    bool read(sudo_arguments& into)
    {
        while (!rest_.empty()) {
            current_ = rest_.front();
            rest_ = rest_.subspan(1);
            if (current_ == "--")
                return rest_.empty();  // ours comes behind; what else stood there would be a program
            into.words.emplace_back(current_);
            auto const good = current_.starts_with("--")                         ? read_long(into)
                              : current_.starts_with('-') && current_.size() > 1 ? read_short(into)
                                                                                 : is_assignment(current_);
            if (!good)
                return false;
        }
        return true;
    }

    [[nodiscard]] std::string current() const { return std::string(current_); }

private:
    bool read_long(sudo_arguments& into)
    {
        auto const equals = current_.find('=');
        auto const* const found =
            find_name(current_.substr(2, equals == std::string_view::npos ? equals : equals - 2));
        if (!found || !found->is_usable)
            return false;
        if (equals != std::string_view::npos)
            return found->takes != value::none && take(*found, current_.substr(equals + 1), into);
        return found->takes != value::required || take_next(*found, into);
    }

    bool read_short(sudo_arguments& into)
    {
        for (std::size_t at = 1; at < current_.size(); ++at) {
            auto const* const found = find_letter(current_[at]);
            if (!found || !found->is_usable)
                return false;
            if (found->takes != value::required)
                continue;
            return at + 1 < current_.size() ? take(*found, current_.substr(at + 1), into)
                                            : take_next(*found, into);
        }
        return true;
    }

    bool take_next(option const& which, sudo_arguments& into)
    {
        if (rest_.empty())
            return false;
        std::string_view const next = rest_.front();
        rest_ = rest_.subspan(1);
        into.words.emplace_back(next);
        return take(which, next, into);
    }

    static bool take(option const& which, std::string_view text, sudo_arguments& into)
    {
        if (text.empty() || into.name(which.letter))
            return false;
        into.with_value += which.letter;
        if (which.letter == 'u')
            into.username = text;
        return true;
    }

    std::span<std::string const> rest_;
    std::string_view current_;
};

}  // namespace

std::expected<sudo_arguments, std::string> read_sudo_arguments(std::span<std::string const> given)
{
    sudo_arguments found;
    reader reading(given);
    if (!reading.read(found))
        return std::unexpected(reading.current());
    return found;
}

}  // namespace tendril::remote::detail
