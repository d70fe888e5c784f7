#include <tendril/term/detail/images.hpp>
#include <tendril/term/detail/strings.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace tendril::term::detail {

namespace {

/// The control data of a kitty command.
struct kitty_control {
    char action = 't';
    int format = 32;
    int id = 0;
    int number = 0;
    int quiet = 0;
    pixel_size pixels;
    grid_size cells{0, 0};
    bool more = false;
    bool keeps_cursor = false;
};

kitty_control kitty_control_of(std::string_view text)
{
    kitty_control found;
    while (!text.empty()) {
        auto value = next_field(text, ',');
        auto const key = next_field(value, '=');
        auto const number = number_of(value).value_or(0);
        if (key == "a" && !value.empty())
            found.action = value.front();
        else if (key == "f")
            found.format = number;
        else if (key == "i")
            found.id = number;
        else if (key == "I")
            found.number = number;
        else if (key == "q")
            found.quiet = number;
        else if (key == "s")
            found.pixels.width = std::max(number, 0);
        else if (key == "v")
            found.pixels.height = std::max(number, 0);
        else if (key == "c")
            found.cells.columns = bounded_side(number);
        else if (key == "r")
            found.cells.rows = bounded_side(number);
        else if (key == "m")
            found.more = number == 1;
        else if (key == "C")
            found.keeps_cursor = number == 1;
    }
    return found;
}

/// The cells of a placement: as asked for, else what the pixels need.
grid_size extent_of(state const& s, kitty_control const& how, std::string_view data)
{
    auto pixels = how.pixels;
    if (constexpr int png = 100; how.format == png && pixels.width == 0)
        if (auto const head = from_base64(data.substr(0, 64)))
            pixels = size_of_picture(*head).value_or(pixel_size{});
    auto cells = cells_for(s, pixels);
    if (how.cells.columns != 0)
        cells.columns = how.cells.columns;
    if (how.cells.rows != 0)
        cells.rows = how.cells.rows;
    return cells;
}

void answer_kitty(state& s, kitty_control const& how)
{
    if (!s.host.shows_images || how.quiet != 0 || (how.id == 0 && how.number == 0))
        return;
    std::string text = "\x1b_G";
    if (how.id != 0)
        text += "i=" + std::to_string(how.id);
    if (how.number != 0)
        text += (how.id != 0 ? ",I=" : "I=") + std::to_string(how.number);
    reply(s, text + ";OK\x1b\\");
}

}  // namespace

void kitty_image(state& s, std::string_view payload)
{
    auto& draft = s.image;
    auto data = payload;
    auto const control = next_field(data);
    auto const says_more = kitty_control_of(control).more;
    if (draft.control.empty())
        draft.control = control;
    append_to_draft(s, data);
    if (says_more)
        return;
    auto const whole = std::exchange(draft, {});
    if (whole.overflowed)
        return;
    auto const how = kitty_control_of(whole.control);
    if (how.action == 'q' || how.action == 't' || how.action == 'T' || how.action == 'p')
        answer_kitty(s, how);
    if (how.action == 'q')
        return;
    event image{.text = "kitty", .detail = whole.control + ";" + whole.data};
    auto const shown = how.action == 'T' || how.action == 'p';
    if (shown)
        image.size = extent_of(s, how, whole.data);
    place_image(s, std::move(image),
                shown && !how.keeps_cursor ? after_image::behind_end : after_image::where_it_was);
}

}  // namespace tendril::term::detail
