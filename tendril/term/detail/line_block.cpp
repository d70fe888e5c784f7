#include <tendril/term/detail/line_block.hpp>

#include <algorithm>
#include <utility>

namespace tendril::term::detail {

namespace {

/// In the two-byte form a wide character's tail; a head is what stands before one.
constexpr std::uint16_t packed_tail = 0xFFFF;

/// Writes to @p ends where each stretch of equal neighbours in @p values ends. Returns how many there are;
/// 0 when all are @p plain.
template <typename Value>
std::uint16_t find_runs(std::span<Value const> values, Value const& plain, std::vector<std::uint16_t>& ends)
{
    if (values.empty())
        return 0;
    if (ends.size() < values.size())
        ends.resize(values.size());
    std::size_t runs = 0;
    for (std::size_t i = 1; i < values.size(); ++i) {
        ends[runs] = static_cast<std::uint16_t>(i);  // overwritten unless a run ends here
        runs += values[i] != values[i - 1] ? 1u : 0u;
    }
    ends[runs++] = static_cast<std::uint16_t>(values.size());
    return runs == 1 && values[0] == plain ? 0 : static_cast<std::uint16_t>(runs);
}

/// Writes trivial values one behind the other.
class writer {
public:
    explicit writer(std::byte* at) noexcept : at_(at) {}

    template <typename Value>
    void put(Value const& value) noexcept
    {
        put(std::span(&value, 1));
    }
    template <typename Value>
    void put(std::span<Value const> values) noexcept
    {
        if (!values.empty())
            std::memcpy(at_, values.data(), values.size_bytes());
        at_ += values.size_bytes();
    }

    /// @p count values, of which @p made(i) is one.
    template <typename Value, typename Made>
    void put_each(std::size_t count, Made&& made) noexcept
    {
        auto* const from = at_;
        for (std::size_t i = 0; i < count; ++i) {
            Value const value = made(i);
            std::memcpy(from + i * sizeof value, &value, sizeof value);
        }
        at_ += count * sizeof(Value);
    }

    /// The values of all runs, then where each run ends.
    template <typename Value>
    void put_runs(std::span<Value const> values, std::span<std::uint16_t const> ends) noexcept
    {
        for (auto const end : ends)
            put(values[end - 1u]);
        put(ends);
    }

private:
    std::byte* at_;
};

/// Reads what a writer wrote.
class reader {
public:
    explicit reader(std::byte const* at) noexcept : at_(at) {}

