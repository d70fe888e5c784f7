#include <tendril/archive/detail/phrase.hpp>

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>
#include <vector>

namespace tendril::archive::detail {

namespace {

// FTS5 reads all of them side by side. With more than this, putting their lines together first is what is
// left.
constexpr std::size_t most_words = 100;

constexpr bool is_ascii(char c) noexcept
{
    return static_cast<unsigned char>(c) < 0x80;
}

/// As unicode61 sees it.
bool is_of_a_word(char c) noexcept
{
    return is_ascii(c) && std::isalnum(static_cast<unsigned char>(c)) != 0;
}

std::string in_quotes(std::string_view text)
{
    std::string phrase = "\"";
    for (char const c : text)
        phrase += c == '"' ? std::string("\"\"") : c == '\0' ? std::string(" ") : std::string(1, c);
    return phrase + '"';
}

struct split_text {
    std::string_view before;
    std::string last;  // as it stands in the index
};

/// None when only FTS5 can tell what the last word is: it may hold letters that we do not know.
std::optional<split_text> split(std::string_view text)
{
    while (!text.empty() && is_ascii(text.back()) && !is_of_a_word(text.back()))
        text.remove_suffix(1);
    auto const begins = std::find_if_not(text.rbegin(), text.rend(), is_of_a_word).base();
    auto const before = text.substr(0, static_cast<std::size_t>(begins - text.begin()));
    if (begins == text.end() || (!before.empty() && !is_ascii(before.back())))
        return std::nullopt;
    std::string last(begins, text.end());
    std::ranges::transform(last, last.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return split_text{before, std::move(last)};
}

/// The words of the index that begin with @p what, at most one more than most_words.
result<std::vector<std::string>> words_beginning(database& in, std::string const& what)
{
    // By instance, one at a time: with a row for each word SQLite counts its lines, which is what takes long.
    if (auto made = in.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab('main', 'line', 'instance')");
        !made)
        return std::unexpected(made.error());
    auto asked = in.prepare("SELECT term FROM temp.word WHERE term >= ? LIMIT 1");
    if (!asked)
        return std::unexpected(asked.error());
    std::vector<std::string> words;
    std::string from = what;
    while (words.size() <= most_words) {
        asked->bind(1, from);
        auto const row = asked->step();
        if (!row)
            return std::unexpected(row.error());
        if (!*row || !asked->text(0).starts_with(what))
            break;
        words.emplace_back(asked->text(0));
        from = words.back() + '\1';  // no word holds it
        asked->reset();
    }
    return words;
}

}  // namespace

result<std::string> phrase_of(database& in, std::string_view text)
{
    auto const prefix = in_quotes(text) + " *";
    auto const parts = split(text);
    if (!parts)
        return prefix;
    auto const words = words_beginning(in, parts->last);
    if (!words)
        return std::unexpected(words.error());
    if (words->size() > most_words)
        return prefix;
    std::string any;
    for (auto const& each : *words)
        any += (any.empty() ? "" : " OR ") + in_quotes(std::string(parts->before) + each);
    return any;
}

}  // namespace tendril::archive::detail
