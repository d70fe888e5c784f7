#include <tendril/record/film_html.hpp>
#include <tendril/record/film_svg.hpp>
#include <tendril/record/timeline.hpp>
#include <tendril/term/html.hpp>
#include <tendril/term/svg.hpp>
#include <tendril/term/text.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>
#include <apps/tendril/command_line.hpp>
#include <apps/tendril/export.hpp>
#include <apps/tendril/picture_output.hpp>
#include <apps/tendril/recording_source.hpp>
#include <apps/tendril/size_option.hpp>
#include <apps/tendril/time_option.hpp>

namespace tendril::app {

namespace {

/// A day of busy work is a tenth of it; everything is held in memory.
constexpr std::size_t largest_recording = std::size_t{256} << 20;

/// A README's picture: smooth enough, and a few hundred kilobytes.
constexpr record::frame_limits film_limits{.most = 250, .shortest = std::chrono::milliseconds(80)};

/// A page's player shows whatever a person could have seen.
constexpr record::frame_limits page_limits{.most = 20'000, .shortest = std::chrono::milliseconds(30)};

struct export_options {
    recording_source source;
    std::string format;
    std::string output;
    std::string at;
    std::string size;
    scale_option pixels;
    std::optional<std::string> title = std::nullopt;
    bool is_animated = false;
};

/// What the name of a file says about its format; empty when it says nothing.
std::string_view format_of(std::string_view name) noexcept
{
    if (name.ends_with(".svg"))
        return "svg";
    if (name.ends_with(".png"))
        return "png";
    if (name.ends_with(".html") || name.ends_with(".htm"))
        return "html";
    if (name.ends_with(".txt") || name.ends_with(".text"))
        return "text";
    return {};
}

/// Shows the recording as a screen of @p size would have: nothing resizes it any more.
void force_size(record::recording& recorded, term::grid_size size)
{
    recorded.head.size = {size.columns, size.rows};
    std::erase_if(recorded.events,
                  [](record::event const& each) { return each.kind == record::event_kind::resize; });
}

/// Everything that scrolled away, then the screen down to its last line with something on it.
std::string transcript(term::terminal const& screen)
{
    std::string text;
    text.reserve(screen.scrollback().bytes());
    term::append_scrollback_text(screen, term::blanks::cut, text);
    term::append_screen_text(screen, term::blanks::cut, text);
    while (text.ends_with("\n\n") || text == "\n")
        text.pop_back();
    return text;
}

result<std::string> rendered(record::timeline const& line, export_options const& options,
                             std::optional<record::moment> at)
{
    auto const& head = line.head();
    term::svg_options picture;
    picture.title = options.title.value_or(head.title.empty() ? head.command : head.title);
    if (options.is_animated && options.format == "html")
        return record::film_html(line.frames(page_limits), picture.title);
    if (options.is_animated)
        return record::film_svg(line.frames(film_limits), picture);

    auto const screen = at ? line.screen_at(*at) : line.telling_screen();
    if (auto const lost = screen.scrollback().pushed() - screen.scrollback().size(); lost > 0)
        complain("export", "the oldest " + std::to_string(lost) + " lines are beyond what is kept; left out");
    if (options.format == "html")
        return term::to_html_page(screen, term::cursor_drawing::shown);
    if (options.format == "svg")
        return term::to_svg(screen, picture);
    if (options.format == "png")
        return png_of(screen, options.pixels);
    return transcript(screen);
}

/// What is wrong with the combination of options, if anything; fills in the format.
std::optional<std::string> objection(export_options& options)
{
    if (options.format.empty())
        options.format = format_of(options.output);
    if (options.format.empty() && options.is_animated)
        options.format = "svg";
    if (options.format.empty() && options.output.empty())
        options.format = "text";
    if (options.format.empty())
        return "cannot tell the format from the name " + options.output + "; give --format";
    if (options.is_animated && options.format != "svg" && options.format != "html")
        return "only svg and html can be animated";
    if (options.is_animated && !options.at.empty())
        return "--at is one moment, --animated is all of them; give one of the two";
    if (options.pixels.is_given && options.format != "png")
        return "--scale is only for png";
    return std::nullopt;
}

}  // namespace

int export_recording(int argc, char** argv)
{
    export_options options;
    CLI::App line("Turns a recording into text, a page or a picture.\n"
                  "Text and page hold everything that scrolled by; the picture is the last screen worth "
                  "seeing, the one at --at, or with --animated all of them.",
                  "export");
    options.source.add_to(line);
    line.add_option("--format", options.format, "text, html, svg or png; else the name of the output tells")
        ->check(CLI::IsMember({"text", "html", "svg", "png"}));
    line.add_option("-o,--output", options.output, "write to FILE instead of standard output");
    line.add_option("--at", options.at, "the moment to show: SECONDS, MM:SS or HH:MM:SS");
    line.add_option("--size", options.size, "play it on a screen of COLSxROWS");
    options.pixels.add_to(line);
    line.add_option("--title", options.title,
                    "svg, animated html: the title of the window; else the recording's title or command");
    line.add_flag("--animated", options.is_animated,
                  "svg: a picture that moves; html: a page that plays it. Pauses are cut to 2 seconds");
    if (auto const status = parse(line, argc, argv))
        return *status;
    if (auto const wrong = objection(options))
        return complain("export", *wrong, exit_usage);
    auto const at = parse_time(options.at);
    if (!options.at.empty() && !at)
        return complain("export", "'" + options.at + "' is no time such as 12.5, 1:30 or 1:02:03",
                        exit_usage);
    auto const size = parse_size(options.size);
    if (!options.size.empty() && !size)
        return complain("export", size_complaint(options.size), exit_usage);

    auto recorded = load(options.source, largest_recording);
    if (!recorded)
        return complain("export", recorded.error(), exit_usage);
    for (auto const& each : recorded->warnings)
        complain("export", options.source.name() + ", " + each);
    if (size)
        force_size(*recorded, *size);

    auto const content = rendered(record::timeline(std::move(*recorded)), options, at);
    if (!content)
        return complain("export", content.error());
    auto const written = write_content(*content, options.output, options.format);
    return written ? 0 : complain("export", written.error());
}

}  // namespace tendril::app
