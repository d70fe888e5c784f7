#include <tendril/record/detail/script_header.hpp>
#include <tendril/record/error.hpp>
#include <tendril/record/typescript_reader.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace tendril::record {

namespace {

/// The longest first line that is waited for, and the longest last line.
constexpr std::size_t longest_line_bytes = 64 * 1024;

/// Takes the next word of @p line.
std::string_view take_word(std::string_view& line) noexcept
{
    auto const word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(line.size(), word.size() + 1));
    return word;
}

std::optional<double> seconds_of(std::string_view text) noexcept
{
    double seconds = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(seconds))
        return std::nullopt;
    return seconds;
}

std::optional<std::uint64_t> count_of(std::string_view text) noexcept
{
    std::uint64_t count = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), count);
    return code == std::errc{} && end == text.data() + text.size() ? std::optional(count) : std::nullopt;
}

/// The window of "SIGWINCH ROWS=40 COLS=120".
std::optional<screen_size> window_of(std::string_view text)
{
    auto const name = take_word(text);
    auto const rows = take_word(text);
    auto const columns = take_word(text);
    if (name != "SIGWINCH" || !rows.starts_with("ROWS=") || !columns.starts_with("COLS="))
        return std::nullopt;
    return parse_size(std::string(columns.substr(5)) + "x" + std::string(rows.substr(5)));
}

}  // namespace

bool looks_like_typescript(std::string_view beginning) noexcept
{
    return beginning.starts_with(detail::script_started);
}

bool looks_like_timing(std::string_view beginning) noexcept
{
    auto line = beginning.substr(0, beginning.find('\n'));
    if (line.starts_with("H ") || line.starts_with("O ") || line.starts_with("I ") || line.starts_with("S "))
        line.remove_prefix(2);
    auto const time = take_word(line);
    return time.find('.') != time.npos && seconds_of(time) && !line.empty();
}

typescript_reader::typescript_reader(typescript_companions companions, std::string name)
    : companions_(std::move(companions)), name_(std::move(name))
{
    if (companions_.timing) {
        std::string_view const timing = *companions_.timing;
        auto const log_of = [&](std::string_view key) {
            auto const found = timing.find("H 0.000000 " + std::string(key) + " ");
            auto const rest =
                found == timing.npos ? timing.substr(0, 0) : timing.substr(found + 12 + key.size());
            return rest.substr(0, rest.find('\n'));
        };
        is_input_in_output_ = !log_of("INPUT_LOG").empty() && log_of("INPUT_LOG") == log_of("OUTPUT_LOG");
    }
    if (companions_.input && looks_like_typescript(*companions_.input))
        input_taken_ = std::min(companions_.input->find('\n'), companions_.input->size() - 1) + 1;
}

void typescript_reader::push(std::string_view bytes)
{
    buffer_.erase(0, std::exchange(consumed_, 0));
    buffer_ += bytes;
}

result<std::optional<event>> typescript_reader::next()
{
    if (!head_ && !read_first_line()) {
        if (is_finished_)
            return failure(errc::empty, "read " + name_);
        return std::nullopt;
    }
    for (;;) {
        if (wanted_ > 0) {
            auto read = read_stream();
            if (read || wanted_ > 0)
                return read;
        }
        if (!companions_.timing || timing_taken_ >= companions_.timing->size())
            return read_rest();
        if (auto read = read_timing_line())
            return read;
    }
}

bool typescript_reader::read_first_line()
{
    auto const is_script = std::string_view(buffer_).starts_with(
        detail::script_started.substr(0, std::min(buffer_.size(), detail::script_started.size())));
    auto const end = buffer_.find('\n');
    bool const is_complete = !is_script || end != buffer_.npos || buffer_.size() > longest_line_bytes;
    if (buffer_.empty() || (!is_complete && !is_finished_))
        return false;
    head_.emplace();
    if (is_script) {
        detail::read_script_line(std::string_view(buffer_).substr(0, end), *head_);
        consumed_ = end == buffer_.npos ? buffer_.size() : end + 1;
    } else {
        warn("the line of script at its beginning is missing");
    }
    if (!companions_.timing)
        warn("there is no timing; everything is shown at once");
    return true;
}

