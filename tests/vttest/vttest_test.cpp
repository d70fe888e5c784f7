#include <tendril/base/file.hpp>

#include <cstdlib>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <tests/vttest/walk.hpp>

namespace {

using namespace tendril;

/// A way through vttest's menus; its screens are in conformance/vttest/NAME.txt.
struct journey {
    std::string name;
    std::vector<std::string> path;
};

std::vector<journey> const journeys{
    {"cursor", {"1"}},
    {"screen", {"2"}},
    {"charsets-vt100", {"3", "8"}},
    {"charsets-shifts", {"3", "9"}},
    {"double", {"4"}},
    {"report-status", {"6", "3"}},
    {"report-attributes", {"6", "4"}},
    {"report-secondary-attributes", {"6", "5"}},
    {"report-tertiary-attributes", {"6", "6"}},
    {"report-parameters", {"6", "7"}},
    {"vt52", {"7"}},
    {"insert-delete", {"8"}},
    {"bug-soft-scroll", {"9", "1"}},
    {"bug-region", {"9", "2"}},
    {"bug-wide-to-narrow", {"9", "3"}},
    {"bug-cursor-move", {"9", "5"}},
    {"bug-column-mode", {"9", "6"}},
    {"bug-wrap", {"9", "7"}},
    {"bug-erase-wide", {"9", "8"}},
    {"bug-funny-regions", {"9", "9"}},
    {"reset-hard", {"10", "1"}},
    {"reset-soft", {"10", "3"}},
    {"vt220-eight-bit", {"11", "1", "3"}},
    {"vt220-status-keyboard", {"11", "1", "1", "1", "1"}},
    {"vt220-status-operating", {"11", "1", "1", "1", "2"}},
    {"vt220-status-printer", {"11", "1", "1", "1", "3"}},
    {"vt220-status-udk", {"11", "1", "1", "1", "4"}},
    {"vt220-cursor", {"11", "1", "2", "2"}},
    {"vt220-ech", {"11", "1", "2", "3"}},
    {"vt220-protected", {"11", "1", "2", "4"}},
    {"vt320-su", {"11", "2", "2", "1"}},
    {"vt320-sd", {"11", "2", "2", "2"}},
    {"vt320-columns", {"11", "2", "3", "1"}},
    {"vt320-lines", {"11", "2", "3", "2"}},
    {"vt320-deccir", {"11", "2", "5", "3", "1", "7"}},
    {"vt320-dectabsr", {"11", "2", "5", "3", "2", "3"}},
    {"vt320-decrsps-cursor", {"11", "2", "5", "3", "4"}},
    {"vt320-decrsps-tabs", {"11", "2", "5", "3", "5"}},
    {"vt320-decrqupss", {"11", "2", "5", "5"}},
    {"vt320-decrqde", {"11", "2", "5", "6"}},
    {"vt420-decbi", {"11", "3", "2", "7"}},
    {"vt420-decfi", {"11", "3", "2", "8"}},
    {"vt420-movement", {"11", "3", "2", "9"}},
    {"vt420-margins-movement", {"11", "3", "2", "2", "3", "4", "5", "9"}},
    {"vt420-other-movement", {"11", "3", "2", "10"}},
    {"vt420-margins-other-movement", {"11", "3", "2", "2", "3", "4", "5", "10"}},
    {"vt420-columns", {"11", "3", "3", "9"}},
    {"vt420-margins-columns", {"11", "3", "3", "1", "2", "3", "4", "9"}},
    {"vt420-scrolling", {"11", "3", "3", "10"}},
    {"vt420-margins-scrolling", {"11", "3", "3", "1", "2", "3", "4", "10"}},
    {"vt420-lines", {"11", "3", "3", "11"}},
    {"vt420-margins-lines", {"11", "3", "3", "1", "2", "3", "4", "11"}},
    {"vt420-characters", {"11", "3", "3", "12"}},
    {"vt420-margins-characters", {"11", "3", "3", "1", "2", "3", "4", "12"}},
    {"vt420-formatting", {"11", "3", "3", "13"}},
    {"vt420-margins-formatting", {"11", "3", "3", "1", "2", "3", "4", "13"}},
    {"vt420-deccara", {"11", "3", "6", "7"}},
    {"vt420-margins-deccara", {"11", "3", "6", "1", "2", "3", "4", "7"}},
    {"vt420-deccra", {"11", "3", "6", "8"}},
    {"vt420-margins-deccra", {"11", "3", "6", "1", "2", "3", "4", "8"}},
    {"vt420-decera", {"11", "3", "6", "9"}},
    {"vt420-margins-decera", {"11", "3", "6", "1", "2", "3", "4", "9"}},
    {"vt420-decfra", {"11", "3", "6", "10"}},
    {"vt420-margins-decfra", {"11", "3", "6", "1", "2", "3", "4", "10"}},
    {"vt420-decrara", {"11", "3", "6", "11"}},
    {"vt420-margins-decrara", {"11", "3", "6", "1", "2", "3", "4", "11"}},
    {"vt420-decsera", {"11", "3", "6", "12"}},
    {"vt420-margins-decsera", {"11", "3", "6", "1", "2", "3", "4", "12"}},
    {"vt420-status-locator", {"11", "3", "7", "3", "5"}},
    {"vt420-status-macros", {"11", "3", "7", "3", "6"}},
    {"vt420-status-memory", {"11", "3", "7", "3", "7"}},
    {"vt420-status-integrity", {"11", "3", "7", "3", "8"}},
    {"vt420-status-sessions", {"11", "3", "7", "3", "9"}},
    {"vt320-modes-ansi", {"11", "2", "5", "3", "3", "1"}},
    {"vt320-modes-dec", {"11", "2", "5", "3", "3", "2"}},
    {"vt420-modes-ansi", {"11", "3", "7", "2", "2", "1"}},
    {"vt420-modes-dec", {"11", "3", "7", "2", "2", "2"}},
    {"vt320-setting-decsasd", {"11", "2", "5", "3", "6", "1"}},
    {"vt320-setting-decsca", {"11", "2", "5", "3", "6", "2"}},
    {"vt320-setting-decscl", {"11", "2", "5", "3", "6", "3"}},
    {"vt320-setting-decscpp", {"11", "2", "5", "3", "6", "4"}},
    {"vt320-setting-decslpp", {"11", "2", "5", "3", "6", "5"}},
    {"vt320-setting-decssdt", {"11", "2", "5", "3", "6", "6"}},
    {"vt320-setting-decstbm", {"11", "2", "5", "3", "6", "7"}},
    {"vt320-setting-sgr", {"11", "2", "5", "3", "6", "8"}},
    {"ecma48-hpa", {"11", "5", "1"}},
    {"ecma48-cbt", {"11", "5", "2"}},
    {"ecma48-cha", {"11", "5", "3"}},
    {"ecma48-cht", {"11", "5", "4"}},
    {"ecma48-hpr", {"11", "5", "5"}},
    {"ecma48-vpa", {"11", "5", "6"}},
    {"ecma48-cnl", {"11", "5", "7"}},
    {"ecma48-cpl", {"11", "5", "8"}},
    {"ecma48-vpr", {"11", "5", "9"}},
    {"colors-2", {"11", "6", "2"}},
    {"colors-3", {"11", "6", "3"}},
    {"colors-4", {"11", "6", "4"}},
    {"colors-5", {"11", "6", "5"}},
    {"colors-8", {"11", "6", "8"}},
    {"colors-9", {"11", "6", "9"}},
    {"ecma48-protected", {"11", "7", "1", "2"}},
    {"ecma48-rep", {"11", "7", "2"}},
    {"ecma48-sd", {"11", "7", "3"}},
    {"ecma48-sl", {"11", "7", "4"}},
    {"ecma48-sr", {"11", "7", "5"}},
    {"ecma48-su", {"11", "7", "6"}},
    {"alternate-47", {"11", "8", "7", "3"}},
    {"alternate-1047", {"11", "8", "7", "4"}},
    {"alternate-1049", {"11", "8", "7", "5"}},
    {"window-report", {"11", "8", "9"}},
};

/// Every screen of a journey under a line with its number.
std::string album_of(std::vector<vttest::stop> const& stops)
{
    std::string text;
    for (std::size_t i = 0; i < stops.size(); ++i)
        text += "---- " + std::to_string(i + 1) + "\n" + stops[i].screen;
    return text;
}

/// Set, the screens are written instead of compared: a person then looks at each that changed.
bool is_recording()
{
    return std::getenv("TENDRIL_RECORD_VTTEST") != nullptr;
}

TEST_CASE("T08: every screen of vttest shows what a person saw and found right")
{
    for (auto const& each : journeys) {
        CAPTURE(each.name);
        auto const stops = vttest::walk(each.path);
        CHECK_FALSE(stops.empty());
        auto const file = "conformance/vttest/" + each.name + ".txt";
        if (is_recording()) {
            REQUIRE(base::replace_file(file, album_of(stops)).has_value());
            continue;
        }
        auto const wanted = base::read_file(file, 1 << 20);
        REQUIRE(wanted.has_value());
        CHECK(album_of(stops) == *wanted);
    }
}

}  // namespace
