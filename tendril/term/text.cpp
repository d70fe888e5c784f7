#include <tendril/term/text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tendril::term {

namespace {

/// How many cells of @p line hold something that was written.
int written_cells(row const& line) noexcept
{
    auto count = line.used();
    while (count > 0 && line.at(count - 1).shown.is_blank())
        --count;
    return count;
}

/// As written_cells(), without those that a line of double width pushes off the screen.
int shown_cells(terminal const& owner, row const& line) noexcept
{
    auto const count = written_cells(line);
    return line.size() == line_size::single ? count : std::min(count, line.visible(owner.size().columns));
}

/// Appends the first @p count columns if they are all ASCII; blanks that were not written become spaces.
/// Returns whether they were.
bool append_ascii(std::span<std::uint8_t const> bytes, std::size_t count, std::string& to)
{
    if (bytes.size() < count)
        return false;
    std::uint8_t all = 0;
    std::uint8_t blanks = 0;
    for (std::size_t i = 0; i < count;
         ++i) {  // the compiler makes this one load and two instructions a vector
        all |= bytes[i];
        blanks |= static_cast<std::uint8_t>(bytes[i] == 0 ? 1 : 0);
    }
    if (all >= 0x80)
        return false;
    auto const from = to.size();
    to.append(reinterpret_cast<char const*>(bytes.data()), count);
    if (blanks != 0)
        std::ranges::replace(to.begin() + static_cast<std::ptrdiff_t>(from), to.end(), '\0', ' ');
    return true;
}

/// What was written to a line; blanks between become spaces.
void append_written(terminal const& owner, row const& line, std::string& to)
{
    auto const count = shown_cells(owner, line);
    if (append_ascii(line.bytes(), static_cast<std::size_t>(count), to))
        return;
    for (int x = 0; x < count; ++x)
        owner.append_text(line.at(x).shown, to);
}

}  // namespace

void append_line_text(terminal const& owner, row const& line, blanks keep, std::string& to)
{
    auto const from = to.size();
    append_written(owner, line, to);
    if (keep == blanks::cut) {
        auto end = to.size();
        while (end > from && to[end - 1] == ' ')
            --end;
        to.resize(end);
    } else if (keep == blanks::all) {
        auto const columns = line.visible(owner.size().columns);
        to.append(static_cast<std::size_t>(std::max(columns - written_cells(line), 0)), ' ');
    }
}

std::string line_text(terminal const& owner, row const& line, blanks keep)
{
    std::string text;
    append_line_text(owner, line, keep, text);
    return text;
}

void append_screen_text(terminal const& of, blanks keep, std::string& to)
{
    for (int y = 0; y < of.size().rows; ++y) {
        append_line_text(of, of.line(y), keep, to);
        to += '\n';
    }
}

void append_scrollback_text(terminal const& of, blanks keep, std::string& to, line_range const& lines)
{
    row line;
    auto const end = std::min(lines.end, of.scrollback().size());
    for (auto i = lines.first; i < end; ++i) {
        of.scrollback().read(i, line);
        append_line_text(of, line, keep, to);
        to += '\n';
    }
}

std::vector<std::string> screen_text(terminal const& of, blanks keep)
{
    std::vector<std::string> lines;
    for (int y = 0; y < of.size().rows; ++y)
        lines.push_back(line_text(of, of.line(y), keep));
    return lines;
}

std::vector<std::string> scrollback_text(terminal const& of, blanks keep)
{
    std::vector<std::string> lines;
    row line;
    for (std::size_t i = 0; i < of.scrollback().size(); ++i) {
        of.scrollback().read(i, line);
        lines.push_back(line_text(of, line, keep));
    }
    return lines;
}

}  // namespace tendril::term
