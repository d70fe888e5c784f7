#include <tendril/base/file.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/record/error.hpp>
#include <tendril/record/finalise.hpp>
#include <tendril/record/format.hpp>
#include <tendril/record/gzip.hpp>
#include <tendril/record/recording_reader.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tendril::record {

namespace {

constexpr std::size_t piece_bytes = 256 * 1024;
constexpr int best_level = 9;

/// Where connect_string is said: Gate One looks no further into a log.
constexpr std::size_t searched_bytes = 1'310'720;

/// What one pass over a recording found.
struct survey {
    header head;
    format found = format::golog;
    std::uint64_t frames = 0;
    moment length{0};
    std::string exit_status;
    std::string beginning;  // of the output
};

using consumer = std::function<result<void>(header const&, event const&)>;

/// Reads the recording from its beginning and gives every event to @p each. Returns the reader's verdict.
result<std::pair<header, format>> read_file(int fd, std::string const& path, consumer const& each)
{
    ::lseek(fd, 0, SEEK_SET);
    recording_reader reader(path);
    std::array<char, 64 * 1024> chunk;
    for (bool is_finished = false;;) {
        auto got = reader.next();
        if (!got)
            return std::unexpected(std::move(got.error()));
        if (*got) {
            if (auto outcome = each(*reader.head(), **got); !outcome)
                return std::unexpected(std::move(outcome.error()));
            continue;
        }
        if (is_finished)
            return std::pair(reader.head().value_or(header{}), reader.found().value_or(format::golog));
        auto const count = ::read(fd, chunk.data(), chunk.size());
        if (count < 0 && errno != EINTR)
            return os_failure("read " + path);
        if (count > 0) {
            reader.push({chunk.data(), static_cast<std::size_t>(count)});
        } else if (count == 0) {
            reader.finish();
            is_finished = true;
        }
    }
}

result<survey> look_at(int fd, std::string const& path)
{
    survey seen;
    auto const read = read_file(fd, path, [&](header const&, event const& each) -> result<void> {
        ++seen.frames;
        seen.length = std::max(seen.length, each.time);
        if (each.kind == event_kind::exit)
            seen.exit_status = each.text;
        if (each.kind == event_kind::output && seen.beginning.size() < searched_bytes)
            seen.beginning += each.text;
        return {};
    });
    if (!read)
        return std::unexpected(read.error());
    seen.head = read->first;
    seen.found = read->second;
    return seen;
}

/// The last field of Gate One's `ESC ] _ ; ssh|set;connect_string...`, else the first title.
std::string connect_string(std::string_view output)
{
    auto const text_after = [&](std::string_view introducer) {
        auto const found = output.find(introducer);
        auto const text =
            found == output.npos ? std::string_view() : output.substr(found + introducer.size());
        auto const end = text.find_first_of("\x07\x1b");
        return end == text.npos ? std::string_view() : text.substr(0, end);
    };
    if (auto const said = text_after("\x1b]_;ssh|set;connect_string"); !said.empty())
        return std::string(said.substr(said.rfind(';') + 1));
    for (std::string_view const title : {"\x1b]0;", "\x1b]1;", "\x1b]2;"})
        if (auto const said = text_after(title); !said.empty())
            return std::string(said);
    return {};
}

std::map<std::string, std::string> facts_of(survey const& seen, std::string const& path)
{
    using std::chrono::milliseconds;
    std::map<std::string, std::string> facts;
    auto const began = seen.head.began ? seen.head.began->time_since_epoch() : moment(0);
    facts["end_date"] = std::to_string(std::chrono::round<milliseconds>(began + seen.length).count());
    facts["frames"] = std::to_string(seen.frames);
    facts["filename"] = path.substr(path.rfind('/') + 1);
    if (!seen.exit_status.empty())
        facts["exit_status"] = seen.exit_status;
    if (auto const where = connect_string(seen.beginning); !where.empty())
        facts["connect_string"] = where;
    return facts;
}

/// Writes the recording with @p head to @p target.
result<void> rewrite(int source, std::string const& path, int target, header const& head, format to)
{
    auto const writer = make_writer(to, environment_policy::all);
    std::string waiting;
    auto const flush = [&]() -> result<void> {
        auto const text = std::exchange(waiting, {});
        auto const packed = to == format::golog ? gzip_member(text, best_level) : text;
        return base::write_all(target, base::bytes_of(packed), path);
    };
    writer->begin(head, waiting);
    auto const read = read_file(source, path, [&](header const&, event const& each) -> result<void> {
        writer->write(each, waiting);
        return waiting.size() >= piece_bytes ? flush() : result<void>{};
    });
    if (!read)
        return std::unexpected(read.error());
    writer->finish(waiting);
    return flush();
}

}  // namespace

result<finalised> finalise(std::string const& path, std::map<std::string, std::string> const& facts)
{
    base::unique_fd const source(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (!source)
        return os_failure("open " + path);
    if (::flock(source.get(), LOCK_EX | LOCK_NB) < 0)
        return os_failure("finalise " + path + ", which a recorder may be writing");
    auto seen = look_at(source.get(), path);
    if (!seen)
        return std::unexpected(std::move(seen.error()));
    if (seen->head.more.contains("end_date"))
        return finalised{seen->head.more, true};
    auto const to =
        seen->found == format::asciicast_v3 && seen->head.version == 2 ? format::asciicast_v2 : seen->found;
    if (!capabilities_of(to).titles || (to == format::asciicast_v3 && seen->head.version != 3))
        return failure(errc::unsupported_version, "finalise " + path);

    auto head = seen->head;
    head.duration = seen->length;
    for (auto const& [name, value] : facts)
        head.more[name] = value;
    for (auto const& [name, value] : facts_of(*seen, path))
        head.more[name] = value;

    auto temporary = path + ".XXXXXX";
    base::unique_fd const target(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!target)
        return os_failure("create " + temporary);
    struct stat about{};
    auto outcome = rewrite(source.get(), path, target.get(), head, to);
    if (outcome && (::fstat(source.get(), &about) < 0 || ::fchmod(target.get(), about.st_mode & 07777) < 0 ||
                    ::rename(temporary.c_str(), path.c_str()) < 0))
        outcome = os_failure("replace " + path);
    if (!outcome) {
        ::unlink(temporary.c_str());
        return std::unexpected(std::move(outcome.error()));
    }
    return finalised{head.more, false};
}

}  // namespace tendril::record
