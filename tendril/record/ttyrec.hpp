#pragma once

/// @file
/// ttyrec files: frames of three little-endian 32-bit numbers - seconds, microseconds, length - and the
/// bytes. Pure. Layer: record (base). Spec: ttyrec 1.0.8, io.c; docs/formats.md.

#include <tendril/base/error.hpp>
#include <tendril/record/event_reader.hpp>
#include <tendril/record/event_writer.hpp>
#include <tendril/record/recording.hpp>
#include <tendril/record/warning_list.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tendril::record {

/// True when @p beginning, the first bytes of a file, can be a ttyrec; @p is_whole says that there are no
/// more.
[[nodiscard]] bool looks_like_ttyrec(std::string_view beginning, bool is_whole) noexcept;

/// ttyrec, decoded. A file cut anywhere is read up to its last whole frame; at most one frame and the last
/// push are held in memory.
///
/// Differences from ttyrec: a frame that is nothing but `CSI 8 ; ROWS ; COLUMNS t` is read as a resize, as
/// recorders of the family write the size. The format has no other place for it: 80x24 is taken until then.
class ttyrec_reader final : public event_reader {
public:
    static constexpr std::size_t longest_frame_bytes = 16 * 1024 * 1024;

    /// Errors will name the recording @p name.
    explicit ttyrec_reader(std::string name = "the recording");

    void push(std::string_view bytes) override;
    void finish() noexcept override { is_finished_ = true; }
    [[nodiscard]] result<std::optional<event>> next() override;
    [[nodiscard]] std::optional<header> const& head() const noexcept override { return head_; }
    [[nodiscard]] std::vector<std::string> take_warnings() override { return warnings_.take(); }

private:
    void begin(moment first, std::string_view bytes);
    moment since_beginning(moment when);
    void warn(std::string what);
    std::unexpected<error> fail(error_code why);

    std::string name_;
    std::string buffer_;
    std::size_t consumed_ = 0;
    std::uint64_t frame_number_ = 0;
    bool is_finished_ = false;
    std::optional<header> head_;
    moment origin_{0};
    moment now_{0};
    warning_list warnings_;
    std::optional<error> failed_;
};

/// ttyrec, encoded: output exactly, sizes as `CSI 8 ; ROWS ; COLUMNS t`, nothing else.
class ttyrec_writer final : public event_writer {
public:
    void begin(header const& from, std::string& to) override;
    void output(moment when, base::byte_view bytes, std::string& to) override;
    void write(event const& from, std::string& to) override;
    void finish(std::string&) override {}

private:
    void frame(moment when, std::string_view bytes, std::string& to);

    moment origin_{0};
    moment latest_{0};
};

}  // namespace tendril::record