/// More of the stream that the last timing entry covers.
std::optional<event> typescript_reader::read_stream()
{
    bool const is_own_file = stream_ == stream::input && !is_input_in_output_;
    if (is_own_file && !companions_.input) {
        if (!std::exchange(has_warned_of_input_, true))
            warn("the log of the input is missing; it is left out");
        wanted_ = 0;
        return std::nullopt;
    }
    std::string_view const from = is_own_file ? *companions_.input : buffer_;
    auto& taken = is_own_file ? input_taken_ : consumed_;
    auto const rest = from.substr(std::min(taken, from.size()));
    auto const size = static_cast<std::size_t>(std::min<std::uint64_t>(wanted_, longest_piece_bytes));
    bool const is_all = is_own_file || is_finished_;
    if (rest.size() < size && !is_all)
        return std::nullopt;
    auto const piece = rest.substr(0, size);
    taken += piece.size();
    wanted_ -= piece.size();
    if (piece.size() < size) {
        warn("there is less than the timing says, as after a crash");
        wanted_ = 0;
    }
    if (piece.empty())
        return std::nullopt;
    return event{now_, stream_ == stream::output ? event_kind::output : event_kind::input,
                 std::string(piece)};
}

/// One line of the timing; none when it is no event by itself.
std::optional<event> typescript_reader::read_timing_line()
{
    auto line = std::string_view(*companions_.timing).substr(timing_taken_);
    auto const end = line.find('\n');
    bool const is_torn = end == line.npos;
    line = line.substr(0, end);
    timing_taken_ += line.size() + 1;
    ++timing_line_;
    if (line.empty())
        return std::nullopt;
    auto const whole = line;
    char kind = 'O';
    if (line.size() > 2 && line[1] == ' ' && line[0] >= 'A' && line[0] <= 'Z') {
        kind = line[0];
        line.remove_prefix(2);
    }
    auto const seconds = take_word(line);
    auto const count = count_of(line);
    bool const is_stream = kind == 'O' || kind == 'I';
    if (!seconds_of(seconds) || (is_stream && !count)) {
        warn("line " + std::to_string(timing_line_) + " of the timing " +
             (is_torn ? "is cut off" : "is not understood") + "; left out");
        return std::nullopt;
    }
    advance(seconds);
    if (is_stream) {
        stream_ = kind == 'O' ? stream::output : stream::input;
        wanted_ = *count;
        return std::nullopt;
    }
    if (kind == 'H')
        return read_header_entry(line);
    if (kind != 'S')
        return event{now_, event_kind::other, std::string(whole), {}, "timing"};
    if (auto const size = window_of(line))
        return event{now_, event_kind::resize, to_string(*size), *size};
    return event{now_, event_kind::other, std::string(line), {}, "signal"};
}

std::optional<event> typescript_reader::read_header_entry(std::string_view rest)
{
    auto const key = take_word(rest);
    if (key == "EXIT_CODE")
        return ended(std::string(rest));
    if (key == "DURATION") {
        if (auto const seconds = seconds_of(rest); seconds && *seconds >= 0) {
            auto const most = std::chrono::duration<double>(longest_recording).count();
            now_ = std::max(now_, moment(std::llround(std::min(*seconds, most) * 1e6)));
            head_->duration = now_;
        }
        return std::nullopt;
    }
    detail::read_script_member(key, rest, *head_);
    return std::nullopt;
}

/// What the timing does not cover: script's last line, and what was written before the timing of it was.
std::optional<event> typescript_reader::read_rest()
{
    auto const rest = std::string_view(buffer_).substr(consumed_);
    auto const kept = is_finished_ ? 0 : longest_line_bytes;
    if (rest.size() <= kept)
        return std::nullopt;
    auto const ending = rest.rfind(detail::script_done);
    if (is_finished_ && ending == 0) {
        consumed_ = buffer_.size();
        return read_ending(rest);
    }
    auto size = std::min(rest.size() - kept, longest_piece_bytes);
    if (is_finished_ && ending != rest.npos && rest.size() - ending < longest_line_bytes)
        size = std::min(size, ending);
    if (companions_.timing && !std::exchange(has_warned_of_rest_, true))
        warn("there is more than the timing says, as after a crash");
    consumed_ += size;
    return event{now_, event_kind::output, std::string(rest.substr(0, size))};
}

std::optional<event> typescript_reader::read_ending(std::string_view from)
{
    auto const status = detail::script_value(from, "COMMAND_EXIT_CODE");
    if (!status || has_ended_)
        return std::nullopt;
    return ended(std::string(*status));
}

event typescript_reader::ended(std::string status)
{
    has_ended_ = true;
    return {now_, event_kind::exit, std::move(status)};
}

void typescript_reader::advance(std::string_view seconds)
{
    auto const distance = *seconds_of(seconds) * 1e6;
    if (distance < 0) {
        warn("the time runs backwards; taken as that of the entry before");
        return;
    }
    auto const left = longest_recording - now_;
    if (distance > static_cast<double>(left.count())) {
        warn("the time is absurdly large; taken as ten years");
        now_ = longest_recording;
        return;
    }
    now_ += moment(std::llround(distance));
}

void typescript_reader::warn(std::string what)
{
    warnings_.add(std::move(what));
}

}  // namespace tendril::record
