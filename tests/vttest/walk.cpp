#include <tendril/session/session.hpp>
#include <tendril/term/json.hpp>
#include <tendril/term/terminal.hpp>

#include <array>
#include <chrono>
#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <tests/vttest/walk.hpp>

namespace tendril::vttest {

namespace {

namespace json = boost::json;

constexpr std::string_view at_screen = "Push <RETURN>";
constexpr std::string_view at_menu = "Enter choice number (0 - ";
constexpr std::size_t most_stops = 200;

/// The rows that have something but plain text, each with its cells' looks: runs of FG/BG/FLAGS.
std::string looks_of(json::value const& line)
{
    std::string told;
    std::string before;
    std::int64_t column = 0;
    for (auto const& cell : line.at("cells").as_array()) {
        auto const& parts = cell.as_array();
        auto look = json::serialize(parts[2]) + "/" + json::serialize(parts[3]) + "/" +
                    std::string(parts[4].as_string());
        if (look == "null/null/")
            look.clear();
        if (look != before)
            told += " " + std::to_string(column) + ":" + (look.empty() ? "plain" : look);
        before = look;
        column += parts[1].as_int64();
    }
    return told;
}

std::string picture_of(term::terminal const& terminal)
{
    std::string text;
    for (auto const& line : terminal.dump())
        text += line + "\n";
    auto const size = terminal.size();
    if (size != term::grid_size{80, 24})
        text += "size " + std::to_string(size.columns) + "x" + std::to_string(size.rows) + "\n";
    auto const whole = json::parse(term::to_json(terminal, term::line_detail::cells));
    if (terminal.is(term::mode::reverse_screen))
        text += "reverse screen\n";
    for (int y = 0; y < size.rows; ++y) {
        auto const& line = whole.at("screen").at(static_cast<std::size_t>(y));
        auto told = looks_of(line);
        if (auto const* const large = line.as_object().if_contains("size"))
            told += " " + std::string(large->as_string());
        if (!told.empty())
            text += "row " + std::to_string(y) + told + "\n";
    }
    return text;
}

/// vttest in a terminal of ours, driven from one stop to the next.
class visit {
public:
    visit()
    {
        auto terminal = std::make_unique<term::terminal>();
        terminal_ = terminal.get();
        term::host allowed;
        allowed.resizes = true;
        allowed.tells_titles = true;
        terminal_->set_host(allowed);
        std::vector<std::string> const command{"vttest"};
        auto program = process::command_of(command);
        program.environment.set("TERM", "xterm-256color");
        auto started = session::session::start(
            loop_.get_executor(), {.program = std::move(program), .launch = {}}, std::move(terminal));
        REQUIRE(started.has_value());
        session_.emplace(std::move(*started));
        read();
    }

    /// Runs until vttest waits for something. True at a screen, false at a menu.
    bool runs_to_a_screen()
    {
        constexpr std::chrono::minutes patience{1};
        auto const end = std::chrono::steady_clock::now() + patience;
        while (!has_ended_) {
            auto const screen = seen_.find(at_screen);
            auto const menu = seen_.find(at_menu);
            if (screen != seen_.npos || (menu != seen_.npos && seen_.ends_with(": ")))
                return screen != seen_.npos;
            loop_.run_one_until(end);
            REQUIRE_MESSAGE(std::chrono::steady_clock::now() < end, "vttest does not stop: ", seen_);
        }
        FAIL("vttest has ended: ", seen_);
        return false;
    }

    void type(std::string const& line)
    {
        seen_.clear();
        REQUIRE_FALSE(session_->write(base::bytes_of(line + "\r")));
    }

    [[nodiscard]] term::terminal const& terminal() const { return *terminal_; }

private:
    void read()
    {
        session_->async_read([this](error_code why, base::byte_view chunk) {
            if (why) {
                has_ended_ = true;
                return;
            }
            seen_ += base::text_of(chunk);
            follow_size();
            read();
        });
    }

    void follow_size()
    {
        auto const size = terminal_->size();
        if (size == told_)
            return;
        told_ = size;
        REQUIRE(session_->resize({.columns = size.columns, .rows = size.rows}).has_value());
    }

    asio::io_context loop_{1};
    term::terminal* terminal_ = nullptr;
    std::optional<session::session> session_;
    std::string seen_;  ///< since something was typed
    term::grid_size told_{80, 24};
    bool has_ended_ = false;
};

}  // namespace

std::vector<stop> walk(std::vector<std::string> const& path)
{
    visit here;
    for (auto const& choice : path) {
        REQUIRE_FALSE(here.runs_to_a_screen());
        here.type(choice);
    }
    std::vector<stop> stops;
    while (here.runs_to_a_screen() && stops.size() < most_stops) {
        stops.push_back({picture_of(here.terminal())});
        here.type("");
    }
    return stops;
}

}  // namespace tendril::vttest
