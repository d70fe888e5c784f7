#include <tendril/archive/catalog.hpp>
#include <tendril/archive/transcript.hpp>
#include <tendril/base/quote.hpp>
#include <tendril/record/finalise.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <apps/tendril/command_line.hpp>
#include <apps/tendril/log.hpp>
#include <apps/tendril/recording_source.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace tendril::app {

namespace {

namespace json = boost::json;

constexpr int exit_not_found = 1;  // grep(1)

struct log_options {
    std::string folder = ".";
    std::string text;
    recording_source shown;
    std::vector<std::string> files;
    bool as_json = false;
    bool is_flat = false;
    std::size_t most = std::numeric_limits<std::size_t>::max();
};

/// "0:00:01.500", the form that --at takes.
std::string clock_text(record::moment at)
{
    auto const milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at).count();
    std::array<char, 48> text;
    std::snprintf(
        text.data(), text.size(), "%lld:%02lld:%02lld.%03lld",
        static_cast<long long>(milliseconds / 3'600'000), static_cast<long long>(milliseconds / 60'000 % 60),
        static_cast<long long>(milliseconds / 1000 % 60), static_cast<long long>(milliseconds % 1000));
    return text.data();
}

/// In the time zone of whoever asks.
std::string date_text(std::chrono::sys_time<record::moment> when)
{
    auto const seconds =
        static_cast<std::time_t>(std::chrono::floor<std::chrono::seconds>(when).time_since_epoch().count());
    std::tm local{};
    std::array<char, 32> text;
    if (!::localtime_r(&seconds, &local) ||
        std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &local) == 0)
        return "?";
    return text.data();
}

double in_seconds(record::moment at)
{
    return std::chrono::duration<double>(at).count();
}

json::value to_json(archive::entry const& each)
{
    return {{"path", each.path},
            {"format", each.format},
            {"began", in_seconds(each.began.time_since_epoch())},
            {"length", in_seconds(each.length)},
            {"bytes", each.bytes},
            {"size", record::to_string(each.size)},
            {"title", each.title},
            {"command", each.command},
            {"user", each.user},
            {"lines", each.lines},
            {"trouble", each.trouble}};
}

void print(archive::entry const& each)
{
    auto const what = !each.title.empty() ? each.title : each.command;
    std::printf("%s  %12s  %9s  %s%s%s\n", date_text(each.began).c_str(), clock_text(each.length).c_str(),
                record::to_string(each.size).c_str(), base::printable(each.path).c_str(),
                what.empty() ? "" : "  ", base::printable(what).c_str());
}

void print(archive::finding const& each, bool as_json)
{
    if (as_json) {
        json::value const value{{"path", each.path},
                                {"at", in_seconds(each.at)},
                                {"text", each.text},
                                {"header", each.in_header}};
        std::printf("%s\n", json::serialize(value).c_str());
        return;
    }
    std::printf("%s:%s: %s\n", base::printable(each.path).c_str(),
                each.in_header ? "about" : clock_text(each.at).c_str(), base::printable(each.text).c_str());
}

/// The index, up to date. What could not be read was complained about.
result<archive::catalog> up_to_date(std::string const& folder)
{
    auto opened = archive::catalog::open(folder);
    if (!opened)
        return opened;
    auto const change = opened->refresh();
    if (!change)
        return std::unexpected(change.error());
    for (auto const& each : change->troubles)
        complain("log", each);
    return opened;
}

int list(log_options const& options)
{
    auto index = up_to_date(options.folder);
    if (!index)
        return complain("log", index.error(), exit_usage);
    auto const all = index->entries();
    if (!all)
        return complain("log", all.error());
    for (auto const& each : *all)
        if (options.as_json)
            std::printf("%s\n", json::serialize(to_json(each)).c_str());
        else
            print(each);
    return 0;
}

int search(log_options const& options)
{
    auto index = up_to_date(options.folder);
    if (!index)
        return complain("log", index.error(), exit_usage);
    std::size_t count = 0;
    auto const done = index->search(options.text, [&](archive::finding const& each) {
        print(each, options.as_json);
        return ++count < options.most;
    });
    if (!done)
        return complain("log", done.error());
    return count == 0 ? exit_not_found : 0;
}

void print_lines(std::vector<archive::timed_line>& lines, log_options const& options)
{
    for (auto const& each : lines) {
        if (options.as_json)
            std::printf(
                "%s\n",
                json::serialize(json::value{{"at", in_seconds(each.at)}, {"text", each.text}}).c_str());
        else if (options.is_flat)
            std::printf("%s  %s\n", clock_text(each.at).c_str(), base::printable(each.text).c_str());
        else
            std::printf("%s\n", base::printable(each.text).c_str());
    }
    lines.clear();
}

int show(log_options const& options)
{
    auto source = options.shown.open();
    if (!source)
        return complain("log", source.error(), exit_usage);
    std::optional<archive::transcript> text;
    std::vector<archive::timed_line> lines;
    for (;;) {
        auto const got = source->next();
        if (!got)
            complain("log", got.error());
        if (!got && !text)
            return exit_usage;
        if (!got || !*got)
            break;
        if (!text)
            text.emplace(source->reader().head().value_or(record::header{}));
        text->take(**got, lines);
        print_lines(lines, options);
    }
    if (text)
        text->finish(lines);
    print_lines(lines, options);
    for (auto const& each : source->reader().take_warnings())
        complain("log", options.shown.name() + ", " + each);
    return 0;
}

int finalise(log_options const& options)
{
    int status = 0;
    for (auto const& each : options.files)
        if (auto const done = record::finalise(each); !done)
            status = complain("log", done.error());
    return status;
}

}  // namespace

int log(int argc, char** argv)
{
    log_options options;
    CLI::App line("Lists, searches and shows the recordings of a folder and of those below it.\n"
                  "What was read is kept in an index in your cache folder, which may be deleted at any time.",
                  "log");
    line.require_subcommand(1);
    auto* const lists = line.add_subcommand(
        "list", "every recording: when, how long, its screen, its name, what it shows; the latest first");
    lists->add_option("FOLDER", options.folder, "where to look; this folder by default");
    lists->add_flag("--json", options.as_json, "an object a line");
    auto* const searches = line.add_subcommand(
        "search", "every line that has the words, with its recording and time; status 1 when there is none");
    searches
        ->add_option("TEXT", options.text,
                     "words one behind the other; case and accents do not count, the last may go on")
        ->required();
    searches->add_option("FOLDER", options.folder, "where to look; this folder by default");
    searches->add_option("-n,--most", options.most, "stop after so many lines")->check(CLI::PositiveNumber);
    searches->add_flag("--json", options.as_json, "an object a line");
    auto* const shows = line.add_subcommand("show", "the lines of one recording");
    options.shown.add_to(*shows);
    shows->add_flag("--flat", options.is_flat, "each with its time before it");
    shows->add_flag("--json", options.as_json, "an object a line");
    auto* const finishes = line.add_subcommand(
        "finalise",
        "adds end, duration, frames and exit status to golog and asciicast files, and packs gologs "
        "anew; those that have them stay as they are");
    finishes->add_option("FILE", options.files, "recordings that nobody writes any more")->required();
    if (auto const status = parse(line, argc, argv))
        return *status;
    if (*lists)
        return list(options);
    if (*finishes)
        return finalise(options);
    return *searches ? search(options) : show(options);
}

}  // namespace tendril::app
