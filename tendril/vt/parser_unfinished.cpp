#include <tendril/vt/parser.hpp>

#include <string>

namespace tendril::vt {

namespace {

/// A control string that ends as any other but BEL ends an OSC: what is dropped at its end anyway.
constexpr std::string_view dropped_string = "\x1bX";

/// No control function has this number, however the command goes on.
constexpr std::string_view dropped_command = "\x1b]-";

}  // namespace

/// Prefix, numbers and intermediates of the sequence so far.
std::string parser::unfinished_header() const
{
    std::string bytes;
    if (sequence_.prefix != 0)
        bytes += sequence_.prefix;
    auto const& numbers = sequence_.numbers;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i != 0)
            bytes += numbers.is_sub(i) ? ':' : ';';
        bytes += std::to_string(numbers[i]);
    }
    if (numbers.is_full())
        bytes += ';';
    for (auto const each : sequence_.intermediates)
        if (each != 0)
            bytes += each;
    return bytes;
}

std::string parser::unfinished() const
{
    std::string const held = held_c2_ ? "\xc2" : "";
    switch (state_) {
    case state::ground:
        return decoder_.unfinished();
    case state::escape:
    case state::escape_intermediate:
        return "\x1b" + unfinished_header();
    case state::csi_entry:
    case state::csi_param:
    case state::csi_intermediate:
        return "\x1b[" + unfinished_header();
    case state::csi_ignore:
        return "\x1b[0<";  // a prefix behind a number: nothing makes it valid again
    case state::dcs_entry:
    case state::dcs_param:
    case state::dcs_intermediate:
        return "\x1bP" + unfinished_header();
    case state::dcs_passthrough:
        if (!dropped_)
            return "\x1bP" + unfinished_header() + sequence_.final + payload_ + held;
        break;
    case state::apc_string:
        if (!dropped_)
            return "\x1b_" + payload_ + held;
        break;
    case state::osc_string:
        return (dropped_ ? std::string(dropped_command) : "\x1b]" + payload_) + held;
    case state::dcs_ignore:
    case state::sos_pm_string:
        break;
    }
    return std::string(dropped_string) + held;
}

}  // namespace tendril::vt
