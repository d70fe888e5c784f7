#include <tendril/term/row.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace tendril::term {

namespace {

constexpr std::size_t capacity_step = 16;  // columns; 80, 120 and 132 waste next to nothing

std::size_t index_of(int column) noexcept
{
    return static_cast<std::size_t>(column);
}

/// Whether one byte holds what @p shown shows.
bool is_latin(glyph shown) noexcept
{
    return shown.part() == glyph::role::narrow && !shown.is_cluster() && shown.value() < 0x100;
}

/// Replaces @p array by one of @p capacity elements that begins with the @p used old ones.
template <typename Element>
void regrow(std::unique_ptr<Element[]>& array, std::size_t used, std::size_t capacity)
{
    auto grown = std::make_unique_for_overwrite<Element[]>(capacity);
    std::copy_n(array.get(), used, grown.get());
    array = std::move(grown);
}

}  // namespace

row& row::operator=(row const& other)
{
    if (this == &other)
        return *this;
    clear(other.fill_);
    generation_ = other.generation_;
    identity_ = other.identity_;
    wrapped_ = other.wrapped_;
    size_ = other.size_;
    reserve(other.used_);
    if (other.wide_) {
        widen();
        std::copy_n(other.glyphs_.get(), other.used_, glyphs_.get());
    } else if (other.used_ != 0) {
        std::copy_n(other.bytes_.get(), other.used_, bytes_.get());
    }
    if (other.styled_) {
        keep_styles();
        std::copy_n(other.styles_.get(), other.used_, styles_.get());
    }
    if (other.decorated_) {
        keep_decorations();
        std::copy_n(other.decorations_.get(), other.used_, decorations_.get());
    }
    used_ = other.used_;
    return *this;
}

void row::swap(row& other) noexcept
{
    std::swap(bytes_, other.bytes_);
    std::swap(glyphs_, other.glyphs_);
    std::swap(styles_, other.styles_);
    std::swap(decorations_, other.decorations_);
    std::swap(fill_, other.fill_);
    std::swap(generation_, other.generation_);
    std::swap(identity_, other.identity_);
    std::swap(used_, other.used_);
    std::swap(capacity_, other.capacity_);
    std::swap(wrapped_, other.wrapped_);
    std::swap(size_, other.size_);
    std::swap(wide_, other.wide_);
    std::swap(styled_, other.styled_);
    std::swap(decorated_, other.decorated_);
}

bool row::shows_same_as(row const& other) const noexcept
{
    if (fill_ != other.fill_)
        return false;
    for (int column = 0; column < std::max(used(), other.used()); ++column)
        if (at(column) != other.at(column))
            return false;
    return true;
}

void row::reserve(int columns)
{
    if (index_of(columns) <= capacity_)
        return;
    constexpr std::size_t most = std::numeric_limits<std::uint16_t>::max();
    auto const wanted = std::max(index_of(columns), std::size_t{capacity_} * 2);
    auto const capacity = std::min((wanted + capacity_step - 1) / capacity_step * capacity_step, most);
    regrow(bytes_, wide_ ? 0 : used_, capacity + detail::short_run);
    if (glyphs_)
        regrow(glyphs_, wide_ ? used_ : 0, capacity);
    if (styles_)
        regrow(styles_, styled_ ? used_ : 0, capacity);
    if (decorations_)
        regrow(decorations_, decorated_ ? used_ : 0, capacity);
    capacity_ = static_cast<std::uint16_t>(capacity);
}

void row::widen()
{
    if (wide_)
        return;
    if (!glyphs_)
        glyphs_ = std::make_unique_for_overwrite<glyph[]>(capacity_);
    std::transform(bytes_.get(), bytes_.get() + used_, glyphs_.get(),
                   [](std::uint8_t byte) { return glyph::character(byte); });
    wide_ = true;
}

void row::keep_styles()
{
    if (styled_)
        return;
    if (!styles_)
        styles_ = std::make_unique_for_overwrite<rendition[]>(capacity_);
    std::fill_n(styles_.get(), used_, rendition());
    styled_ = true;
}

