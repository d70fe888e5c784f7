#include <tendril/record/replay_filter.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace tendril::record {

namespace {

constexpr char enq = 0x05;
constexpr char bel = 0x07;
constexpr char can = 0x18;
constexpr char sub = 0x1a;
constexpr char esc = 0x1b;

/// The first number of @p parameters, or -1.
int first_number(std::string_view parameters) noexcept
{
    int number = -1;
    std::from_chars(parameters.data(), parameters.data() + parameters.size(), number);
    return number;
}

/// Modes that make the terminal send something by itself, or otherwise than our keys are read.
bool is_reporting_mode(std::string_view mode) noexcept
{
    constexpr std::array reporting{9,    1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1015,
                                   1016, 1034, 1036, 1039, 2004, 2026, 2031, 2048, 5522, 9001};
    return std::ranges::find(reporting, first_number(mode)) != reporting.end();
}

/// The modes of "?1049;1000" that may be set, in the same form; empty when none may.
std::string harmless_modes(std::string_view parameters)
{
    std::string kept;
    for (auto rest = parameters.substr(1); !rest.empty();) {
        auto const mode = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(rest.size(), mode.size() + 1));
        if (!mode.empty() && !is_reporting_mode(mode))
            kept += (kept.empty() ? "?" : ";") + std::string(mode);
    }
    return kept;
}

/// True for a control sequence that is answered or does something outside the screen.
/// @p body is what stands between CSI and @p last: parameters, then intermediates.
bool is_dropped(std::string_view body, char last) noexcept
{
    auto const split = std::min(body.find_first_of(" !\"#$%&'()*+,-./"), body.size());
    auto const parameters = body.substr(0, split);
    auto const intermediates = body.substr(split);
    bool const is_private = !parameters.empty() && parameters[0] >= '<' && parameters[0] <= '?';

    if (intermediates.empty()) {
        switch (last) {
        case 'c':  // DA
        case 'n':  // DSR, CPR
        case 'i':  // MC: prints
        case 'x':  // DECREQTPARM
            return true;
        case 't':  // XTWINOPS: only the stack of titles is harmless
            return first_number(parameters) != 22 && first_number(parameters) != 23;
        case 'u':  // without a prefix SCORC, with one the kitty keyboard protocol
        case 'm':  // with a prefix modifyOtherKeys
        case 'q':  // with a prefix XTVERSION
        case 'S':  // with a prefix XTSMGRAPHICS
        case 'f':  // with a prefix modifyFunctionKeys and friends
        case 'p':  // with a prefix the pointer mode
        case 'T':  // with a prefix title modes
            return is_private;
        default:
            return false;
        }
    }
    switch (last) {
    case 'p':  // DECRQM; DECSTR (!p) draws
        return intermediates == "$";
    case 'u':  // DECRQTSR, DECRQUPSS
    case 'w':  // DECRQPSR, DECEFR
    case 'y':  // DECRQCRA
    case 'S':  // XTREPORTSGR and status line requests
    case 'P':  // XTPUSHCOLORS and its report
    case 'R':
    case 'Q':
    case 'z':  // locator reports; DECERA ($z) draws
    case '|':
        return intermediates != "$" || last != 'z';
    case '}':
    case '{':
        return intermediates == "'" || intermediates == "#";
    default:
        return false;
    }
}

/// True for an operating system command that only changes what is seen.
bool is_harmless_command(std::string_view body) noexcept
{
    constexpr std::array seen{0, 1, 2, 4, 8, 10, 11, 12, 17, 19, 104, 110, 111, 112, 117, 119};
    auto const number = first_number(body);
    if (std::ranges::find(seen, number) == seen.end())
        return false;
    bool const is_text = number <= 2 || number == 8;
    return is_text || !body.contains('?');  // "?" asks for the colour
}

/// True for a device control string that is a sixel picture.
bool is_picture(std::string_view body) noexcept
{
    auto const last = body.find_first_not_of("0123456789;");
    return last < body.size() && body[last] == 'q';
}

}  // namespace

