#include <tendril/base/bytes.hpp>
#include <tendril/base/file.hpp>
#include <tendril/term/html.hpp>
#include <tendril/term/json.hpp>
#include <tendril/term/svg.hpp>
#include <tendril/term/terminal.hpp>
#include <tendril/term/text.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <apps/tendril/command_line.hpp>
#include <apps/tendril/render.hpp>
#include <apps/tendril/size_option.hpp>

namespace tendril::app {

namespace {

constexpr std::size_t largest_input = std::size_t{4} << 30;  // a guard against /dev/zero, not a design limit
constexpr std::size_t most_history = 10'000'000;             // lines; some gigabytes of cells

struct render_options {
    std::string size = "80x24";
    std::string format = "text";
    std::string split;
    std::string output;
    std::size_t history = 10'000;
    bool history_asked = false;
    bool cells = false;
    bool onlcr = false;
};

/// How many bytes are fed at a time; empty when @p text is no such number.
std::optional<std::size_t> piece_size(std::string const& text)
{
    if (text.empty())
        return largest_input;
    if (text == "all")
        return 1;
    std::size_t value = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value == 0)
        return std::nullopt;
    return value;
}

/// What a terminal driver with ONLCR makes of it.
std::string with_carriage_returns(std::string const& bytes)
{
    std::string made;
    made.reserve(bytes.size() + bytes.size() / 16);
    for (auto const each : bytes) {
        if (each == '\n')
            made += '\r';
        made += each;
    }
    return made;
}

void feed_in_pieces(term::terminal& to, base::byte_view bytes, std::size_t piece)
{
    while (!bytes.empty()) {
        auto const count = std::min(piece, bytes.size());
        to.feed(bytes.first(count));
        bytes = bytes.subspan(count);
    }
}

std::string joined(std::vector<std::string> const& lines)
{
    std::string text;
    for (auto const& line : lines)
        text += line + "\n";
    return text;
}

std::string rendered(term::terminal& from, render_options const& options)
{
    if (options.format == "json") {
        auto const replies = from.take_replies();
        auto const events = from.take_events();
        auto const detail = options.cells ? term::line_detail::cells : term::line_detail::text;
        return term::to_json(from, detail, replies, events) + "\n";
    }
    if (options.format == "html")
        return term::to_html_page(from, term::cursor_drawing::shown);
    if (options.format == "svg")
        return term::to_svg(from);
    auto const above = options.history_asked ? joined(term::scrollback_text(from, term::blanks::cut)) : "";
    return above + joined(from.dump());
}

}  // namespace

int render(int argc, char** argv)
{
    render_options options;
    CLI::App line("Shows what a terminal shows after the bytes on standard input.", "render");
    line.add_option("--size", options.size, "size of the terminal, COLSxROWS")->capture_default_str();
    auto* const history =
        line.add_option("--history", options.history,
                        "lines kept above the screen; text shows them only if this is given")
            ->capture_default_str()
            ->check(CLI::Range(std::size_t{0}, most_history));
    line.add_option("--format", options.format, "text, json, html or svg")
        ->capture_default_str()
        ->check(CLI::IsMember({"text", "json", "html", "svg"}));
    line.add_flag("--cells", options.cells, "json: every cell with its colours and attributes");
    line.add_option("--split", options.split, "feed K bytes at a time, or one by one with 'all'");
    line.add_flag("--onlcr", options.onlcr, "read LF as CR LF, as a terminal driver writes it");
    line.add_option("-o,--output", options.output, "write to FILE instead of standard output");
    if (auto const status = parse(line, argc, argv))
        return *status;
    options.history_asked = history->count() > 0;

    auto const size = parse_size(options.size);
    if (!size)
        return complain("render", size_complaint(options.size), exit_usage);
    auto const piece = piece_size(options.split);
    if (!piece)
        return complain("render", "--split takes a number of bytes from 1, or 'all'", exit_usage);

    auto bytes = base::read_to_end(STDIN_FILENO, "standard input", largest_input);
    if (!bytes)
        return complain("render", bytes.error());
    if (options.onlcr)
        *bytes = with_carriage_returns(*bytes);

    term::terminal_limits limits;
    limits.history_lines = options.history;
    term::terminal terminal(*size, limits);
    feed_in_pieces(terminal, base::bytes_of(*bytes), *piece);

    auto const text = rendered(terminal, options);
    auto const written = options.output.empty()
                             ? base::write_all(STDOUT_FILENO, base::bytes_of(text), "standard output")
                             : base::replace_file(options.output, text);
    return written ? 0 : complain("render", written.error());
}

}  // namespace tendril::app
