#pragma once

/// @file
/// Reads what script(1) wrote: a typescript and its timing, classic or of several streams. Pure.
/// Layer: record (base). Spec: util-linux 2.38 script(1), scriptreplay(1); docs/formats.md.

#include <tendril/base/error.hpp>
#include <tendril/record/event_reader.hpp>
#include <tendril/record/recording.hpp>
#include <tendril/record/warning_list.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::record {

/// What belongs to a typescript and stands in files of its own.
struct typescript_companions {
    std::optional<std::string> timing;  ///< without it everything was written at once
    std::optional<std::string> input;   ///< the input log, where it is not the typescript itself
};

/// True for the first line of a typescript.
[[nodiscard]] bool looks_like_typescript(std::string_view beginning) noexcept;

/// True for the first line of a timing file, which alone is no recording.
[[nodiscard]] bool looks_like_timing(std::string_view beginning) noexcept;

/// A typescript, decoded; the typescript itself is what is pushed.
///
/// Bytes are kept exactly. Where timing and typescript do not agree, as after a crash, what there is of both
/// is read, with a warning. Beside the companions at most `longest_piece_bytes` and the last push are held in
/// memory.
///
/// Differences from scriptreplay: the first line is passed over only when it is script's; the last line,
/// which tells the exit status, is read as that; signals other than SIGWINCH are events `other` with the code
/// "signal".
class typescript_reader final : public event_reader {
public:
    /// Longer runs of output are cut into events of this size.
    static constexpr std::size_t longest_piece_bytes = 1024 * 1024;

    /// Errors will name the recording @p name.
    explicit typescript_reader(typescript_companions companions = {}, std::string name = "the recording");

    void push(std::string_view bytes) override;
    void finish() noexcept override { is_finished_ = true; }
    [[nodiscard]] result<std::optional<event>> next() override;
    [[nodiscard]] std::optional<header> const& head() const noexcept override { return head_; }
    [[nodiscard]] std::vector<std::string> take_warnings() override { return warnings_.take(); }

private:
    enum class stream { output, input };

    bool read_first_line();
    std::optional<event> read_stream();
    std::optional<event> read_timing_line();
    std::optional<event> read_header_entry(std::string_view rest);
    std::optional<event> read_rest();
    std::optional<event> read_ending(std::string_view from);
    event ended(std::string status);
    void advance(std::string_view seconds);
    void warn(std::string what);

    typescript_companions companions_;
    std::string name_;
    std::string buffer_;
    std::size_t consumed_ = 0;      // of buffer_
    std::size_t input_taken_ = 0;   // of companions_.input
    std::size_t timing_taken_ = 0;  // of companions_.timing
    std::uint64_t timing_line_ = 0;
    std::uint64_t wanted_ = 0;  // bytes of stream_ that the last timing entry still covers
    stream stream_ = stream::output;
    bool is_input_in_output_ = false;
    bool is_finished_ = false;
    bool has_ended_ = false;
    bool has_warned_of_input_ = false;
    bool has_warned_of_rest_ = false;
    std::optional<header> head_;
    moment now_{0};
    warning_list warnings_;
};

}  // namespace tendril::record
