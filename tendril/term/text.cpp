#include <tendril/term/text.hpp>

#include <algorithm>

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

}  // namespace

std::string line_text(terminal const& owner, row const& line, blanks keep)
{
    auto const count = line.size() == line_size::single
                           ? written_cells(line)
                           : std::min(written_cells(line), line.visible(owner.size().columns));
    std::string text;
    text.reserve(static_cast<std::size_t>(count));
    for (int x = 0; x < count; ++x)
        owner.append_text(line.at(x).shown, text);
    if (keep == blanks::cut)
        text.resize(text.find_last_not_of(' ') + 1);
    else if (keep == blanks::all)
        text.append(static_cast<std::size_t>(std::max<int>(owner.size().columns, count) - count), ' ');
    return text;
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
