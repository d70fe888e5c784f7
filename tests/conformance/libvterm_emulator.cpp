#include <tendril/vt/utf8.hpp>

#include <algorithm>

#include <tests/conformance/libvterm_emulator.hpp>

namespace tendril::conformance {

libvterm_emulator::libvterm_emulator(term::grid_size size)
    : size_(size), terminal_(vterm_new(size.rows, size.columns), vterm_free)
{
    vterm_set_utf8(terminal_.get(), 1);
    screen_ = vterm_obtain_screen(terminal_.get());
    vterm_screen_enable_altscreen(screen_, 1);
    vterm_screen_reset(screen_, 1);
}

void libvterm_emulator::write(base::byte_view bytes)
{
    vterm_input_write(terminal_.get(), base::text_of(bytes).data(), bytes.size());
}

void libvterm_emulator::resize(term::grid_size size)
{
    size_ = size;
    vterm_set_size(terminal_.get(), size.rows, size.columns);
}

std::vector<std::string> libvterm_emulator::dump() const
{
    std::vector<std::string> lines;
    for (int y = 0; y < size_.rows; ++y)
        lines.push_back(line_at(y));
    return lines;
}

std::string libvterm_emulator::take_replies()
{
    std::string replies(vterm_output_get_buffer_current(terminal_.get()), '\0');
    replies.resize(vterm_output_read(terminal_.get(), replies.data(), replies.size()));
    return replies;
}

VTermScreenCell libvterm_emulator::cell_at(int row, int column) const
{
    VTermScreenCell here{};
    vterm_screen_get_cell(screen_, {.row = row, .col = column}, &here);
    return here;
}

term::cursor libvterm_emulator::cursor() const
{
    VTermPos at{};
    vterm_state_get_cursorpos(vterm_obtain_state(terminal_.get()), &at);
    return {.column = at.col, .row = at.row};
}

std::string libvterm_emulator::line_at(int y) const
{
    std::string text;
    VTermScreenCell here{};
    for (int x = 0; x < size_.columns; x += std::max<int>(1, here.width)) {
        here = cell_at(y, x);
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && here.chars[i] != 0; ++i)
            vt::append_utf8(text, here.chars[i] == 0xFFFFFFFF ? U' ' : static_cast<char32_t>(here.chars[i]));
        if (here.chars[0] == 0)
            text += ' ';
    }
    text.resize(text.find_last_not_of(' ') + 1);
    return text;
}

}  // namespace tendril::conformance
