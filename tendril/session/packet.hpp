#pragma once

/// @file
/// What a session's host and its clients say to each other over a unix stream socket: this file is the
/// format. Pure. Layer: session (base, process, term). Spec: docs/adr/0026; parity row M12.
///
/// A packet is one byte of type, four of payload length, and the payload. Numbers are little endian; a text
/// at the end of a payload has no length of its own, one before that has two bytes of it in front. Whoever
/// reads skips types that it does not know and ignores what follows in a payload behind what it knows: both
/// are how the format grows. A payload is at most `largest_payload`.
///
// clang-format off
/// | type | to | payload |
/// |---|---|---|
/// | 1 hello | host | version 2, view 1, abilities 1 (1: REP, 2: mode 2026), columns 2, rows 2 (0: no opinion) |
/// | 2 keys | host | bytes to be typed |
/// | 3 resize | host | columns 2, rows 2; the next frame paints everything |
/// | 4 signal | host | number 1; for the program's process group |
/// | 5 terminate | host | nothing; hang-up, termination, kill, as session::usual_stop() |
/// | 16 welcome | client | version 2, host 4, program 4, milliseconds since 1970 8, columns 2, rows 2, clients 2, ended 1 (1: the end comes next), name, command |
/// | 17 refused | client | why, for people; nothing follows |
/// | 18 screen | client | columns 2, rows 2; a fresh terminal of that size is what the output that follows is for |
/// | 19 output | client | bytes for the client's terminal |
/// | 20 resized | client | columns 2, rows 2; the client's terminal has this size from here on |
/// | 21 exited | client | 0 code 1, or 1 signal 1 and 1 after a core dump; nothing follows |
// clang-format on
///
/// The client speaks first, with hello, and gets welcome or refused. Then come packets by the view it asked
/// for, and exited when the program has ended, its last output before that.

#include <tendril/base/bytes.hpp>
#include <tendril/base/error.hpp>
#include <tendril/process/exit_status.hpp>
#include <tendril/term/difference.hpp>
#include <tendril/term/size.hpp>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace tendril::session {

enum class packet_type : std::uint8_t {
    hello = 1,
    keys = 2,
    resize = 3,
    signal = 4,
    terminate = 5,
    welcome = 16,
    refused = 17,
    screen = 18,
    output = 19,
    resized = 20,
    exited = 21,
};

/// The version that both sides must speak.
inline constexpr std::uint16_t packet_version = 1;

/// What a reader's peer can make it hold. Longer keys and output go in several packets.
inline constexpr std::size_t largest_payload = std::size_t{64} * 1024;

/// What a client wants to be told.
enum class host_view : std::uint8_t {
    none = 0,    ///< nothing but the welcome and the end; somebody else is waited for to hear of the end
    frames = 1,  ///< what the screen shows, at the client's pace: frames are skipped, never queued
    bytes = 2,   ///< everything the screen was, then every byte of output
    ending = 3,  ///< nothing but the welcome and the end
};

struct hello_packet {
    std::uint16_t version = packet_version;
    host_view view = host_view::none;
    term::client_abilities can = {};
    term::grid_size size = {0, 0};  ///< 0: no opinion

    bool operator==(hello_packet const& other) const noexcept;
};

struct welcome_packet {
    std::uint16_t version = packet_version;
    std::uint32_t host = 0;     ///< its process id
    std::uint32_t program = 0;  ///< its process id
    std::uint64_t started = 0;  ///< milliseconds since 1970
    term::grid_size size = {};
    std::uint16_t clients = 0;  ///< that look on; a view of none does not count
    bool ended = false;         ///< the program is over, and its end is the next that is told
    std::string name;
    std::string command;  ///< as a shell would be given it

    bool operator==(welcome_packet const&) const = default;
};

/// One packet as it came.
struct packet {
    packet_type type{};
    std::string payload;
};

/// @p payload as a packet. Precondition: at most `largest_payload`; see append_pieces().
[[nodiscard]] std::string packed(packet_type type, std::string_view payload = {});
[[nodiscard]] std::string packed(hello_packet const& hello);
[[nodiscard]] std::string packed(welcome_packet const& welcome);
[[nodiscard]] std::string packed(packet_type type, term::grid_size size);
[[nodiscard]] std::string packed(process::exit_status how);

/// Appends @p bytes, however many, to @p to as packets of @p type.
void append_pieces(std::string& to, packet_type type, std::string_view bytes);

/// What a payload says; empty when it is too short or says what cannot be.
[[nodiscard]] std::optional<hello_packet> unpacked_hello(std::string_view payload);
[[nodiscard]] std::optional<welcome_packet> unpacked_welcome(std::string_view payload);
[[nodiscard]] std::optional<term::grid_size> unpacked_size(std::string_view payload);
[[nodiscard]] std::optional<process::exit_status> unpacked_exit(std::string_view payload);

/// Makes packets of a stream, however it is cut.
///
/// Total: no input does anything but give packets or an error. Pressure: holds what was pushed and not yet
/// taken, so take everything before more is pushed.
class packet_reader {
public:
    void push(base::byte_view bytes);

    /// The next packet; none when more bytes are needed.
    /// Errors: message_size when a payload is longer than may be. It stays that way.
    [[nodiscard]] std::expected<std::optional<packet>, error_code> next();

private:
    std::string bytes_;
    std::size_t at_ = 0;
};

}  // namespace tendril::session
