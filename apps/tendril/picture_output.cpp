#include <tendril/base/file.hpp>
#include <tendril/picture/png.hpp>
#include <tendril/picture/screen.hpp>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <apps/tendril/picture_output.hpp>
#include <boost/system/errc.hpp>

namespace tendril::app {

void scale_option::add_to(CLI::App& line)
{
    line.add_option("--scale", scale, "png: a cell is 8 by 16 pixels times N")
        ->capture_default_str()
        ->check(CLI::Range(1, picture::largest_scale))
        ->each([this](std::string const&) { is_given = true; });
}

result<std::string> png_of(term::terminal const& of, scale_option const& size)
{
    auto const drawn = picture::draw_screen(of, {.scale = size.scale});
    if (!drawn)
        return failure(make_error_code(boost::system::errc::value_too_large),
                       "draw a picture of more than " + std::to_string(picture::most_pixels) + " pixels");
    return picture::to_png(*drawn);
}

result<void> write_content(std::string const& content, std::string const& path, std::string_view format)
{
    if (!path.empty())
        return base::replace_file(path, content);
    if (format == "png" && ::isatty(STDOUT_FILENO) == 1)
        return failure(make_error_code(boost::system::errc::not_supported),
                       "write a picture to a terminal (name a file with -o)");
    return base::write_all(STDOUT_FILENO, base::bytes_of(content), "standard output");
}

}  // namespace tendril::app
