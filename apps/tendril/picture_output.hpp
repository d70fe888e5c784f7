#pragma once

/// @file
/// What the verbs that draw pictures of pixels have in common. Layer: apps.

#include <tendril/base/error.hpp>
#include <tendril/term/terminal.hpp>

#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace tendril::app {

/// How large a picture is, as the command line asks for.
struct scale_option {
    int scale = 2;
    bool is_given = false;

    void add_to(CLI::App& line);
};

/// @p of as a PNG file. Errors: the picture would be larger than any screen.
[[nodiscard]] result<std::string> png_of(term::terminal const& of, scale_option const& size);

/// Writes @p content to @p path at once, or to standard output if that is empty: there pixels are refused
/// where a person would see them as text.
[[nodiscard]] result<void> write_content(std::string const& content, std::string const& path,
                                         std::string_view format);

}  // namespace tendril::app
