#include <tendril/base/file.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include <doctest/doctest.h>
#include <tests/conformance/libvterm_emulator.hpp>
#include <tests/conformance/script.hpp>

namespace {

using namespace tendril;
using namespace tendril::conformance;

/// Where libvterm 0.1.4 shows something else, and why we do not follow it.
std::map<std::string, std::string> const& intended_differences()
{
    static std::map<std::string, std::string> const reasons{
        {"side margins hold text and wrapping",
         "it wraps at the edge of the screen; xterm at the right margin"},
        {"SL and SR shift the region's columns", "it has no SL and SR"},
        {"DECBI and DECFI move, and shift at the edges", "it has no DECBI and DECFI"},
        {"wide characters cut by a scrolling margin become blank", "it ignores side margins in SU here"},
        {"DECSTR resets what is soft and leaves the screen",
         "it keeps the margins; the VT510 manual resets them"},
        {"EL forgets the pending wrap", "it keeps it; xterm does not"},
        {"ICH and DCH keep wide characters whole", "it leaves halves of characters"},
        {"DECCRA copies, also onto itself", "it has no rectangles"},
        {"a wide character's both cells have its rendition", "it leaves halves of characters"},
        {"DECSC and DECRC keep position, rendition, charset, origin and pending wrap",
         "it forgets the pending wrap"},
        {"overwriting half of a wide character blanks the other half", "it leaves halves of characters"},
        {"a combining mark joins the cell left of the cursor after a movement", "it drops the mark"},
        {"ill-formed UTF-8 takes one cell for each maximal subpart",
         "it takes C0 AF for one; Unicode 15 for two"},
        {"insert mode pushes a wide character over the margin whole", "it leaves halves of characters"},
        {"what would widen a character at the margin is left out", "it never widens"},
        {"with mode 41 a tab at a pending wrap goes to the next line first", "it has no mode 41"},
        {"REP repeats the last character, through wraps", "it stops at the margin"},
        {"NEL, and LF with LNM, go down before they go left: right of the margins nothing scrolls",
         "it scrolls outside the side margins"},
        {"numbers with parts are no numbers to control functions that know none",
         "it takes them for numbers"},
        {"resetting mode 1046 leaves the alternate screen", "it has no mode 1046"},
    };
    return reasons;
}

/// Files about what libvterm 0.1.4 does not have. Reports leave nothing to see either, and it formats one of
/// them from an argument of the wrong type.
bool is_beyond_libvterm(std::string const& file)
{
    constexpr std::array files{"reports", "requests", "charsets",  "checksum", "colors",     "events",
                               "levels",  "vt52",     "line_size", "window",   "protection", "renditions"};
    return std::ranges::find(files, file) != files.end();
}

std::string shown_by(term::emulator& shown)
{
    std::string text;
    for (auto const& line : shown.dump())
        text += line + "\n";
    return text;
}

/// What the two show at the end of @p which, both fed all of it. Resizes are left out: reflow differs by
/// design.
std::pair<std::string, std::string> shown_by_both(script const& which)
{
    term::grid_size size{80, 24};
    std::string bytes;
    for (auto const& each : which.steps) {
        if (each.word == "size") {  // only the last screen of a case is compared
            bytes.clear();
            auto const& text = each.arguments.at(0);
            size.columns = static_cast<std::uint16_t>(std::stoi(text));
            size.rows = static_cast<std::uint16_t>(std::stoi(text.substr(text.find('x') + 1)));
        } else if (each.word == "feed") {
            bytes += each.arguments.at(0);
        } else if (each.word == "resize") {
            break;
        }
    }
    term::terminal ours(size);
    libvterm_emulator theirs(size);
    ours.write(base::bytes_of(bytes));
    theirs.write(base::bytes_of(bytes));
    return {shown_by(ours), shown_by(theirs)};
}

TEST_CASE("T02: libvterm, taken as any emulator, shows the conformance cases as we do, but for intended "
          "differences")
{
    for (auto const& entry : std::filesystem::directory_iterator("conformance")) {
        if (entry.path().extension() != ".vt" || is_beyond_libvterm(entry.path().stem().string()))
            continue;
        for (auto const& each : read_scripts(entry.path())) {
            auto const [ours, theirs] = shown_by_both(each);
            CAPTURE(each.name);
            if (intended_differences().contains(each.name))
                CHECK_MESSAGE(ours != theirs, "no longer different: strike it off the list");
            else
                CHECK(ours == theirs);
        }
    }
}

TEST_CASE("T08: libvterm shows the recordings of real programs as we do")
{
    for (auto const& entry : std::filesystem::directory_iterator("conformance/recordings")) {
        auto const bytes = base::read_file((entry.path() / "bytes").string(), 1 << 20);
        REQUIRE(bytes.has_value());
        term::terminal ours({80, 24});
        libvterm_emulator theirs({80, 24});
        ours.write(base::bytes_of(*bytes));
        theirs.write(base::bytes_of(*bytes));
        CAPTURE(entry.path().filename().string());
        CHECK(shown_by(ours) == shown_by(theirs));
    }
}

}  // namespace
