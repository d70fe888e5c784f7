#pragma once

/// @file
/// The ECMA-48 and DEC parser: bytes in, text runs and whole sequences out, no meaning.
/// Layer: vt (base). Spec: ECMA-48; the state machine of vt100.net/emu/dec_ansi_parser.
///
/// Differences from that machine: input is UTF-8 unless read_as() says otherwise, so only U+0080..U+009F are
/// C1 controls, and a character beyond ASCII inside a sequence cancels the sequence; a colon separates
/// sub-parameters; strings are handed over whole, at their end.

#include <tendril/base/bytes.hpp>
#include <tendril/vt/detail/number_mask.hpp>
#include <tendril/vt/detail/text_mask.hpp>
#include <tendril/vt/detail/utf8_block.hpp>
#include <tendril/vt/sequence.hpp>
#include <tendril/vt/utf8.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tendril::vt {

/// What bytes beyond ASCII are: UTF-8, of which U+0080 to U+009F are C1 controls; or one byte each, a C1
/// control up to 0x9F and a character of the upper half from 0xA0 on.
enum class encoding : std::uint8_t { utf_8, eight_bit };

/// What ended a control string; a reply ends the same way.
enum class terminator : std::uint8_t { bell, st };

/// What a parser calls. Views are valid during the call only.
template <typename Handler>
concept parser_handler = requires(Handler& handler, std::string_view bytes, std::u32string_view text,
                                  sequence const& what, char control, terminator end) {
    handler.print_ascii(bytes);     // 0x20..0x7E
    handler.print(text);            // U+00A0 and above, and printable ASCII between them
    handler.execute(control);       // a C0 control
    handler.esc(what);              // an escape sequence, or the C1 control that stands for it
    handler.csi(what);              // a control sequence
    handler.osc(bytes, end);        // an operating system command
    handler.dcs(what, bytes, end);  // a device control string and its payload
    handler.apc(bytes);             // an application program command
};

/// How much of a control string is kept, in bytes. A longer one is consumed and dropped.
struct string_limits {
    std::size_t osc = 64 * 1024;
    std::size_t dcs = 1024 * 1024;
    std::size_t apc = 1024 * 1024;
};

/// The parser's state between two bytes. Copyable: a copy goes on where the original stands.
///
/// Total: no input makes it fail or allocate beyond the limits. Cutting the input anywhere changes nothing
/// but where a run of text is cut.
class parser {
public:
    explicit parser(string_limits limits = {}) noexcept : limits_(limits) {}

    /// Parses @p bytes and calls @p handler as things become complete.
    template <parser_handler Handler>
    void feed(base::byte_view bytes, Handler& handler);

    /// Reads what comes next as @p input; a handler may call it. A character of which a part has come is
    /// given up.
    void read_as(encoding input) noexcept
    {
        if (input != input_)
            decoder_ = {};
        input_ = input;
    }

    /// Whether the next byte starts something new.
    [[nodiscard]] bool at_rest() const noexcept { return state_ == state::ground && !decoder_.pending(); }

    /// Bytes that bring a fresh parser with the same limits to where this one stands between two sequences:
    /// what has come of a character or a sequence, or something shorter with the same outcome. Empty at rest.
    [[nodiscard]] std::string unfinished() const;

private:
    enum class state : std::uint8_t {
        ground,
        escape,
        escape_intermediate,
        csi_entry,
        csi_param,
        csi_intermediate,
        csi_ignore,
        dcs_entry,
        dcs_param,
        dcs_intermediate,
        dcs_ignore,
        dcs_passthrough,
        osc_string,
        apc_string,
        sos_pm_string
    };
    using byte_pointer = std::uint8_t const*;
    using scanner = detail::text_scanner;

    template <typename Handler>
    byte_pointer ground(byte_pointer at, byte_pointer end, scanner& scan, Handler& handler);
    template <typename Handler>
    byte_pointer escape(byte_pointer at, byte_pointer end, Handler& handler);
    template <typename Handler>
    byte_pointer text(byte_pointer at, byte_pointer end, Handler& handler);
    template <typename Handler>
    byte_pointer eight_bit_text(byte_pointer at, byte_pointer end, Handler& handler);
    template <typename Handler>
    byte_pointer string(byte_pointer at, byte_pointer end, scanner& scan, Handler& handler);
    template <typename Handler>
    void finish_string(terminator end, Handler& handler);
    template <typename Handler>
    void step(std::uint8_t byte, Handler& handler);
    template <typename Handler>
    void escape_final(char byte, Handler& handler);
    template <typename Handler>
    void dispatch_csi(char final, Handler& handler);

    byte_pointer whole_csi(byte_pointer at, byte_pointer end) noexcept;
    byte_pointer csi_numbers(byte_pointer at, byte_pointer end) noexcept;
    void enter_escape() noexcept
    {
        state_ = state::escape;
        sequence_.numbers.clear();
        sequence_.intermediates = {};
        sequence_.prefix = 0;
        sequence_.final = 0;
    }
    void enter_string(state kind, std::size_t limit) noexcept;
    void parameter_byte(std::uint8_t byte) noexcept;
    void intermediate_byte(std::uint8_t byte) noexcept;
    void keep(byte_pointer from, byte_pointer to);
    [[nodiscard]] std::string unfinished_header() const;
    [[nodiscard]] bool in_string() const noexcept { return state_ >= state::dcs_ignore; }
    [[nodiscard]] bool in_dcs_header() const noexcept
    {
        return state_ >= state::dcs_entry && state_ <= state::dcs_intermediate;
    }

    string_limits limits_;
    std::size_t limit_ = 0;  ///< of the string being received
    std::string payload_;
    sequence sequence_;
    utf8_decoder decoder_;
    state state_ = state::ground;
    encoding input_ = encoding::utf_8;
    bool dropped_ = false;  ///< the string being received is over its limit
    bool held_c2_ = false;  ///< a string's last byte was 0xC2, the first half of ST as a C1 control
};

}  // namespace tendril::vt

#include <tendril/vt/detail/parser_feed.hpp>
