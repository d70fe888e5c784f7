#include <tendril/archive/detail/schema.hpp>
#include <tendril/archive/detail/turn.hpp>

#include <utility>

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

/// The index with its tables; none when the file must be made anew. Only reads: who writes it hardly delays
/// us.
result<std::optional<database>> usable(std::string const& path)
{
    auto opened = database::open(path);
    if (!opened)
        return std::unexpected(opened.error());
    auto const set = opened->execute(settings);
    auto const found = set ? version_of(*opened) : result<std::int64_t>(std::unexpected(set.error()));
    if (!found && !is_damage(found.error().code))
        return std::unexpected(found.error());
    if (!found || *found != version)
        return std::nullopt;
    return std::optional(std::move(*opened));
}

/// In the file that is there, whatever that holds. A new file in its place would share the name of its
/// journal with the old one, and a process that still has that open takes the journal for its own and deletes
/// it.
result<database> make(std::string const& path)
{
    auto made = database::open(path);
    if (!made)
        return made;
    if (auto emptied = made->reset(); !emptied)
        return std::unexpected(std::move(emptied.error()));
    for (auto const& sql : {std::string(settings), "BEGIN;" + std::string(tables) + "COMMIT;"})
        if (auto done = made->execute(sql); !done)
            return std::unexpected(done.error());
    return made;
}

}  // namespace

result<database> open_index(std::string const& path)
{
    auto opened = usable(path);
    if (opened && !*opened) {
        auto const ours = turn::wait_for(path);
        if (!ours)
            return std::unexpected(ours.error());
        opened = usable(path);  // who had the turn before us has made it, perhaps
        if (opened && !*opened)
            return make(path);
    }
    if (!opened)
        return std::unexpected(std::move(opened.error()));
    return std::move(**opened);
}

}  // namespace tendril::archive::detail
