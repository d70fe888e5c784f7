#include <tendril/session/detail/newline_restorer.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using tendril::base::bytes_of;
using tendril::session::detail::newline_restorer;

/// What ONLCR makes of @p text.
std::string onlcr(std::string_view text)
{
    std::string made;
    for (char const c : text)
        made += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return made;
}

TEST_CASE("P07: output to a pipe has the program's own newlines back, wherever it is cut")
{
    std::string_view const written = "a\nb\r\nc\r\rd\n\n\re\r";
    auto const shown = onlcr(written);
    for (std::size_t cut = 0; cut <= shown.size(); ++cut) {
        CAPTURE(cut);
        newline_restorer restorer;
        auto got = restorer.restore(bytes_of(std::string_view(shown).substr(0, cut)));
        got += restorer.restore(bytes_of(std::string_view(shown).substr(cut)));
        got += restorer.finish();

        CHECK(got == written);
    }
}

}  // namespace