    template <typename Value>
    Value take() noexcept
    {
        Value value;
        take(std::span(&value, 1));
        return value;
    }
    template <typename Value>
    void take(std::span<Value> into) noexcept
    {
        if (!into.empty())
            std::memcpy(into.data(), at_, into.size_bytes());
        at_ += into.size_bytes();
    }
    template <typename Value>
    void take_runs(Value* into, std::size_t runs) noexcept
    {
        reader ends(at_ + runs * sizeof(Value));
        std::uint16_t from = 0;
        for (; runs != 0; --runs) {
            auto const value = take<Value>();
            auto const to = ends.take<std::uint16_t>();
            std::fill(into + from, into + to, value);
            from = to;
        }
        at_ = ends.at_;
    }
    void skip(std::size_t bytes) noexcept { at_ += bytes; }

private:
    std::byte const* at_;
};

void put_narrowed(writer& to, std::span<glyph const> shown) noexcept
{
    to.put_each<std::uint16_t>(shown.size(), [shown](std::size_t i) {
        auto const is_tail = shown[i].part() == glyph::role::tail;
        return static_cast<std::uint16_t>(shown[i].value() | (is_tail ? packed_tail : 0u));  // of a tail: 0
    });
}

template <typename Run>
constexpr std::size_t run_bytes = sizeof(Run) + sizeof(std::uint16_t);

}  // namespace

void packing::measure(row const& line)
{
    header = {};
    header.used = static_cast<std::uint16_t>(line.used());
    header.flags = flags_of(line);
    if (line.fill() != rendition())
        header.flags |= packed_header::filled;

    std::uint32_t all = 0;
    auto escape = false;  // a character that the two-byte form needs for itself
    for (auto const each : line.glyphs()) {
        all |= each.bits();
        escape |= each.value() == packed_tail;
    }
    if ((all & glyph::cluster(0, glyph::role::narrow).bits()) != 0)
        header.flags |= packed_header::has_clusters;
    auto const scalars = all & ~glyph::tail().bits() & ~glyph::character(0, glyph::role::wide).bits();
    if (scalars >= 0x10000 || escape)
        header.width = 4;
    else if (all >= 0x100)
        header.width = 2;
    header.style_runs = find_runs(line.styles(), rendition(), style_ends);
    header.decoration_runs = find_runs(line.decorations(), 0u, decoration_ends);

    bytes = sizeof header + std::size_t{header.used} * header.width +
            ((header.flags & packed_header::filled) != 0 ? sizeof(rendition) : 0) +
            header.style_runs * run_bytes<rendition> + header.decoration_runs * run_bytes<std::uint32_t>;
}

line_block::line_block(line_block const& other) : line_block(other.capacity_)
{
    std::copy_n(other.memory_.get(), other.filled_, memory_.get());
    auto const places = other.count_ * sizeof(std::uint32_t);
    std::copy_n(other.memory_.get() + (capacity_ - places), places, memory_.get() + (capacity_ - places));
    filled_ = other.filled_;
    count_ = other.count_;
    first_ = other.first_;
    start_ = other.start_;
}

line_block& line_block::operator=(line_block other) noexcept
{
    std::swap(memory_, other.memory_);
    std::swap(capacity_, other.capacity_);
    std::swap(filled_, other.filled_);
    std::swap(count_, other.count_);
    std::swap(first_, other.first_);
    std::swap(start_, other.start_);
    return *this;
}

void line_block::append(row const& line, packing const& measured) noexcept
{
    auto const& header = measured.header;
    writer to(place_line(measured.bytes));
    to.put(header);
    if ((header.flags & packed_header::filled) != 0)
        to.put(line.fill());
    to.put_runs(line.styles(), std::span(measured.style_ends).first(header.style_runs));
    to.put_runs(line.decorations(), std::span(measured.decoration_ends).first(header.decoration_runs));
    if (header.width == 4)
        to.put(line.glyphs());
    else if (header.width == 2)
        put_narrowed(to, line.glyphs());
    else if (!line.bytes().empty())
        to.put(line.bytes());
    else
        for (auto const each : line.glyphs())
            to.put(static_cast<std::uint8_t>(each.value()));
}

void line_block::read(std::size_t index, row& into) const
{
    reader from(at(index));
    auto const header = from.take<packed_header>();
    auto const fill = (header.flags & packed_header::filled) != 0 ? from.take<rendition>() : rendition();
    into.clear(fill);
    into.wrapped_ = (header.flags & packed_header::wrapped) != 0;
    into.size_ = static_cast<line_size>(header.flags >> packed_header::size_shift);
    into.reserve(header.used);
    if (header.style_runs != 0) {
        into.keep_styles();
        from.take_runs(into.styles_.get(), header.style_runs);
    }
    if (header.decoration_runs != 0) {
        into.keep_decorations();
        from.take_runs(into.decorations_.get(), header.decoration_runs);
    }
    if (header.width == 1) {
        from.take(std::span(into.bytes_.get(), header.used));
    } else {
        into.widen();
        auto* const shown = into.glyphs_.get();
        for (std::size_t i = 0; i < header.used; ++i) {
            if (header.width == 4) {
                shown[i] = from.take<glyph>();
                continue;
            }
            auto const value = from.take<std::uint16_t>();
            shown[i] = value == packed_tail ? glyph::tail() : glyph::character(value);
            if (value == packed_tail)
                shown[i - 1] = shown[i - 1].with(glyph::role::wide);
        }
    }
    into.used_ = header.used;
}

void line_block::list_clusters(std::vector<std::uint32_t>& to) const
{
    for (std::size_t i = 0; i < size(); ++i) {
        auto const about = header(i);
        if ((about.flags & packed_header::has_clusters) == 0)
            continue;
        reader from(at(i));
        from.skip(sizeof about + ((about.flags & packed_header::filled) != 0 ? sizeof(rendition) : 0) +
                  about.style_runs * run_bytes<rendition> + about.decoration_runs * run_bytes<std::uint32_t>);
        for (std::size_t column = 0; column < about.used; ++column)
            if (auto const shown = from.take<glyph>(); shown.is_cluster())
                to.push_back(shown.value());
    }
}

void line_block::list_decorations(std::vector<std::uint32_t>& to) const
{
    for (std::size_t i = 0; i < size(); ++i) {
        auto const about = header(i);
        reader from(at(i));
        from.skip(sizeof about + ((about.flags & packed_header::filled) != 0 ? sizeof(rendition) : 0) +
                  about.style_runs * run_bytes<rendition>);
        for (std::size_t run = 0; run < about.decoration_runs; ++run)
            to.push_back(from.take<std::uint32_t>());
    }
}

std::vector<std::byte> line_block::flattened() const
{
    auto const lines = size();
    auto const table = lines * sizeof(std::uint32_t);
    auto const first = empty() ? filled_ : static_cast<std::size_t>(at(0) - memory_.get());
    std::vector<std::byte> flat(table + filled_ - first);
    for (std::size_t i = 0; i < lines; ++i) {
        auto const* const end = i + 1 < lines ? at(i + 1) : memory_.get() + filled_;
        auto const length = static_cast<std::uint32_t>(end - at(i));
        std::memcpy(flat.data() + i * sizeof length, &length, sizeof length);
    }
    std::copy(memory_.get() + first, memory_.get() + filled_, flat.data() + table);
    return flat;
}

line_block line_block::from_flattened(std::span<std::byte const> from, std::size_t lines)
{
    line_block made(from.size());  // offsets take as much room as lengths
    auto const* next = from.data() + lines * sizeof(std::uint32_t);
    for (std::size_t i = 0; i < lines; ++i) {
        std::uint32_t length = 0;
        std::memcpy(&length, from.data() + i * sizeof length, sizeof length);
        std::memcpy(made.place_line(length), next, length);
        next += length;
    }
    return made;
}

}  // namespace tendril::term::detail
