#include <tendril/record/error.hpp>
#include <tendril/record/ttyrec.hpp>

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace tendril::record {

namespace {

constexpr std::size_t head_bytes = 12;

std::uint32_t number_at(std::string_view bytes, std::size_t at) noexcept
{
    std::uint32_t number = 0;
    for (std::size_t n = 4; n > 0; --n)
        number = number << 8 | static_cast<unsigned char>(bytes[at + n - 1]);
    return number;
}

void append_number(std::string& to, std::uint32_t number)
{
    for (int shift = 0; shift < 32; shift += 8)
        to += static_cast<char>(number >> shift & 0xff);
}

std::string size_sequence(screen_size size)
{
    return "\x1b[8;" + std::to_string(size.rows) + ";" + std::to_string(size.columns) + "t";
}

/// The size that @p bytes set, when they do nothing else.
std::optional<screen_size> size_set_by(std::string_view bytes)
{
    if (!bytes.starts_with("\x1b[8;") || !bytes.ends_with('t') || bytes.size() > 16)
        return std::nullopt;
    bytes = bytes.substr(4, bytes.size() - 5);
    auto const middle = bytes.find(';');
    if (middle == bytes.npos)
        return std::nullopt;
    auto const size =
        parse_size(std::string(bytes.substr(middle + 1)) + "x" + std::string(bytes.substr(0, middle)));
    return size && size_sequence(*size).substr(4) == std::string(bytes) + "t" ? size : std::nullopt;
}

}  // namespace

bool looks_like_ttyrec(std::string_view beginning, bool is_whole) noexcept
{
    if (beginning.size() < head_bytes)
        return false;
    auto const length = number_at(beginning, 8);
    if (number_at(beginning, 4) >= 1'000'000 || length == 0 || length > ttyrec_reader::longest_frame_bytes)
        return false;
    auto const second = head_bytes + length;
    if (beginning.size() < second + head_bytes)  // what is there may be cut off, but must not be text
        return !is_whole || beginning.find('\0') < head_bytes;
    auto const first_second = number_at(beginning, 0);
    auto const second_second = number_at(beginning, second);
    return number_at(beginning, second + 4) < 1'000'000 && second_second >= first_second &&
           number_at(beginning, second + 8) > 0 &&
           number_at(beginning, second + 8) <= ttyrec_reader::longest_frame_bytes;
}

ttyrec_reader::ttyrec_reader(std::string name) : name_(std::move(name)) {}

void ttyrec_reader::push(std::string_view bytes)
{
    if (failed_)
        return;
    buffer_.erase(0, std::exchange(consumed_, 0));
    buffer_ += bytes;
}

result<std::optional<event>> ttyrec_reader::next()
{
    if (failed_)
        return std::unexpected(*failed_);
    for (;;) {
        auto const rest = std::string_view(buffer_).substr(consumed_);
        if (rest.size() < head_bytes || rest.size() - head_bytes < number_at(rest, 8)) {
            if (rest.size() >= head_bytes && number_at(rest, 8) > longest_frame_bytes)
                return ++frame_number_, fail(errc::line_too_long);
            if (is_finished_ && !head_)
                return fail(rest.empty() ? errc::empty : errc::not_a_recording);
            if (is_finished_ && !rest.empty()) {
                ++frame_number_;
                warn("its end is missing, as after a crash; left out");
                consumed_ = buffer_.size();
            }
            return std::nullopt;
        }
        ++frame_number_;
        if (number_at(rest, 8) > longest_frame_bytes)
            return fail(errc::line_too_long);
        if (number_at(rest, 4) >= 1'000'000)
            return fail(errc::bad_time);
        auto const when = std::chrono::seconds(number_at(rest, 0)) + moment(number_at(rest, 4));
        auto const bytes = rest.substr(head_bytes, number_at(rest, 8));
        consumed_ += head_bytes + bytes.size();
        auto const size = size_set_by(bytes);
        if (!head_) {
            begin(when, bytes);
            if (size)
                continue;
        }
        auto const time = since_beginning(when);
        if (size)
            return event{time, event_kind::resize, to_string(*size), *size};
        return event{time, event_kind::output, std::string(bytes)};
    }
}

void ttyrec_reader::begin(moment first, std::string_view bytes)
{
    // A recorder without a clock begins near zero; everything else is a date.
    constexpr auto earliest_date = std::chrono::hours(24 * 365);
    origin_ = first;
    head_.emplace();
    if (first >= earliest_date)
        head_->began = std::chrono::sys_time<moment>(first);
    else
        origin_ = moment(0);
    if (auto const size = size_set_by(bytes))
        head_->size = *size;
    else
        warn("the format does not say the size of the screen; taken as 80x24");
}

moment ttyrec_reader::since_beginning(moment when)
{
    auto wanted = when - origin_;
    if (wanted < now_)
        warn("the time runs backwards; taken as that of the frame before");
    if (wanted > longest_recording) {
        warn("the time is absurdly large; taken as ten years");
        wanted = longest_recording;
    }
    now_ = std::max(now_, wanted);
    return now_;
}

void ttyrec_reader::warn(std::string what)
{
    warnings_.add("frame " + std::to_string(frame_number_) + ": " + std::move(what));
}

std::unexpected<error> ttyrec_reader::fail(error_code why)
{
    buffer_.clear();
    buffer_.shrink_to_fit();
    consumed_ = 0;
    auto const where = frame_number_ > 0 ? ", frame " + std::to_string(frame_number_) : std::string();
    failed_ = error{why, "read " + name_ + where};
    return std::unexpected(*failed_);
}

void ttyrec_writer::begin(header const& from, std::string& to)
{
    if (from.began && from.began->time_since_epoch() > moment(0))
        origin_ = from.began->time_since_epoch();
    frame(moment(0), size_sequence(from.size), to);
}

void ttyrec_writer::output(moment when, base::byte_view bytes, std::string& to)
{
    auto rest = base::text_of(bytes);
    if (size_set_by(rest)) {  // as output it must not be read back as a resize
        frame(when, rest.substr(0, 1), to);
        rest.remove_prefix(1);
    }
    for (; !rest.empty(); rest.remove_prefix(std::min(rest.size(), ttyrec_reader::longest_frame_bytes)))
        frame(when, rest.substr(0, ttyrec_reader::longest_frame_bytes), to);
}

void ttyrec_writer::write(event const& from, std::string& to)
{
    if (from.kind == event_kind::output)
        output(from.time, base::bytes_of(from.text), to);
    else if (from.kind == event_kind::resize)
        frame(from.time, size_sequence(from.size), to);
}

void ttyrec_writer::frame(moment when, std::string_view bytes, std::string& to)
{
    constexpr moment last = std::chrono::seconds(std::numeric_limits<std::uint32_t>::max());
    latest_ = std::clamp(when, latest_, std::max(latest_, longest_recording));
    auto const absolute = std::min(origin_ + latest_, last);
    auto const seconds = std::chrono::floor<std::chrono::seconds>(absolute);
    append_number(to, static_cast<std::uint32_t>(seconds.count()));
    append_number(to, static_cast<std::uint32_t>((absolute - seconds).count()));
    append_number(to, static_cast<std::uint32_t>(bytes.size()));
    to += bytes;
}

}  // namespace tendril::record