void replay_filter::push(base::byte_view bytes, std::string& to)
{
    for (char const c : base::text_of(bytes)) {
        switch (state_) {
        case state::ground:
        case state::lead:
            ground(c, to);
            break;
        case state::escape:
            escape(c, to);
            break;
        case state::control:
            control(c, to);
            break;
        case state::string:
        case state::string_escape:
            string(c, to);
            break;
        }
    }
}

void replay_filter::ground(char c, std::string& to)
{
    if (state_ == state::lead) {  // after 0xc2, where UTF-8 hides the 8-bit controls
        state_ = state::ground;
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 && byte <= 0x9f) {
            escape(static_cast<char>(byte - 0x40), to);
            return;
        }
        // A lead byte without its rest is left out: with what comes after something dropped it could be a
        // CSI.
        if (byte >= 0xa0 && byte <= 0xbf)
            to += '\xc2';
    }
    if (c == esc) {
        state_ = state::escape;
        held_ = c;
        is_too_long_ = false;
    } else if (c == '\xc2') {
        state_ = state::lead;
        held_ = esc;
        is_too_long_ = false;
    } else if (c != enq) {  // ENQ is answered
        to += c;
    }
}

void replay_filter::escape(char c, std::string& to)
{
    state_ = state::escape;
    if (c == '[') {
        keep(c);
        body_ = held_.size();
        state_ = state::control;
    } else if (c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_') {
        start_string(c);
    } else if (c == esc) {
        held_ = c;
    } else if (c == can || c == sub) {
        drop();
    } else if (static_cast<unsigned char>(c) < 0x20) {  // acts at once, inside the sequence
        if (c != enq)
            to += c;
    } else if (c >= 0x20 && c <= 0x2f) {
        keep(c);
    } else {
        keep(c);
        if (held_ != "\x1bZ" && !is_too_long_)  // DECID is answered
            to += held_;
        drop();
    }
}

void replay_filter::control(char c, std::string& to)
{
    auto const byte = static_cast<unsigned char>(c);
    if (c == esc) {
        state_ = state::escape;
        held_ = c;
        is_too_long_ = false;
    } else if (c == can || c == sub) {
        drop();
    } else if (byte < 0x20) {
        if (c != enq)
            to += c;
    } else if (byte < 0x40) {
        keep(c);
    } else if (byte >= 0x7f) {
        drop();  // no control sequence holds it; what comes next is text
    } else {
        std::string_view const body = std::string_view(held_).substr(body_);
        if (is_too_long_ || is_dropped(body, c)) {
            drop();
            return;
        }
        if ((c == 'h' || c == 'l') && body.starts_with('?')) {
            auto const modes = harmless_modes(body);
            if (!modes.empty())
                to += "\x1b[" + modes + c;
        } else {
            to += held_;
            to += c;
        }
        drop();
    }
}

void replay_filter::start_string(char introducer)
{
    keep(introducer);
    introducer_ = introducer;
    body_ = held_.size();
    state_ = state::string;
}

void replay_filter::string(char c, std::string& to)
{
    if (state_ == state::string_escape) {
        if (c == '\\') {
            end_string(to);
            return;
        }
        held_ = esc;  // ESC ends the string unfinished and begins something new
        is_too_long_ = false;
        escape(c, to);
        return;
    }
    if (c == esc)
        state_ = state::string_escape;
    else if (c == can || c == sub)
        drop();
    else if (c == bel && introducer_ == ']')
        end_string(to);
    else if (c == '\x9c' && held_.ends_with('\xc2')) {  // ST in its 8-bit form
        held_.pop_back();
        end_string(to);
    } else
        keep(c);
}

void replay_filter::end_string(std::string& to)
{
    std::string_view const body = std::string_view(held_).substr(body_);
    bool const is_harmless =
        (introducer_ == ']' && is_harmless_command(body)) || (introducer_ == 'P' && is_picture(body));
    if (is_harmless && !is_too_long_)
        to += held_ + "\x1b\\";
    drop();
}

void replay_filter::keep(char c)
{
    if (held_.size() < longest_sequence_bytes)
        held_ += c;
    else
        is_too_long_ = true;
}

void replay_filter::drop() noexcept
{
    held_.clear();
    is_too_long_ = false;
    state_ = state::ground;
}

}  // namespace tendril::record