void row::keep_decorations()
{
    if (decorated_)
        return;
    if (!decorations_)
        decorations_ = std::make_unique_for_overwrite<std::uint32_t[]>(capacity_);
    std::fill_n(decorations_.get(), used_, 0u);
    decorated_ = true;
}

/// Gives the columns [@p from, @p to), which are stored or are about to be, the rendition and decoration of
/// @p like.
void row::set_looks(int from, int to, cell const& like)
{
    if (like.style != rendition())
        keep_styles();
    if (styled_)
        fill_columns(styles_.get(), from, to, like.style);
    if (like.decoration != 0)
        keep_decorations();
    if (decorated_)
        fill_columns(decorations_.get(), from, to, like.decoration);
}

template <typename Element>
void row::fill_columns(Element* array, int from, int to, Element value) noexcept
{
    if (to - from <= detail::short_run)
        detail::fill_run(array + from, to - from, value);
    else
        std::fill(array + from, array + to, value);
}

void row::set(int column, cell const& what)
{
    if (!is_latin(what.shown))
        widen();
    if (wide_)
        glyphs_[index_of(column)] = what.shown;
    else
        bytes_[index_of(column)] = static_cast<std::uint8_t>(what.shown.value());
    set_looks(column, column + 1, what);
}

/// Blanks the stored columns [@p from, @p to).
void row::blank(int from, int to, rendition fill)
{
    if (wide_)
        std::fill(glyphs_.get() + from, glyphs_.get() + to, glyph());
    else
        std::fill(bytes_.get() + from, bytes_.get() + to, std::uint8_t{0});
    set_looks(from, to, {.style = fill, .shown = {}, .decoration = 0});
}

/// Moves the stored columns [@p from, @p to) to @p target; the ranges may overlap.
void row::shift(int from, int to, int target) noexcept
{
    auto const move = [&](auto& array) {
        auto* const start = array.get();
        if (target <= from)
            std::copy(start + from, start + to, start + target);
        else
            std::copy_backward(start + from, start + to, start + (target + to - from));
    };
    if (wide_)
        move(glyphs_);
    else
        move(bytes_);
    if (styled_)
        move(styles_);
    if (decorated_)
        move(decorations_);
}

void row::extend(int columns)
{
    if (columns <= used_)
        return;
    reserve(columns);
    auto const from = used();
    used_ = static_cast<std::uint16_t>(columns);
    blank(from, columns, fill_);
}

void row::trim() noexcept
{
    cell const empty{.style = fill_, .shown = {}, .decoration = 0};
    while (used_ != 0 && at(used_ - 1) == empty)
        --used_;
    if (used_ == 0)
        wide_ = styled_ = decorated_ = false;
}

void row::detach(int column) noexcept
{
    if (column <= 0 || !is_tail(column))
        return;
    for (auto const half : {column - 1, column}) {
        auto const index = index_of(half);
        glyphs_[index] = {};
        if (styled_)
            styles_[index] = styles_[index].erased();
        if (decorated_)
            decorations_[index] = 0;
    }
}

void row::put_styled(int column, std::string_view latin, cell const& like)
{
    auto const to = column + static_cast<int>(latin.size());
    detach(column);
    detach(to);
    extend(column);
    reserve(to);
    if (wide_)
        std::transform(latin.begin(), latin.end(), glyphs_.get() + column,
                       [](char byte) { return glyph::character(static_cast<unsigned char>(byte)); });
    else
        std::memcpy(bytes_.get() + column, latin.data(), latin.size());
    set_looks(column, to, like);
    used_ = std::max(used_, static_cast<std::uint16_t>(to));
}

