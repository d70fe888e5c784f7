#pragma once

/// @file
/// gzip files of any number of members, decoded in bounded memory, and members made. Pure.
/// Layer: record (base). Spec: RFC 1952; zlib.h.

#include <tendril/base/error.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendril::record {

/// What a gzip file begins with: RFC 1952, ID1 ID2 and the only method.
inline constexpr std::string_view gzip_magic = "\x1f\x8b\x08";

/// One gzip member that holds @p text. @p level is zlib's: 1 is the fastest, 9 the smallest.
[[nodiscard]] std::string gzip_member(std::string_view text, int level = 1);

/// Decodes a file of gzip members, a piece at a time, so that a file that unpacks to terabytes costs no
/// memory.
///
/// Total. A file may be cut anywhere: everything before the cut is decoded. After a damaged place decoding
/// goes on at the next member, which may begin up to `longest_search_bytes` before it shows. Both are said in
/// warnings.
class gzip_decoder {
public:
    static constexpr std::size_t longest_search_bytes = 1024 * 1024;

    gzip_decoder();
    gzip_decoder(gzip_decoder&&) noexcept;
    gzip_decoder& operator=(gzip_decoder&&) noexcept;
    ~gzip_decoder();

    /// Takes more of the file.
    void push(std::string_view bytes);

    /// Says that there is no more.
    void finish() noexcept { is_finished_ = true; }

    /// Appends up to @p most decoded bytes to @p to, up to a damaged place; false when there is nothing to
    /// decode now.
    bool decode(std::string& to, std::size_t most);

    /// True once after each damaged place: bytes are missing before what decode() gives next.
    [[nodiscard]] bool take_damage() noexcept { return std::exchange(is_damaged_, false); }

    /// What was wrong since the last call, one line each.
    [[nodiscard]] std::vector<std::string> take_warnings() { return std::exchange(warnings_, {}); }

private:
    struct stream;
    enum class place { between_members, in_member, after_damage };

    bool skip_to_member();
    void warn(std::string what);

    std::unique_ptr<stream> zlib_;
    std::string waiting_;
    std::size_t taken_ = 0;   // of waiting_
    std::size_t member_ = 0;  // of waiting_: where to look for another member when this one is damaged
    place place_ = place::between_members;
    bool is_finished_ = false;
    bool is_damaged_ = false;
    std::uint64_t warning_count_ = 0;
    std::vector<std::string> warnings_;
};

}  // namespace tendril::record
