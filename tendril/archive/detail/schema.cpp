#include <tendril/archive/detail/schema.hpp>

#include <cerrno>
#include <utility>

#include <unistd.h>

namespace tendril::archive::detail {

namespace {

constexpr std::int64_t version = 1;

// What the index holds can be had again from the recordings, so nobody waits for the disk.
constexpr auto settings = "PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;";

constexpr auto tables = R"(
CREATE TABLE recording (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, changed INTEGER NOT NULL, bytes INTEGER NOT NULL,
    format TEXT NOT NULL, began INTEGER NOT NULL, length INTEGER NOT NULL, columns INTEGER NOT NULL, rows INTEGER NOT NULL,
    title TEXT NOT NULL, command TEXT NOT NULL, user TEXT NOT NULL, lines INTEGER NOT NULL, trouble TEXT NOT NULL);
CREATE VIRTUAL TABLE line USING fts5 (text, at UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');
PRAGMA user_version = 1;
)";

result<std::int64_t> version_of(database& in)
{
    auto asked = in.prepare("PRAGMA user_version");
    if (!asked)
        return std::unexpected(asked.error());
    auto const row = asked->step();
    if (!row)
        return std::unexpected(row.error());
    return *row ? asked->number(0) : 0;
}

/// The index with its tables; none when the file must be made anew.
result<std::optional<database>> usable(std::string const& path)
{
    auto opened = database::open(path);
    if (!opened)
        return std::unexpected(opened.error());
    if (auto set = opened->execute(settings); !set)
        return is_damage(set.error().code) ? result<std::optional<database>>(std::nullopt)
                                           : std::unexpected(set.error());
    // Two processes may find an empty file at the same time.
    auto all_or_nothing = transaction::begin(*opened);
    if (!all_or_nothing)
        return is_damage(all_or_nothing.error().code) ? result<std::optional<database>>(std::nullopt)
                                                      : std::unexpected(all_or_nothing.error());
    auto const found = version_of(*opened);
    if (!found)
        return is_damage(found.error().code) ? result<std::optional<database>>(std::nullopt)
                                             : std::unexpected(found.error());
    if (*found != 0 && *found != version)
        return std::nullopt;
    if (*found == 0)
        if (auto made = opened->execute(tables); !made)
            return std::unexpected(made.error());
    if (auto done = all_or_nothing->commit(); !done)
        return std::unexpected(done.error());
    return std::optional(std::move(*opened));
}

}  // namespace

result<database> open_index(std::string const& path)
{
    auto opened = usable(path);
    if (opened && !*opened) {
        if (::unlink(path.c_str()) != 0 && errno != ENOENT)
            return os_failure("replace the damaged index " + path);
        opened = usable(path);
    }
    if (!opened)
        return std::unexpected(std::move(opened.error()));
    if (!*opened)
        return failure(boost::system::errc::make_error_code(boost::system::errc::io_error),
                       "make the index " + path);
    return std::move(**opened);
}

std::string phrase_of(std::string_view text)
{
    std::string phrase = "\"";
    for (char const c : text)
        phrase += c == '"' ? std::string("\"\"") : c == '\0' ? std::string(" ") : std::string(1, c);
    return phrase + "\" *";
}

}  // namespace tendril::archive::detail
