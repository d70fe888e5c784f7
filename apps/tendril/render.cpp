#include <tendril/base/bytes.hpp>
#include <tendril/base/file.hpp>
#include <tendril/term/html.hpp>
#include <tendril/term/json.hpp>
#include <tendril/term/rebuild.hpp>
#include <tendril/term/svg.hpp>
#include <tendril/term/terminal.hpp>
#include <tendril/term/text.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <apps/tendril/command_line.hpp>
#include <apps/tendril/picture_output.hpp>
#include <apps/tendril/render.hpp>
#include <apps/tendril/serve.hpp>
#include <apps/tendril/size_option.hpp>

namespace tendril::app {

namespace {

constexpr std::size_t largest_input = std::size_t{4} << 30;  // a guard against /dev/zero, not a design limit
constexpr std::size_t most_history = 10'000'000;             // lines; some gigabytes of cells

struct render_options {
    std::string size = "80x24";
    std::string format = "text";
    std::string blanks = "cut";
    std::string split;
    std::string output;
    std::size_t history = 10'000;
    bool history_asked = false;
    scale_option pixels;
    bool cells = false;
    bool onlcr = false;
    bool serve = false;
    double deadline = 0;
    std::vector<std::string> allowed;
    std::vector<std::string> command;
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

term::blanks kept_blanks(std::string_view name) noexcept
{
    if (name == "written")
        return term::blanks::written;
    return name == "all" ? term::blanks::all : term::blanks::cut;
}

/// What the terminal said while it was fed.
struct conversation {
    std::string replies;
    std::vector<term::event> events;
};

result<std::string> rendered(term::terminal const& from, conversation const& said,
                             render_options const& options)
{
    if (options.format == "json") {
        auto const detail = options.cells ? term::line_detail::cells : term::line_detail::text;
        return term::to_json(from, detail, said.replies, said.events) + "\n";
    }
    if (options.format == "html")
        return term::to_html_page(from, term::cursor_drawing::shown);
    if (options.format == "svg")
        return term::to_svg(from);
    if (options.format == "png")
        return png_of(from, options.pixels);
    if (options.format == "vt")
        return term::rebuild_sequence(from);
    std::string text;
    auto const blanks = kept_blanks(options.blanks);
    if (options.history_asked)
        term::append_scrollback_text(from, blanks, text);
    term::append_screen_text(from, blanks, text);
    return text;
}

/// What a program may do to its terminal: what was listed, or, for one that has the terminal for itself, what
/// xterm lets it do. Its answers go to that program and to nobody else.
term::host host_of(render_options const& options)
{
    auto const allows = [&](char const* what) {
        return std::ranges::find(options.allowed, what) != options.allowed.end();
    };
    auto const by_default = options.allowed.empty() && options.serve;
    term::host made;
    made.resizes = by_default || allows("resize");
    made.tells_titles = by_default || allows("titles");
    made.shows_images = allows("images");
    if (allows("clipboard"))
        made.clipboard = term::clipboard_access::read_write;
    return made;
}

void add_options(CLI::App& line, render_options& options)
{
    line.add_option("--size", options.size, "size of the terminal, COLSxROWS")->capture_default_str();
    line.add_option("--history", options.history,
                    "lines kept above the screen; text shows them only if this is given")
        ->capture_default_str()
        ->check(CLI::Range(std::size_t{0}, most_history))
        ->each([&](std::string const&) { options.history_asked = true; });
    line.add_option("--format", options.format,
                    "text, json, html, svg, png or vt (what brings a fresh terminal to the same state)")
        ->capture_default_str()
        ->check(CLI::IsMember({"text", "json", "html", "svg", "png", "vt"}));
    options.pixels.add_to(line);
    line.add_option("--blanks", options.blanks,
                    "text: blanks at a line's end are cut, kept as they were written, or all there")
        ->capture_default_str()
        ->check(CLI::IsMember({"cut", "written", "all"}));
    line.add_flag("--cells", options.cells, "json: every cell with its colours and attributes");
    line.add_option("--split", options.split, "feed K bytes at a time, or one by one with 'all'");
    line.add_flag("--onlcr", options.onlcr, "read LF as CR LF, as a terminal driver writes it");
    line.add_flag("--serve", options.serve,
                  "run the PROGRAM after -- in the terminal instead of reading bytes");
    line.add_option("--deadline", options.deadline,
                    "--serve: end the program after this many seconds; the status is 124 then")
        ->check(CLI::Range(0.001, 1e9));
    line.add_option(
            "--allow", options.allowed,
            "what a program may do, with commas between: resize, titles (ask for them), clipboard, images, "
            "or none; default: none, and 'resize,titles' with --serve")
        ->delimiter(',')
        ->check(CLI::IsMember({"resize", "titles", "clipboard", "images", "none"}));
    line.add_option("-o,--output", options.output, "write to FILE instead of standard output");
}

/// Reads the command line; what follows `--` is the program's.
std::optional<int> parse_options(int argc, char** argv, render_options& options)
{
    CLI::App line(
        "Shows what a terminal shows after the bytes on standard input, or after a program has run in it.\n"
        "Usage: tendril render [OPTIONS] [--serve [OPTIONS] -- PROGRAM [ARGS]]",
        "render");
    add_options(line, options);
    auto const dashes = std::find(argv, argv + argc, std::string_view("--"));
    if (auto const status = parse(line, static_cast<int>(dashes - argv), argv))
        return status;
    if (dashes != argv + argc)
        options.command.assign(dashes + 1, argv + argc);
    if (options.serve && options.command.empty())
        return complain("render", "--serve needs a program after -- (see tendril render --help)", exit_usage);
    if (!options.serve && (!options.command.empty() || options.deadline > 0))
        return complain("render", "a program or a deadline is only for --serve (see tendril render --help)",
                        exit_usage);
    if (options.pixels.is_given && options.format != "png")
        return complain("render", "--scale is for --format png", exit_usage);
    if (options.serve && (!options.split.empty() || options.onlcr))
        return complain("render", "--split and --onlcr are for bytes on standard input, not for --serve",
                        exit_usage);
    return std::nullopt;
}

int write_rendered(result<std::string> const& content, render_options const& options)
{
    if (!content)
        return complain("render", content.error());
    auto const written = write_content(*content, options.output, options.format);
    return written ? 0 : complain("render", written.error());
}

/// Standard input, fed and shown.
int render_bytes(render_options const& options, term::grid_size size, term::terminal_limits const& limits)
{
    auto const piece = piece_size(options.split);
    if (!piece)
        return complain("render", "--split takes a number of bytes from 1, or 'all'", exit_usage);
    auto bytes = base::read_to_end(STDIN_FILENO, "standard input", largest_input);
    if (!bytes)
        return complain("render", bytes.error());
    if (options.onlcr)
        *bytes = with_carriage_returns(*bytes);

    term::terminal terminal(size, limits);
    terminal.set_host(host_of(options));
    feed_in_pieces(terminal, base::bytes_of(*bytes), *piece);
    conversation const said{terminal.take_replies(), terminal.take_events()};
    return write_rendered(rendered(terminal, said, options), options);
}

/// A program, run to its end and shown. Its own status is ours, unless what it left could not be written.
int render_program(render_options const& options, term::grid_size size, term::terminal_limits const& limits)
{
    serve_plan plan{.command = options.command, .size = size, .limits = limits, .host = host_of(options)};
    if (options.deadline > 0)
        plan.patience = std::chrono::duration_cast<std::chrono::steady_clock::duration>(
            std::chrono::duration<double>(options.deadline));
    auto outcome = serve(plan);
    if (!outcome)
        return outcome.error();
    conversation const said{std::move(outcome->replies), std::move(outcome->events)};
    if (auto const status = write_rendered(rendered(*outcome->terminal, said, options), options))
        return status;
    if (outcome->ran_out_of_patience)
        complain("render", "the program was ended at the deadline");
    return outcome->status;
}

}  // namespace

int render(int argc, char** argv)
{
    render_options options;
    if (auto const status = parse_options(argc, argv, options))
        return *status;
    auto const size = parse_size(options.size);
    if (!size)
        return complain("render", size_complaint(options.size), exit_usage);
    term::terminal_limits limits;
    limits.history_lines = options.history;
    return options.serve ? render_program(options, *size, limits) : render_bytes(options, *size, limits);
}

}  // namespace tendril::app
