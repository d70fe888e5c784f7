#include <tendril/archive/transcript.hpp>
#include <tendril/record/timeline.hpp>
#include <tendril/term/text.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace tendril::archive {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t piece_bytes = 8192;  // has no more line feeds than the history has lines
constexpr std::size_t history_lines = 10'000;
constexpr std::size_t most_known = 128 * 1024;
constexpr record::moment glance = 1s;                // between two looks at a full-screen program
constexpr record::moment pause_of_interest = 200ms;  // a person may have read what was there

term::terminal_limits limits()
{
    // Clipped lines keep their number; another width would make lines of the history that were there already.
    return {.history_lines = history_lines, .on_resize = term::resize_policy::clip};
}

void cut_trailing_blanks(std::string& text)
{
    text.erase(text.find_last_not_of(' ') + 1);
}

}  // namespace

transcript::transcript(record::header const& head) : screen_({head.size.columns, head.size.rows}, limits()) {}

void transcript::take(record::event const& happened, std::vector<timed_line>& to)
{
    auto const waited = happened.time - now_;
    if (screen_.shown() == term::screen_kind::alternate &&
        (waited >= pause_of_interest || happened.time - looked_ >= glance))
        take_screen(to);
    now_ = happened.time;
    if (happened.kind == record::event_kind::output)
        feed(base::bytes_of(happened.text), to);
    else
        record::apply(happened, screen_);
    take_scrolled(to);
    (void)screen_.take_events();
    (void)screen_.take_replies();
}

void transcript::feed(base::byte_view bytes, std::vector<timed_line>& to)
{
    for (; !bytes.empty(); bytes = bytes.subspan(std::min(bytes.size(), piece_bytes))) {
        screen_.feed(bytes.first(std::min(bytes.size(), piece_bytes)));
        take_scrolled(to);
    }
}

void transcript::take_scrolled(std::vector<timed_line>& to)
{
    auto const& above = screen_.scrollback();
    auto const first = above.pushed() - above.size();
    for (seen_ = std::max(seen_, first); seen_ < above.pushed(); ++seen_) {
        auto const index = static_cast<std::size_t>(seen_ - first);
        above.read(index, line_);
        add(line_, above.wrapped(index), to);
    }
}

void transcript::add(term::row const& line, bool goes_on, std::vector<timed_line>& to)
{
    term::append_line_text(screen_, line, term::blanks::written, begun_);
    if (goes_on)
        return;
    cut_trailing_blanks(begun_);
    if (!begun_.empty())
        to.push_back({now_, begun_});
    begun_.clear();
}

void transcript::take_screen(std::vector<timed_line>& to)
{
    looked_ = now_;
    if (known_.size() > most_known)
        known_.clear();
    std::string text;
    for (int y = 0; y < screen_.size().rows; ++y) {
        text.clear();
        term::append_line_text(screen_, screen_.line(y), term::blanks::cut, text);
        if (!text.empty() && known_.insert(std::hash<std::string>()(text)).second)
            to.push_back({now_, text});
    }
}

void transcript::finish(std::vector<timed_line>& to)
{
    if (screen_.shown() == term::screen_kind::alternate) {
        take_screen(to);
        return;
    }
    for (int y = 0; y < screen_.size().rows; ++y)
        add(screen_.line(y), screen_.line(y).wrapped() && y + 1 < screen_.size().rows, to);
}

}  // namespace tendril::archive
