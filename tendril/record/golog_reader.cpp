#include <tendril/record/detail/golog_extension.hpp>
#include <tendril/record/detail/golog_json.hpp>
#include <tendril/record/error.hpp>
#include <tendril/record/golog.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace tendril::record {

namespace {

/// A frame as it is written.
struct timed_bytes {
    std::int64_t millis;
    std::string_view bytes;
};

/// Gate One slices 13 digits; more than 15 are no time of this age.
std::optional<timed_bytes> split(std::string_view frame) noexcept
{
    auto const colon = frame.substr(0, 16).find(':');
    if (colon == frame.npos || colon == 0)
        return std::nullopt;
    std::int64_t millis = 0;
    auto const end = frame.data() + colon;
    if (frame[0] == '-' || std::from_chars(frame.data(), end, millis).ptr != end)
        return std::nullopt;
    return timed_bytes{millis, frame.substr(colon + 1)};
}

}  // namespace

golog_reader::golog_reader(std::string name) : name_(std::move(name)) {}

void golog_reader::push(std::string_view bytes)
{
    if (failed_)
        return;
    if (consumed_ > 0) {
        buffer_.erase(0, consumed_);
        searched_ -= std::min(searched_, consumed_);
        consumed_ = 0;
    }
    buffer_ += bytes;
}

void golog_reader::skip()
{
    auto const last = buffer_.rfind(golog_separator);
    auto const end = last == buffer_.npos ? 0 : last + golog_separator.size();
    if (std::max(end, consumed_) == buffer_.size() || failed_)
        return;
    buffer_.resize(std::max(end, consumed_));
    searched_ = std::min(searched_, buffer_.size());
    warnings_.add("a frame is damaged; left out");
}

result<std::optional<event>> golog_reader::next()
{
    if (failed_)
        return std::unexpected(*failed_);
    for (;;) {
        auto const frame = take_frame();
        if (failed_)
            return std::unexpected(*failed_);
        if (!frame) {
            if (is_finished_ && !head_)
                return fail(frame_number_ == 0 && buffer_.empty() ? errc::empty : errc::not_a_recording);
            return std::nullopt;
        }
        if (head_)
            return read_frame(*frame);
        auto first = read_first(*frame);
        if (failed_)
            return std::unexpected(*failed_);
        if (first)
            return first;
    }
}

std::optional<std::string_view> golog_reader::take_frame()
{
    auto const end = buffer_.find(golog_separator, std::max(searched_, consumed_));
    auto const rest = std::string_view(buffer_).substr(consumed_);
    if (end == buffer_.npos) {
        searched_ = buffer_.size() - std::min(buffer_.size(), golog_separator.size() - 1);
        if (rest.size() > longest_frame_bytes) {
            ++frame_number_;
            static_cast<void>(fail(errc::line_too_long));
        } else if (is_finished_ && !rest.empty() && head_) {
            ++frame_number_;
            warn("its end is missing, as after a crash; left out");
            consumed_ = buffer_.size();
        }
        return std::nullopt;
    }
    ++frame_number_;
    auto const frame = rest.substr(0, end - consumed_);
    consumed_ = searched_ = end + golog_separator.size();
    if (frame.size() > longest_frame_bytes)
        static_cast<void>(fail(errc::line_too_long));
    return frame;
}

/// The metadata; a log without them is one whose first frame is output already.
std::optional<event> golog_reader::read_first(std::string_view frame)
{
    auto const first = split(frame);
    if (!first) {
        static_cast<void>(fail(errc::not_a_recording));
        return std::nullopt;
    }
    header read;
    auto const known =
        detail::read_golog_metadata(first->bytes, read, [this](std::string what) { warn(std::move(what)); });
    if (!known && known.error() != errc::not_json) {
        static_cast<void>(fail(known.error()));
        return std::nullopt;
    }
    began_millis_ = known ? known->value_or(first->millis) : first->millis;
    // Gate One starts its clock with the first frame; a start_date that is far from it is not of this log.
    if (std::abs(first->millis - began_millis_) > 60'000)
        began_millis_ = first->millis;
    if (!known || known->has_value() || first->millis != golog_unknown_beginning)
        read.began = std::chrono::sys_time<moment>(std::chrono::milliseconds(began_millis_));
    head_ = std::move(read);
    if (known)
        return std::nullopt;
    warn("there is no metadata; the screen is taken as 80x24");
    return read_frame(frame);
}

event golog_reader::read_frame(std::string_view frame)
{
    auto const split_frame = split(frame);
    if (!split_frame) {
        warn("it has no time; taken as output that holds the separator");
        return {now_, event_kind::output, std::string(golog_separator) + std::string(frame)};
    }
    auto const time = since_beginning(split_frame->millis);
    if (auto extension = detail::read_extension(split_frame->bytes)) {
        extension->time = time;
        return std::move(*extension);
    }
    return {time, event_kind::output, std::string(split_frame->bytes)};
}

moment golog_reader::since_beginning(std::int64_t millis)
{
    auto wanted = std::chrono::milliseconds(millis - began_millis_);
    if (wanted < now_)
        warn("the time runs backwards; taken as that of the frame before");
    if (wanted > longest_recording) {
        warn("the time is absurdly large; taken as ten years");
        wanted = std::chrono::duration_cast<std::chrono::milliseconds>(longest_recording);
    }
    now_ = std::max<moment>(now_, wanted);
    return now_;
}

void golog_reader::warn(std::string what)
{
    warnings_.add("frame " + std::to_string(frame_number_) + ": " + std::move(what));
}

std::unexpected<error> golog_reader::fail(error_code why)
{
    buffer_.clear();
    buffer_.shrink_to_fit();
    consumed_ = searched_ = 0;
    auto const where = frame_number_ > 0 ? ", frame " + std::to_string(frame_number_) : std::string();
    failed_ = error{why, "read " + name_ + where};
    return std::unexpected(*failed_);
}

}  // namespace tendril::record
