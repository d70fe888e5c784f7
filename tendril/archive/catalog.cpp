#include <tendril/archive/catalog.hpp>
#include <tendril/archive/detail/folder.hpp>
#include <tendril/archive/detail/intake.hpp>
#include <tendril/archive/detail/schema.hpp>
#include <tendril/archive/detail/search.hpp>
#include <tendril/archive/detail/turn.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>
#include <utility>

namespace tendril::archive {

struct catalog::state {
    std::string folder;
    std::string path;  // of the index
    detail::database index;
};

catalog::catalog(std::unique_ptr<state> opened) noexcept : state_(std::move(opened)) {}
catalog::catalog(catalog&&) noexcept = default;
catalog& catalog::operator=(catalog&&) noexcept = default;
catalog::~catalog() = default;

result<catalog> catalog::open(std::string const& folder, std::string const& index)
{
    auto const real = detail::real_path(folder);
    if (!real)
        return std::unexpected(real.error());
    auto const path = detail::index_path(*real, index);
    if (!path)
        return std::unexpected(path.error());
    auto opened = detail::open_index(*path);
    if (!opened)
        return std::unexpected(std::move(opened.error()));
    return catalog(std::make_unique<state>(*real, *path, std::move(*opened)));
}

result<refreshment> catalog::refresh()
{
    auto const turn = detail::turn::wait_for(state_->path);
    if (!turn)
        return std::unexpected(turn.error());
    auto const there = detail::recordings_below(state_->folder);
    if (!there)
        return std::unexpected(there.error());
    auto known = state_->index.prepare("SELECT path, id, changed, bytes FROM recording");
    if (!known)
        return std::unexpected(known.error());
    struct last_seen {
        std::int64_t id;
        std::int64_t changed;
        std::int64_t bytes;
    };
    std::map<std::string, last_seen, std::less<>> before;
    for (;;) {
        auto const row = known->step();
        if (!row)
            return std::unexpected(row.error());
        if (!*row)
            break;
        before.emplace(known->text(0), last_seen{known->number(1), known->number(2), known->number(3)});
    }

    refreshment outcome;
    known->reset();
    auto intake = detail::intake::into(state_->index);
    if (!intake)
        return std::unexpected(std::move(intake.error()));
    for (auto const& each : *there) {
        auto const at = before.find(each.path);
        auto const is_new = at == before.end();
        if (!is_new) {
            auto const last = at->second;
            before.erase(at);
            if (last.changed == each.changed && last.bytes == each.bytes)
                continue;
            if (auto done = intake->forget(last.id); !done)
                return std::unexpected(done.error());
        }
        auto const trouble = intake->take(state_->folder, each);
        if (!trouble)
            return std::unexpected(trouble.error());
        if (!trouble->empty())
            outcome.troubles.push_back(*trouble);
        ++(is_new ? outcome.added : outcome.updated);
    }
    for (auto const& [path, gone] : before)
        if (auto done = intake->forget(gone.id); !done)
            return std::unexpected(done.error());
    outcome.removed = before.size();
    if (auto done = intake->finish(); !done)
        return std::unexpected(done.error());
    return outcome;
}

result<std::vector<entry>> catalog::entries()
{
    auto asked = state_->index.prepare(
        "SELECT path, format, began, length, bytes, columns, rows, title, command, user, "
        "lines, trouble FROM recording WHERE bytes <> ? ORDER BY began DESC, path");
    if (!asked)
        return std::unexpected(asked.error());
    asked->bind(1, detail::unfinished_bytes);
    std::vector<entry> all;
    for (;;) {
        auto const row = asked->step();
        if (!row)
            return std::unexpected(row.error());
        if (!*row)
            return all;
        all.push_back({.path = std::string(asked->text(0)),
                       .format = std::string(asked->text(1)),
                       .began = std::chrono::sys_time<record::moment>(record::moment(asked->number(2))),
                       .length = record::moment(asked->number(3)),
                       .bytes = static_cast<std::uint64_t>(asked->number(4)),
                       .size = {static_cast<std::uint16_t>(asked->number(5)),
                                static_cast<std::uint16_t>(asked->number(6))},
                       .title = std::string(asked->text(7)),
                       .command = std::string(asked->text(8)),
                       .user = std::string(asked->text(9)),
                       .lines = static_cast<std::uint64_t>(asked->number(10)),
                       .trouble = std::string(asked->text(11))});
    }
}

result<void> catalog::search(std::string_view text, std::function<bool(finding const&)> const& take)
{
    return detail::search(state_->index, text, take);
}

bool is_recording_name(std::string_view name) noexcept
{
    if (name.ends_with(".gz"))
        name.remove_suffix(3);
    constexpr std::array<std::string_view, 6> endings{".cast", ".golog",      ".ttyrec",
                                                      ".tty",  ".typescript", "typescript"};
    return std::ranges::any_of(endings, [&](std::string_view each) { return name.ends_with(each); });
}

}  // namespace tendril::archive
