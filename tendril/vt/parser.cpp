#include <tendril/vt/parser.hpp>

namespace tendril::vt {

void parser::enter_string(state kind, std::size_t limit) noexcept
{
    state_ = kind;
    limit_ = limit;
    payload_.clear();
    dropped_ = false;
    held_c2_ = false;
}

void parser::parameter_byte(std::uint8_t byte) noexcept
{
    auto const dcs = in_dcs_header();
    auto const entry = state_ == state::csi_entry || state_ == state::dcs_entry;
    auto const in_parameters = entry || state_ == state::csi_param || state_ == state::dcs_param;
    auto const is_prefix = byte >= 0x3C;
    if (!in_parameters || (is_prefix && !entry)) {
        if (dcs)
            enter_string(state::dcs_ignore, 0);
        else
            state_ = state::csi_ignore;
        return;
    }
    state_ = dcs ? state::dcs_param : state::csi_param;
    if (is_prefix)
        sequence_.prefix = static_cast<char>(byte);
    else if (byte >= 0x3A)
        sequence_.numbers.separate(static_cast<char>(byte));
    else
        sequence_.numbers.add_digit(byte - '0');
}

void parser::intermediate_byte(std::uint8_t byte) noexcept
{
    if (state_ == state::csi_ignore)
        return;
    if (sequence_.intermediates[0] == 0)
        sequence_.intermediates[0] = static_cast<char>(byte);
    else  // a third one falls on the second: no control function has more than one
        sequence_.intermediates[1] = static_cast<char>(byte);

    if (state_ == state::escape || state_ == state::escape_intermediate)
        state_ = state::escape_intermediate;
    else
        state_ = in_dcs_header() ? state::dcs_intermediate : state::csi_intermediate;
}

void parser::keep(byte_pointer from, byte_pointer to)
{
    auto const count = static_cast<std::size_t>(to - from);
    if (count == 0 || dropped_)
        return;
    if (count > limit_ - payload_.size()) {
        dropped_ = true;
        payload_.clear();
        return;
    }
    payload_.append(reinterpret_cast<char const*>(from), count);
}

}  // namespace tendril::vt
