#include <tendril/base/file.hpp>

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <apps/tendril/recording_source.hpp>

namespace tendril::app {

namespace {

/// A line for every keystroke of a month.
constexpr std::size_t largest_companion = std::size_t{64} << 20;

/// An event is an object and at least one allocation.
constexpr std::size_t event_overhead = 128;

}  // namespace

void recording_source::add_to(CLI::App& line)
{
    line.add_option("FILE", path, "the recording, in any format and gzipped or not; - is standard input")
        ->required();
    line.add_option("--timing", timing, "the timing of a typescript; else FILE.timing, where there is one");
    line.add_option("--input-log", input, "the input log of a typescript that has one");
}

std::string recording_source::name() const
{
    return path == "-" ? "standard input" : path;
}

result<record::typescript_companions> recording_source::companions() const
{
    record::typescript_companions read;
    auto const beside = path + ".timing";
    auto const timing_path = !timing.empty()                                      ? timing
                             : path != "-" && ::access(beside.c_str(), F_OK) == 0 ? beside
                                                                                  : std::string();
    for (auto const& [from, into] : {std::pair(&timing_path, &read.timing), std::pair(&input, &read.input)}) {
        if (from->empty())
            continue;
        auto text = base::read_file(*from, largest_companion);
        if (!text)
            return std::unexpected(std::move(text.error()));
        *into = std::move(*text);
    }
    return read;
}

open_recording::open_recording(base::unique_fd opened, std::string name,
                               record::typescript_companions companions)
    : opened_(std::move(opened)), name_(name), reader_(std::move(name), std::move(companions))
{
}

result<open_recording> open_recording::open(recording_source const& from)
{
    auto companions = from.companions();
    if (!companions)
        return std::unexpected(std::move(companions.error()));
    base::unique_fd opened;
    if (from.path != "-") {
        opened.reset(::open(from.path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!opened)
            return os_failure("open " + from.path);
    }
    return open_recording(std::move(opened), from.name(), std::move(*companions));
}

result<std::optional<record::event>> open_recording::next()
{
    for (;;) {
        auto got = reader_.next();
        if (!got || *got || is_done_)
            return got;
        std::array<char, 64 * 1024> chunk;
        auto const count = ::read(opened_ ? opened_.get() : STDIN_FILENO, chunk.data(), chunk.size());
        if (count < 0 && errno != EINTR)
            return os_failure("read " + name_);
        if (count > 0) {
            reader_.push({chunk.data(), static_cast<std::size_t>(count)});
        } else if (count == 0) {
            is_done_ = true;
            reader_.finish();
        }
    }
}

result<record::recording> load(recording_source const& from, std::size_t limit_bytes)
{
    auto source = open_recording::open(from);
    if (!source)
        return std::unexpected(std::move(source.error()));
    record::recording read;
    std::size_t held = 0;
    for (;;) {
        auto got = source->next();
        if (!got)
            return std::unexpected(std::move(got.error()));
        if (!*got)
            break;
        held += (*got)->text.size() + event_overhead;
        if (held > limit_bytes) {
            read.warnings.push_back("more than " + std::to_string(limit_bytes >> 20) +
                                    " MiB; the rest is left out");
            break;
        }
        read.events.push_back(std::move(**got));
    }
    if (auto const& head = source->reader().head())
        read.head = *head;
    for (auto& each : source->reader().take_warnings())
        read.warnings.push_back(std::move(each));
    return read;
}

}  // namespace tendril::app
