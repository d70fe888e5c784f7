#include <tendril/base/file.hpp>

#include <utility>

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

result<record::open_recording> recording_source::open() const
{
    auto read = companions();
    if (!read)
        return std::unexpected(std::move(read.error()));
    if (path == "-")
        return record::open_recording(STDIN_FILENO, name(), std::move(*read));
    return record::open_recording::open(path, std::move(*read));
}

result<record::recording> load(recording_source const& from, std::size_t limit_bytes)
{
    auto source = from.open();
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