void row::put_glyphs(int column, std::span<std::uint32_t const> shown, cell const& like)
{
    auto const to = column + static_cast<int>(shown.size());
    detach(column);
    detach(to);
    extend(column);
    reserve(to);
    widen();
    auto* into = glyphs_.get() + column;
    for (auto const bits : shown)
        *into++ = glyph::from_bits(bits);
    set_looks(column, to, like);
    used_ = std::max(used_, static_cast<std::uint16_t>(to));
}

void row::put(int column, cell const& what)
{
    if (is_latin(what.shown)) {
        auto const byte = static_cast<char>(what.shown.value());
        put_latin(column, std::string_view(&byte, 1), what);
        return;
    }
    std::uint32_t const pair[] = {what.shown.bits(), glyph::tail().bits()};
    put_glyphs(column, std::span(pair, what.shown.part() == glyph::role::wide ? 2 : 1), what);
}

void row::amend(int column, cell const& what)
{
    extend(column + 1);
    set(column, what);
    if (what.shown.part() == glyph::role::wide && column + 1 < used_)
        set_looks(column + 1, column + 2, what);
}

void row::erase(int from, int to, int columns, rendition fill)
{
    detach(from);
    detach(to);
    if (to >= columns) {
        if (fill != fill_ && from != 0)
            extend(from);
        used_ = std::min(used_, static_cast<std::uint16_t>(from));
        auto const same = fill == fill_ || from == 0;
        fill_ = fill;
        if (same)
            trim();
        return;
    }
    if (fill == fill_ && from >= used_)
        return;
    extend(to);
    blank(from, to, fill);
    trim();
}

void row::insert(int from, int to, int count, rendition fill)
{
    count = std::min(count, to - from);
    if (count <= 0 || (from >= used_ && fill == fill_))
        return;
    detach(from);
    detach(to);
    detach(to - count);
    extend(to);
    shift(from, to - count, from + count);
    blank(from, from + count, fill);
    trim();
}

void row::remove(int from, int to, int count, rendition fill)
{
    count = std::min(count, to - from);
    if (count <= 0 || (from >= used_ && fill == fill_))
        return;
    detach(from);
    detach(from + count);
    detach(to);
    extend(to);
    shift(from + count, to, from);
    blank(to - count, to, fill);
    trim();
}

/// Copies @p stored columns that @p other has stored, into columns that are stored here.
void row::copy_stored(row const& other, int from, int stored, int target)
{
    if (other.wide_) {
        widen();
        std::copy_n(other.glyphs_.get() + from, stored, glyphs_.get() + target);
    } else if (wide_) {
        std::transform(other.bytes_.get() + from, other.bytes_.get() + from + stored, glyphs_.get() + target,
                       [](std::uint8_t byte) { return glyph::character(byte); });
    } else {
        std::copy_n(other.bytes_.get() + from, stored, bytes_.get() + target);
    }
    set_looks(target, target + stored, {});
    if (other.styled_) {
        keep_styles();
        std::copy_n(other.styles_.get() + from, stored, styles_.get() + target);
    }
    if (other.decorated_) {
        keep_decorations();
        std::copy_n(other.decorations_.get() + from, stored, decorations_.get() + target);
    }
}

void row::copy(row const& other, int from, int to, int target)
{
    if (&other == this) {
        row const before = other;
        copy(before, from, to, target);
        return;
    }
    auto const count = to - from;
    if (count <= 0)
        return;
    detach(target);
    detach(target + count);
    extend(target + count);
    auto const stored = std::clamp(other.used() - from, 0, count);
    if (stored != 0)
        copy_stored(other, from, stored, target);
    blank(target + stored, target + count, other.fill_);
    auto const cut = [&](int column) {
        set(column, {.style = at(column).style.erased(), .shown = {}, .decoration = 0});
    };
    if (at(target).shown.part() == glyph::role::tail)
        cut(target);
    if (at(target + count - 1).shown.part() == glyph::role::wide)
        cut(target + count - 1);
    trim();
}

void row::truncate(int columns)
{
    detach(columns);
    used_ = std::min(used_, static_cast<std::uint16_t>(columns));
    trim();
}

}  // namespace tendril::term
