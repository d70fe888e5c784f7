#include <tendril/term/json.hpp>
#include <tendril/term/text.hpp>

#include <array>
#include <charconv>
#include <fstream>
#include <optional>

#include <boost/json.hpp>
#include <tests/conformance/script.hpp>

namespace tendril::conformance {

namespace {

namespace json = boost::json;

/// Undoes \e \a \b \t \n \r \\ \" and \xHH.
std::string unescaped(std::string_view text)
{
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            bytes += text[i];
            continue;
        }
        switch (auto const letter = text[++i]) {
        case 'e':
            bytes += '\x1b';
            break;
        case 'a':
            bytes += '\a';
            break;
        case 'b':
            bytes += '\b';
            break;
        case 't':
            bytes += '\t';
            break;
        case 'n':
            bytes += '\n';
            break;
        case 'r':
            bytes += '\r';
            break;
        case 'x': {
            unsigned value = 0;
            std::from_chars(text.data() + i + 1, text.data() + std::min(i + 3, text.size()), value, 16);
            bytes += static_cast<char>(value);
            i += 2;
            break;
        }
        default:
            bytes += letter;
            break;
        }
    }
    return bytes;
}

/// Cuts a line into words; a word in quotes may hold blanks and escapes.
std::vector<std::string> words_of(std::string_view line)
{
    std::vector<std::string> words;
    for (std::size_t at = 0; at < line.size();) {
        if (line[at] == ' ') {
            ++at;
        } else if (line[at] == '#' && words.empty()) {
            break;
        } else if (line[at] == '"') {
            auto end = at + 1;
            while (end < line.size() && line[end] != '"')
                end += line[end] == '\\' ? 2 : 1;
            words.push_back(unescaped(line.substr(at + 1, end - at - 1)));
            at = end + 1;
        } else {
            auto const end = std::min(line.find(' ', at), line.size());
            words.emplace_back(line.substr(at, end - at));
            at = end;
        }
    }
    return words;
}

std::string visible(std::string_view bytes)
{
    std::string text;
    for (auto const each : bytes) {
        if (each == '\x1b')
            text += "\\e";
        else if (static_cast<unsigned char>(each) < 0x20)
            text += "^" + std::string(1, static_cast<char>(each + 0x40));
        else
            text += each;
    }
    return text;
}

std::optional<int> number_of(std::string_view text)
{
    int value = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional(value)
                                                                           : std::nullopt;
}

/// A run under way: the terminal, what it has said, and what went wrong so far.
class run_state {
public:
    run_state(script const& which, feeder const& feed) : which_(which), feed_(feed) {}

    std::vector<std::string> take_problems() { return std::move(problems_); }

    void perform(step const& what)
    {
        current_ = &what;
        auto const& word = what.word;
        if (word == "size")
            terminal_ = term::terminal(size_of(argument(0)), {.history_lines = 100});
        else if (word == "resize")
            terminal_.resize(size_of(argument(0)));
        else if (word == "host")
            set_host();
        else if (word == "extent")
            expect(std::to_string(terminal_.size().columns) + "x" + std::to_string(terminal_.size().rows),
                   argument(0));
        else if (word == "linesize")
            expect(line_size_word(index(0)), argument(1));
        else if (word == "events")
            expect_events();
        else if (word == "feed")
            feed_(terminal_, argument(0));
        else if (word == "line")
            expect(line_at(index(0)), argument(1));
        else if (word == "screen")
            expect_lines(terminal_.dump());
        else if (word == "history")
            expect_lines(term::scrollback_text(terminal_, term::blanks::cut));
        else if (word == "cursor")
            expect(cursor_words(), joined_arguments());
        else if (word == "reply")
            expect(terminal_.take_replies(), argument(0));
        else if (word == "title")
            expect(terminal_.title(), argument(0));
        else if (word == "icon")
            expect(terminal_.icon(), argument(0));
        else if (word == "alternate")
            expect(terminal_.shown() == term::screen_kind::alternate ? "yes" : "no", argument(0));
        else if (word == "mode")
            expect_mode();
        else if (word == "wrapped")
            expect(terminal_.line(index(0)).wrapped() ? "yes" : "no", argument(1));
        else if (word == "cell")
            expect_cell();
        else if (word == "blank")
            expect_blank();
        else
            fail("no such word: " + word);
    }

private:
    std::string const& argument(std::size_t i) const
    {
        static std::string const none;
        return i < current_->arguments.size() ? current_->arguments[i] : none;
    }
    int index(std::size_t i) { return number_of(argument(i)).value_or(0); }
    std::string joined_arguments() const
    {
        std::string text;
        for (auto const& each : current_->arguments)
            text += (text.empty() ? "" : " ") + each;
        return text;
    }

    term::grid_size size_of(std::string const& text)
    {
        auto const cross = std::min(text.find('x'), text.size() - 1);
        return {static_cast<std::uint16_t>(number_of(text.substr(0, cross)).value_or(1)),
                static_cast<std::uint16_t>(number_of(text.substr(cross + 1)).value_or(1))};
    }

    /// host WORD...: what the host allows or says.
    void set_host()
    {
        term::host to;
        for (auto const& each : current_->arguments) {
            to.tells_titles |= each == "titles";
            to.resizes |= each == "resizes";
            to.shows_images |= each == "images";
            if (each == "light")
                to.scheme = term::color_scheme::light;
            if (each == "clipboard-write")
                to.clipboard = term::clipboard_access::write;
            if (each == "clipboard")
                to.clipboard = term::clipboard_access::read_write;
        }
        terminal_.set_host(to);
    }

