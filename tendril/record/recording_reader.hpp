#pragma once

/// @file
/// Reads a recording in any format, found by its content. Pure. Layer: record (base). Design:
/// docs/formats.md.

#include <tendril/base/error.hpp>
#include <tendril/record/event_reader.hpp>
#include <tendril/record/format.hpp>
#include <tendril/record/gzip.hpp>
#include <tendril/record/recording.hpp>
#include <tendril/record/typescript_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::record {

/// Any recording, decoded; one that is gzipped is unpacked on the way, whatever its format.
///
/// Memory: what the format's reader holds, the last push, and 64 KiB of unpacked bytes: a file that unpacks
/// to terabytes is read as slowly as its events are asked for.
class recording_reader final : public event_reader {
public:
    /// Beyond this many unpacked bytes reading ends with an error: more than a year of a busy terminal.
    static constexpr std::uint64_t longest_unpacked_bytes = std::uint64_t{1} << 36;

    /// @p companions belong to a typescript and are ignored for every other format.
    explicit recording_reader(std::string name = "the recording", typescript_companions companions = {});

    void push(std::string_view bytes) override;
    void finish() noexcept override { is_finished_ = true; }
    [[nodiscard]] result<std::optional<event>> next() override;
    [[nodiscard]] std::optional<header> const& head() const noexcept override;
    [[nodiscard]] std::vector<std::string> take_warnings() override;

    /// What the recording is; none until next() has seen it.
    [[nodiscard]] std::optional<format> found() const noexcept;

private:
    bool move_bytes();
    bool recognise();
    std::unexpected<error> fail(error_code why);

    std::string name_;
    typescript_companions companions_;
    bool has_timing_ = false;
    std::string waiting_;  // before it is known whether they are packed
    std::string plain_;    // unpacked, before the format is known
    std::optional<gzip_decoder> unpacking_;
    bool is_packing_known_ = false;
    std::uint64_t unpacked_bytes_ = 0;
    bool is_finished_ = false;
    bool is_inner_finished_ = false;
    std::unique_ptr<event_reader> inner_;
    std::optional<format> format_;
    std::optional<error> failed_;
};

}  // namespace tendril::record
