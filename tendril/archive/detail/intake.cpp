#include <tendril/archive/detail/intake.hpp>
#include <tendril/archive/detail/schema.hpp>
#include <tendril/base/quote.hpp>
#include <tendril/record/format.hpp>
#include <tendril/record/open_recording.hpp>

#include <utility>

namespace tendril::archive::detail {

namespace {

constexpr std::size_t lines_at_once = 4096;
constexpr std::int64_t lines_forgotten_at_once = 32 * 1024;
constexpr auto longest_unit = std::chrono::milliseconds(100);
constexpr std::size_t longest_line =
    64 * 1024;  // a text without line feeds is one; the index takes its beginning

std::string more(record::header const& head, std::string const& name)
{
    auto const found = head.more.find(name);
    return found == head.more.end() ? std::string() : found->second;
}

}  // namespace

/// What is known of a recording once it was played.
struct intake::played {
    record::header head;
    std::string format;
    record::moment length{0};
    std::uint64_t lines = 0;
};

result<intake> intake::into(database& index)
{
    auto last = index.prepare("SELECT max(id) FROM recording");
    if (!last)
        return std::unexpected(std::move(last.error()));
    if (auto const row = last->step(); !row)
        return std::unexpected(row.error());
    intake made(index, last->number(0));
    auto insert = index.prepare("INSERT INTO line (rowid, text, at) VALUES (?, ?, ?)");
    if (!insert)
        return std::unexpected(std::move(insert.error()));
    made.insert_line_ = std::move(*insert);
    return made;
}

result<void> intake::forget(std::int64_t recording)
{
    if (auto begun = begin(); !begun)
        return begun;
    auto mark = index_->prepare("UPDATE recording SET bytes = ? WHERE id = ?");
    auto last =
        index_->prepare("SELECT rowid FROM line WHERE rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT 1");
    auto lines = index_->prepare("DELETE FROM line WHERE rowid BETWEEN ? AND ?");
    auto itself = index_->prepare("DELETE FROM recording WHERE id = ?");
    for (auto const* each : {&mark, &last, &lines, &itself})
        if (!*each)
            return std::unexpected(each->error());
    mark->bind(1, unfinished_bytes);
    mark->bind(2, recording);
    if (auto done = mark->run(); !done)
        return done;
    auto const first = recording << lines_per_recording_bits;
    last->bind(1, first);
    last->bind(2, ((recording + 1) << lines_per_recording_bits) - 1);
    auto const there = last->step();
    if (!there)
        return std::unexpected(there.error());
    auto const end = *there ? last->number(0) + 1 : first;
    last->reset();
    for (auto from = first; from < end; from += lines_forgotten_at_once) {
        lines->bind(1, from);
        lines->bind(2, from + lines_forgotten_at_once - 1);
        if (auto done = lines->run(); !done)
            return done;
        if (auto done = keep_short(); !done)
            return done;
    }
    itself->bind(1, recording);
    return itself->run();
}

result<void> intake::write_lines(std::int64_t recording, std::vector<timed_line>& lines, played& what)
{
    for (auto const& each : lines) {
        insert_line_.bind(1,
                          (recording << lines_per_recording_bits) + static_cast<std::int64_t>(++what.lines));
        insert_line_.bind(2, std::string_view(each.text).substr(0, longest_line));
        insert_line_.bind(3, each.at.count());
        if (auto done = insert_line_.run(); !done)
            return done;
    }
    lines.clear();
    return keep_short();
}

/// Returns what was wrong with the recording. Errors: the index's.
result<std::string> intake::play(std::string const& path, std::int64_t recording, played& into)
{
    auto source = record::open_recording::open(path);
    if (!source)
        return source.error().message();
    std::string trouble;
    std::optional<transcript> text;
    std::vector<timed_line> lines;
    for (;;) {
        auto const got = source->next();
        if (!got) {
            trouble = got.error().message();
            break;
        }
        if (!*got)
            break;
        if (!text)
            text.emplace(source->reader().head().value_or(record::header{}));
        into.length = (*got)->time;
        text->take(**got, lines);
        auto const done = lines.size() >= lines_at_once ? write_lines(recording, lines, into) : keep_short();
        if (!done)
            return std::unexpected(done.error());
    }
    if (text)
        text->finish(lines);
    if (auto done = write_lines(recording, lines, into); !done)
        return std::unexpected(done.error());
    if (auto const& head = source->reader().head())
        into.head = *head;
    if (auto const found = source->reader().found())
        into.format = record::capabilities_of(*found).name;
    auto const warnings = source->reader().take_warnings();
    return trouble.empty() && !warnings.empty() ? path + ": " + warnings.front() : trouble;
}

result<void> intake::write_recording(std::int64_t recording, seen_file const& file, played const& what,
                                     std::string const& trouble)
{
    auto insert =
        index_->prepare("INSERT OR REPLACE INTO recording VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert)
        return std::unexpected(std::move(insert.error()));
    auto const& head = what.head;
    auto const began = head.began ? head.began->time_since_epoch().count() : file.changed / 1000;
    insert->bind(1, recording);
    insert->bind(2, file.path);
    insert->bind(3, file.changed);
    insert->bind(4, file.bytes);
    insert->bind(5, what.format);
    insert->bind(6, began);
    insert->bind(7, std::max(what.length, head.duration.value_or(record::moment(0))).count());
    insert->bind(8, head.size.columns);
    insert->bind(9, head.size.rows);
    insert->bind(10, head.title);
    insert->bind(11, head.command);
    insert->bind(12, more(head, "user"));
    insert->bind(13, static_cast<std::int64_t>(what.lines));
    insert->bind(14, trouble);
    return insert->run();
}

result<void> intake::write_header(std::int64_t recording, record::header const& head)
{
    insert_line_.bind(1, recording << lines_per_recording_bits);
    insert_line_.bind(2, base::printable(head.title + " " + head.command + " " + more(head, "user")));
    insert_line_.bind(3, std::int64_t{0});
    return insert_line_.run();
}

result<std::string> intake::take(std::string const& folder, seen_file const& file)
{
    auto const recording = ++last_id_;
    played what;
    if (auto begun = begin(); !begun)
        return std::unexpected(begun.error());
    if (auto done = write_recording(recording, {.path = file.path, .bytes = unfinished_bytes}, what, {});
        !done)
        return std::unexpected(done.error());
    auto trouble = play(folder + "/" + file.path, recording, what);
    if (!trouble)
        return trouble;
    if (auto done = write_recording(recording, file, what, *trouble); !done)
        return std::unexpected(done.error());
    if (auto done = write_header(recording, what.head); !done)
        return std::unexpected(done.error());
    if (auto done = keep_short(); !done)
        return std::unexpected(done.error());
    return trouble;
}

result<void> intake::begin()
{
    if (unit_)
        return {};
    auto begun = transaction::begin(*index_);
    if (!begun)
        return std::unexpected(std::move(begun.error()));
    unit_.emplace(std::move(*begun));
    unit_began_ = std::chrono::steady_clock::now();
    return {};
}

result<void> intake::keep_short()
{
    if (std::chrono::steady_clock::now() - unit_began_ < longest_unit)
        return {};
    if (auto done = finish(); !done)
        return done;
    return begin();
}

result<void> intake::finish()
{
    insert_line_.reset();
    if (!unit_)
        return {};
    auto done = unit_->commit();
    unit_.reset();
    return done;
}

}  // namespace tendril::archive::detail