    std::string_view line_size_word(int row) const
    {
        constexpr std::array<std::string_view, 4> words{"single", "wide", "top", "bottom"};
        return words[static_cast<std::size_t>(terminal_.line(row).size())];
    }

    /// The events since the last `events`, one a line as in the JSON; changes of modes are left out.
    void expect_events()
    {
        auto happened = terminal_.take_events();
        std::erase_if(happened, [](term::event const& each) { return each.what == term::event::kind::mode; });
        auto const whole = json::parse(term::to_json(terminal_, term::line_detail::text, {}, happened));
        std::vector<std::string> lines;
        for (auto const& each : whole.at("events").as_array())
            lines.push_back(json::serialize(each));
        expect_lines(lines);
    }

    std::string line_at(int row) const
    {
        auto const lines = terminal_.dump();
        return static_cast<std::size_t>(row) < lines.size() ? lines[static_cast<std::size_t>(row)]
                                                            : "no such line";
    }

    /// The given lines, then nothing but empty ones.
    void expect_lines(std::vector<std::string> const& got)
    {
        auto const& wanted = current_->arguments;
        for (std::size_t i = 0; i < std::max(got.size(), wanted.size()); ++i)
            expect(i < got.size() ? got[i] : "(no line)", i < wanted.size() ? wanted[i] : "");
    }

    std::string cursor_words() const
    {
        auto const at = terminal_.cursor();
        std::string text = std::to_string(at.row) + " " + std::to_string(at.column);
        if (at.pending_wrap)
            text += " pending";
        if (!at.visible)
            text += " hidden";
        if (at.shape == term::cursor_shape::bar)
            text += " bar";
        if (at.shape == term::cursor_shape::underline)
            text += " underline";
        if (!at.blink)
            text += " steady";
        return text;
    }

    void expect_mode()
    {
        auto const dec = argument(0).starts_with('?');
        auto const number = number_of(argument(0).substr(dec ? 1 : 0)).value_or(-1);
        auto const* const entry =
            term::find_mode(dec ? term::mode_space::dec : term::mode_space::ansi, number);
        expect(!entry ? "unknown" : terminal_.is(entry->what) ? "on" : "off", argument(1));
    }

    /// cell ROW COLUMN TEXT [WIDTH FG BG FLAGS LINK], in the spelling of the JSON, - for what is not there.
    void expect_cell()
    {
        auto const whole = json::parse(term::to_json(terminal_, term::line_detail::cells));
        auto const& cells = whole.at("screen").at(static_cast<std::size_t>(index(0))).at("cells").as_array();
        int column = 0;
        for (auto const& each : cells) {
            if (column == index(1)) {
                std::string got;
                for (std::size_t i = 0; i < each.as_array().size(); ++i)
                    got += (i == 0 ? "" : " ") + word_of(each.at(i));
                auto wanted = joined_arguments().substr(argument(0).size() + argument(1).size() + 2);
                expect(got, wanted);
                return;
            }
            column += static_cast<int>(each.at(1).as_int64());
        }
        fail("no cell starts at this column");
    }

    static std::string word_of(json::value const& value)
    {
        if (value.is_null())
            return "-";
        if (value.is_string())
            return value.as_string().empty() ? "-" : std::string(value.as_string());
        return json::serialize(value);
    }

    /// blank ROW COLUMN BG: nothing is written there, and the background is BG.
    void expect_blank()
    {
        auto const here = terminal_.line(index(0)).at(index(1));
        auto const background = here.style.background();
        expect(here.shown.is_blank() ? "blank" : "written", "blank");
        expect(background.is_default() ? "-" : std::to_string(background.index()), argument(2));
    }

    void expect(std::string_view got, std::string_view wanted)
    {
        if (got != wanted)
            fail("got |" + visible(got) + "|, expected |" + visible(wanted) + "|");
    }

    void fail(std::string const& why)
    {
        problems_.push_back(which_.file + ":" + std::to_string(current_->number) + ": " + which_.name + ": " +
                            current_->word + ": " + why);
    }

    script const& which_;
    feeder const& feed_;
    term::terminal terminal_;
    step const* current_ = nullptr;
    std::vector<std::string> problems_;
};

}  // namespace

std::vector<script> read_scripts(std::filesystem::path const& path)
{
    std::vector<script> scripts;
    std::ifstream file(path);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (line.starts_with("case ")) {
            scripts.push_back({path.filename().string(), line.substr(5), {}});
            continue;
        }
        auto const continued = line.starts_with("  |");  // a line of the screen or the history
        if (continued && !scripts.empty() && !scripts.back().steps.empty()) {
            scripts.back().steps.back().arguments.push_back(line.substr(3));
            continue;
        }
        auto words = words_of(line);
        if (words.empty())
            continue;
        if (scripts.empty())
            scripts.push_back({path.filename().string(), "(before the first case)", {}});
        auto const word = words.front();
        words.erase(words.begin());
        scripts.back().steps.push_back({number, word, std::move(words)});
    }
    return scripts;
}

std::vector<std::string> run(script const& which, feeder const& feed)
{
    run_state state(which, feed);
    for (auto const& each : which.steps)
        state.perform(each);
    return state.take_problems();
}

}  // namespace tendril::conformance
