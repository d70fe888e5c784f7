#include <tendril/term/detail/images.hpp>
#include <tendril/term/detail/strings.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace tendril::term::detail {

namespace {

/// One side of an iTerm2 image: "12" cells, "200px", "50%" of the screen, or "auto".
int side_of(std::string_view text, int screen_cells, int cell, int automatic)
{
    auto const whole = [](std::string_view digits) {
        return std::clamp(number_of(digits).value_or(0), 0, 0xFFFF);
    };
    if (text.ends_with("px"))
        return cells_for(whole(text.substr(0, text.size() - 2)), cell);
    if (text.ends_with('%'))
        return screen_cells * std::min(whole(text.substr(0, text.size() - 1)), 100) / 100;
    if (text.empty() || text == "auto")
        return automatic;
    return whole(text);
}

void iterm_image(state& s, std::string_view control, std::string_view data)
{
    std::string_view width;
    std::string_view height;
    bool is_inline = false;
    bool keeps_cursor = false;
    for (auto rest = control; !rest.empty();) {
        auto value = next_field(rest);
        auto const key = next_field(value, '=');
        if (key == "width")
            width = value;
        else if (key == "height")
            height = value;
        else if (key == "inline")
            is_inline = value == "1";
        else if (key == "doNotMoveCursor")
            keeps_cursor = value == "1";
    }
    event image{.text = "iterm2", .detail = "File=" + std::string(control) + ":" + std::string(data)};
    if (is_inline) {
        constexpr std::size_t header_digits = 64 * 1024;  // a JPEG's frame header comes after its thumbnail
        auto const head = from_base64(data.substr(0, header_digits));
        auto const natural =
            cells_for(s, head ? size_of_picture(*head).value_or(pixel_size{}) : pixel_size{});
        image.size = {bounded_side(side_of(width, s.columns, s.host.pixels.width, natural.columns)),
                      bounded_side(side_of(height, s.rows, s.host.pixels.height, natural.rows))};
    }
    place_image(s, std::move(image),
                is_inline && !keeps_cursor ? after_image::behind_end : after_image::where_it_was);
}

}  // namespace

void iterm_file(state& s, std::string_view rest)
{
    auto& draft = s.image;
    if (rest.starts_with("File=")) {
        auto data = rest.substr(5);
        auto const control = next_field(data, ':');
        iterm_image(s, control, data);
    } else if (rest.starts_with("MultipartFile=")) {
        draft = {std::string(rest.substr(14)), {}, false};
    } else if (rest.starts_with("FilePart=")) {
        append_to_draft(s, rest.substr(9));
    } else if (rest == "FileEnd") {
        auto const whole = std::exchange(draft, {});
        if (!whole.overflowed && !whole.control.empty())
            iterm_image(s, whole.control, whole.data);
    }
}

}  // namespace tendril::term::detail
