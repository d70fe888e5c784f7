#pragma once

/// @file
/// What the mouse sends in the modes that a program has set.
/// Layer: term. Spec: xterm ctlseqs, "Mouse Tracking": modes 9, 1000 to 1003, 1005, 1006, 1015, 1016.

#include <tendril/term/terminal.hpp>

#include <cstdint>
#include <string>

namespace tendril::term {

enum class mouse_button : std::uint8_t {
    left,
    middle,
    right,
    none,  ///< for motion
    wheel_up,
    wheel_down,
    wheel_left,
    wheel_right,
    back,
    forward,
    button_10,
    button_11
};

enum class mouse_action : std::uint8_t { press, release, motion };

/// One thing that a person does with the mouse. A turn of the wheel is a press.
struct mouse_event {
    mouse_action action = mouse_action::press;
    mouse_button button = mouse_button::left;  ///< for motion: the one that is held
    unsigned modifiers = 0;                    ///< of namespace modifier: shift, alt, meta and control count
    int column = 0;                            ///< from 0
    int row = 0;
    int x = 0;  ///< pixels from 0; used by mode 1016
    int y = 0;
};

/// The bytes that @p event sends to the program in @p to; empty when the program did not ask for it, or when
/// the format cannot say where it was.
///
/// Where no mode of tracking is set the wheel sends cursor keys in the alternate screen, if mode 1007 says
/// so. Highlight tracking (1001) sends presses only: what it needs besides, a program would have to answer in
/// time.
[[nodiscard]] std::string mouse_bytes(terminal const& to, mouse_event const& event);

}  // namespace tendril::term
