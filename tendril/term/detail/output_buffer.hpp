#pragma once

/// @file
/// Text that grows by many short pieces. Layer: term. Spec: none.

#include <tendril/term/detail/numbers.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace tendril::term::detail {

/// A string whose size is counted beside it, so that a piece of a few bytes costs a comparison and a store.
class output_buffer {
public:
    /// Room for @p count bytes behind what is there. The caller says with took() how many it wrote.
    [[nodiscard]] char* room(std::size_t count)
    {
        if (text_.size() - size_ < count)
            grow(count);
        return text_.data() + size_;
    }
    void took(std::size_t count) noexcept { size_ += count; }
    void took_until(char const* end) noexcept { size_ = static_cast<std::size_t>(end - text_.data()); }

    output_buffer& operator+=(char byte)
    {
        *room(1) = byte;
        took(1);
        return *this;
    }
    output_buffer& operator+=(std::string_view piece)
    {
        auto* const to = room(piece.size());
        if (piece.size() == 1)  // so short are most
            *to = piece.front();
        else
            std::copy(piece.begin(), piece.end(), to);
        took(piece.size());
        return *this;
    }
    void append(std::size_t count, char byte)
    {
        std::fill_n(room(count), count, byte);
        took(count);
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::string_view text() const noexcept { return {text_.data(), size_}; }

    [[nodiscard]] std::string take()
    {
        text_.resize(std::exchange(size_, 0));
        return std::exchange(text_, {});
    }

private:
    void grow(std::size_t count)
    {
        auto const wanted = std::max(2 * text_.size(), size_ + count + first_room);
        text_.resize_and_overwrite(wanted, [](char*, std::size_t size) { return size; });
    }

    static constexpr std::size_t first_room = 240;

    std::string text_;
    std::size_t size_ = 0;
};

/// Appends @p number in decimal.
inline void append_number(output_buffer& to, unsigned number)
{
    constexpr std::size_t most_digits = 10;
    to.took_until(written(to.room(most_digits), number));
}

}  // namespace tendril::term::detail
