#include <tendril/record/asciicast_reader.hpp>
#include <tendril/record/detail/asciicast_json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tendril::record {

namespace {

event_kind kind_of(std::string_view code) noexcept
{
    if (code == "o")
        return event_kind::output;
    if (code == "i")
        return event_kind::input;
    if (code == "m")
        return event_kind::marker;
    if (code == "r")
        return event_kind::resize;
    if (code == "x")
        return event_kind::exit;
    return event_kind::other;
}

event make_event(moment time, detail::raw_event from)
{
    event made{time, kind_of(from.code), std::move(from.text)};
    if (made.kind == event_kind::other) {
        made.code = std::move(from.code);
    } else if (made.kind == event_kind::marker && made.text.starts_with(gap_label)) {
        made.kind = event_kind::gap;
        made.text.erase(0, gap_label.size());
    }
    return made;
}

}  // namespace

asciicast_reader::asciicast_reader(std::string name) : name_(std::move(name)) {}

void asciicast_reader::push(std::string_view bytes)
{
    if (failed_)
        return;
    if (consumed_ > 0) {
        buffer_.erase(0, consumed_);
        searched_ -= consumed_;
        consumed_ = 0;
    }
    buffer_ += bytes;
}

result<std::optional<event>> asciicast_reader::next()
{
    while (!failed_) {
        if (!queued_.empty()) {
            auto first = std::move(queued_.front());
            queued_.pop_front();
            return first;
        }
        if (is_one_document_)
            return read_whole_document();
        auto const taken = take_line();
        if (failed_)
            break;
        if (!taken) {
            if (is_finished_ && !head_)
                failed_ = fail(errc::empty);
            else
                return std::nullopt;
        } else if (!head_) {
            failed_ = read_header(*taken);
        } else {
            std::optional<event> read;
            failed_ = read_event(*taken, read);
            if (read)
                return read;
        }
    }
    return std::unexpected(*failed_);
}

std::optional<asciicast_reader::line> asciicast_reader::take_line()
{
    auto const end = buffer_.find('\n', searched_);
    if (end == buffer_.npos) {
        searched_ = buffer_.size();
        auto const rest = std::string_view(buffer_).substr(consumed_);
        if (rest.size() > longest_line_bytes) {
            ++line_number_;
            failed_ = fail(errc::line_too_long);
        }
        if (!is_finished_ || rest.empty() || failed_)
            return std::nullopt;
        ++line_number_;
        consumed_ = buffer_.size();
        return line{rest, true};
    }
    auto const text = std::string_view(buffer_).substr(consumed_, end - consumed_);
    ++line_number_;
    if (text.size() > longest_line_bytes)
        failed_ = fail(errc::line_too_long);
    consumed_ = searched_ = end + 1;
    return line{text};
}

std::optional<error> asciicast_reader::read_header(line const& first)
{
    header read;
    auto const outcome =
        detail::read_header(first.text, read, [this](std::string what) { warn(std::move(what)); });
    if (!outcome)
        return fail(outcome.error());
    if (*outcome == detail::first_line::whole_document) {
        is_one_document_ = true;
        consumed_ -= first.text.size() + (first.is_torn ? 0 : 1);  // it is read again with the rest
        warnings_.clear();
    } else {
        head_ = std::move(read);
    }
    return std::nullopt;
}

result<std::optional<event>> asciicast_reader::read_whole_document()
{
    if (head_)
        return std::nullopt;
    auto const text = std::string_view(buffer_).substr(consumed_);
    if (text.size() > longest_line_bytes)
        failed_ = fail(errc::line_too_long);
    else if (!is_finished_)
        return std::nullopt;
    if (!failed_) {
        header read;
        auto events = detail::read_document(text, read, [this](std::string what) { warn(std::move(what)); });
        if (!events) {
            failed_ = fail(events.error());
        } else {
            for (auto& each : *events) {
                auto const time = advance(each.seconds);
                queued_.push_back(make_event(time, std::move(each)));
            }
            head_ = std::move(read);
            consumed_ = searched_ = buffer_.size();
            return next();
        }
    }
    return std::unexpected(*failed_);
}

std::optional<error> asciicast_reader::read_event(line const& from, std::optional<event>& into)
{
    auto const first = from.text.find_first_not_of(" \t\r");
    if (first == from.text.npos || from.text[first] == '#')
        return std::nullopt;
    auto read = detail::read_event(from.text, [this](std::string what) { warn(std::move(what)); });
    if (!read) {
        if (!from.is_torn)
            return fail(read.error());
        warn("the end of the line is missing, as after a crash; the line is left out");
        return std::nullopt;
    }
    auto const time = advance(read->seconds);
    into = make_event(time, std::move(*read));
    if (into->kind == event_kind::resize)
        set_size(*into);
    return std::nullopt;
}

/// Moves the clock to the time of an event, absolute in version 2 and relative in the others.
moment asciicast_reader::advance(double seconds)
{
    using std::chrono::nanoseconds;
    constexpr nanoseconds last = longest_recording;
    bool const is_absolute = head_ && head_->version == 2;
    auto const origin = is_absolute ? nanoseconds(0) : now_;
    auto const most = static_cast<double>((last - origin).count());
    auto const distance = seconds * 1e9;
    auto wanted = last;
    if (distance <= most)
        wanted = distance >= -most ? origin + nanoseconds(std::llround(distance)) : nanoseconds(-1);
    else
        warn("the time is absurdly large; taken as ten years");
    if (wanted < now_)
        warn("the time runs backwards; taken as that of the event before");
    now_ = std::max(now_, wanted);
    return std::chrono::round<moment>(now_);
}

void asciicast_reader::set_size(event& resize)
{
    if (auto const size = parse_size(resize.text)) {
        resize.size = *size;
        if (to_string(*size) != resize.text)
            warn("a resize to '" + resize.text.substr(0, 32) + "'; taken as " + to_string(*size));
        resize.text = to_string(*size);
        return;
    }
    warn("a resize to '" + resize.text.substr(0, 32) + "' is not understood; passed on");
    resize.kind = event_kind::other;
    resize.code = "r";
}

void asciicast_reader::warn(std::string what)
{
    warnings_.add("line " + std::to_string(line_number_) + ": " + std::move(what));
}

error asciicast_reader::fail(error_code why)
{
    buffer_.clear();
    buffer_.shrink_to_fit();
    consumed_ = searched_ = 0;
    auto const where = line_number_ > 0 ? ", line " + std::to_string(line_number_) : std::string();
    return {why, "read " + name_ + where};
}

result<recording> read_asciicast(std::string_view text, std::string name)
{
    asciicast_reader reader(std::move(name));
    return read_all(reader, text);
}

}  // namespace tendril::record
