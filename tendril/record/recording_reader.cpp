#include <tendril/record/asciicast_reader.hpp>
#include <tendril/record/error.hpp>
#include <tendril/record/golog.hpp>
#include <tendril/record/recording_reader.hpp>
#include <tendril/record/ttyrec.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace tendril::record {

namespace {

/// Two frames of a ttyrec are told from noise in this many bytes; everything else needs less.
constexpr std::size_t recognised_bytes = 4096;

/// How much is unpacked at once.
constexpr std::size_t unpacked_piece = 64 * 1024;

bool looks_like_golog(std::string_view beginning) noexcept
{
    auto const digits = beginning.find_first_not_of("0123456789");
    return digits >= 12 && digits <= 14 && beginning[digits] == ':';
}

/// JSON; but a ttyrec may begin with the byte of a brace, and has a zero among its first twelve.
bool looks_like_asciicast(std::string_view beginning, bool is_whole) noexcept
{
    auto const first = beginning.find_first_not_of(" \t\r\n");
    if (first == beginning.npos || beginning[first] != '{')
        return false;
    return (is_whole || beginning.size() >= 12) && beginning.substr(0, 12).find('\0') == beginning.npos;
}

/// What the file is; none when it is no recording.
std::optional<format> format_of(std::string_view beginning, bool is_whole) noexcept
{
    if (looks_like_golog(beginning))
        return format::golog;
    if (looks_like_typescript(beginning))
        return format::typescript;
    if (looks_like_ttyrec(beginning, is_whole))
        return format::ttyrec;
    if (looks_like_asciicast(beginning, is_whole))
        return format::asciicast_v3;
    return std::nullopt;
}

}  // namespace

recording_reader::recording_reader(std::string name, typescript_companions companions)
    : name_(std::move(name)), companions_(std::move(companions)), has_timing_(companions_.timing.has_value())
{
}

void recording_reader::push(std::string_view bytes)
{
    if (failed_)
        return;
    if (!is_packing_known_)
        waiting_ += bytes;
    else if (unpacking_)
        unpacking_->push(bytes);
    else if (inner_)
        inner_->push(bytes);
    else
        plain_ += bytes;
}

result<std::optional<event>> recording_reader::next()
{
    for (;;) {
        if (failed_)
            return std::unexpected(*failed_);
        if (inner_) {
            auto got = inner_->next();
            if (!got || *got)
                return got;
        }
        if (!move_bytes())
            return std::nullopt;
    }
}

/// Moves what has come one step on; false when nothing moved.
bool recording_reader::move_bytes()
{
    if (!is_packing_known_) {
        if (waiting_.size() < gzip_magic.size() && !is_finished_)
            return false;
        is_packing_known_ = true;
        if (waiting_.starts_with(gzip_magic))
            unpacking_.emplace();
        push(std::exchange(waiting_, {}));
        return true;
    }
    bool has_moved = false;
    bool is_end = is_finished_;
    if (unpacking_) {
        if (is_finished_)
            unpacking_->finish();
        std::string piece;
        has_moved = unpacking_->decode(piece, unpacked_piece);
        is_end = is_finished_ && !has_moved;
        unpacked_bytes_ += piece.size();
        if (unpacked_bytes_ > longest_unpacked_bytes) {
            static_cast<void>(fail(errc::too_large));
            return true;
        }
        if (inner_)
            inner_->push(piece);
        else
            plain_ += piece;
        if (unpacking_->take_damage()) {
            if (!inner_)
                recognise();
            if (inner_)
                inner_->skip();
        }
    }
    if (!inner_ && (is_end || plain_.size() >= recognised_bytes || !unpacking_))
        has_moved = recognise() || has_moved;
    if (inner_ && is_end && !std::exchange(is_inner_finished_, true)) {
        inner_->finish();
        return true;
    }
    return has_moved;
}

/// Finds the format and makes its reader; false when more bytes are needed for it.
bool recording_reader::recognise()
{
    bool const is_whole = is_finished_;
    if (!is_whole && plain_.size() < recognised_bytes) {
        // A player of a recording that is being made must not wait for 4 KiB.
        if (!looks_like_asciicast(plain_, is_whole) && !looks_like_golog(plain_) &&
            !looks_like_typescript(plain_))
            return false;
    }
    if (has_timing_) {
        format_ = companions_.timing->starts_with("H ") ? format::typescript_streams : format::typescript;
    } else {
        format_ = format_of(plain_, is_whole);
        if (!format_) {
            auto const why = plain_.empty()              ? errc::empty
                             : looks_like_timing(plain_) ? errc::timing_alone
                                                         : errc::not_a_recording;
            static_cast<void>(fail(why));
            return true;
        }
    }
    switch (*format_) {
    case format::golog:
        inner_ = std::make_unique<golog_reader>(name_);
        break;
    case format::typescript:
    case format::typescript_streams:
        inner_ = std::make_unique<typescript_reader>(std::move(companions_), name_);
        break;
    case format::ttyrec:
        inner_ = std::make_unique<ttyrec_reader>(name_);
        break;
    case format::asciicast_v1:
    case format::asciicast_v2:
    case format::asciicast_v3:
        inner_ = std::make_unique<asciicast_reader>(name_);
        break;
    }
    inner_->push(std::exchange(plain_, {}));
    return true;
}

std::optional<format> recording_reader::found() const noexcept
{
    auto const& known = head();
    if (format_ != format::asciicast_v3 || !known || known->version >= 3)
        return format_;
    return known->version == 2 ? format::asciicast_v2 : format::asciicast_v1;
}

std::optional<header> const& recording_reader::head() const noexcept
{
    static std::optional<header> const none;
    return inner_ ? inner_->head() : none;
}

std::vector<std::string> recording_reader::take_warnings()
{
    auto taken = unpacking_ ? unpacking_->take_warnings() : std::vector<std::string>();
    if (inner_)
        std::ranges::move(inner_->take_warnings(), std::back_inserter(taken));
    return taken;
}

std::unexpected<error> recording_reader::fail(error_code why)
{
    waiting_.clear();
    plain_.clear();
    failed_ = error{why, "read " + name_};
    return std::unexpected(*failed_);
}

}  // namespace tendril::record
