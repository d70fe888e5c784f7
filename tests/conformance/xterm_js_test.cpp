#include <tendril/base/file.hpp>
#include <tendril/term/difference.hpp>
#include <tendril/term/rebuild.hpp>
#include <tendril/term/terminal.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <unistd.h>

#include <doctest/doctest.h>
#include <tests/conformance/common_vocabulary.hpp>

namespace {

using namespace tendril;

constexpr int columns = 20;
constexpr int rows = 6;
constexpr auto modules = "build/peers";

std::string base64(std::string_view bytes)
{
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : digits[(group >> (18 - 6 * k)) & 63];
    }
    return text;
}

std::string color_text(term::color of)
{
    if (of.is_default())
        return "d";
    if (of.is_palette())
        return "p" + std::to_string(of.index());
    auto const value = of.value();
    std::array<char, 8> hex{};
    std::snprintf(hex.data(), hex.size(), "%02x%02x%02x", value.red, value.green, value.blue);
    return std::string("r") + hex.data();
}

/// The same that xterm_js.mjs prints.
std::string told(term::terminal const& t)
{
    using term::attribute;
    auto text = std::to_string(t.cursor().row) + ";" + std::to_string(t.cursor().column);
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            auto const cell = t.line(y).at(x);
            if (cell.shown.part() == term::glyph::role::tail)
                continue;
            text += " " + std::to_string(y) + "," + std::to_string(x) + ":";
            t.append_text(cell.shown, text);
            text += "|" + color_text(cell.style.background());
            if (cell.shown.is_blank() || cell.shown == term::glyph::character(U' '))
                continue;
            text += "|" + color_text(cell.style.foreground()) + "|";
            text += cell.style.has(attribute::bold) ? "b" : "";
            text += cell.style.has(attribute::italic) ? "i" : "";
            text += cell.style.line() != term::underline::none ? "u" : "";
            text += cell.style.has(attribute::reverse) ? "r" : "";
            text += cell.style.has(attribute::strike) ? "s" : "";
        }
    }
    return text;
}

/// What xterm.js shows after each of @p inputs; empty when it cannot be run.
std::vector<std::string> shown_by_xterm_js(std::vector<std::string> const& inputs)
{
    auto const path =
        std::filesystem::temp_directory_path() / ("xterm_js_test." + std::to_string(::getpid()));
    std::string lines;
    for (auto const& each : inputs)
        lines += std::to_string(columns) + " " + std::to_string(rows) + " " + base64(each) + "\n";
    REQUIRE(base::replace_file(path.string(), lines).has_value());
    auto const command =
        std::string("node tests/conformance/xterm_js.mjs ") + modules + " <" + path.string() + " 2>&1";
    std::string output;
    if (auto* const pipe = ::popen(command.c_str(), "r")) {
        std::array<char, 4096> buffer;
        while (auto const count = std::fread(buffer.data(), 1, buffer.size(), pipe))
            output.append(buffer.data(), count);
        ::pclose(pipe);
    }
    std::filesystem::remove(path);
    std::vector<std::string> shown;
    for (std::size_t at = 0; at < output.size(); at = output.find('\n', at) + 1)
        shown.push_back(output.substr(at, output.find('\n', at) - at));
    return shown;
}

bool has_xterm_js()
{
    return std::filesystem::exists(std::string(modules) + "/node_modules/@xterm/headless") &&
           std::system("command -v node >/dev/null") == 0;  // NOLINT(concurrency-mt-unsafe): one thread
}

std::string output_of(std::mt19937& random, std::size_t choices)
{
    auto const chosen = conformance::random_choices(random, choices);
    return conformance::common_output({reinterpret_cast<std::uint8_t const*>(chosen.data()), chosen.size()},
                                      columns, rows);
}

bool is_skipped()
{
    if (has_xterm_js())
        return false;
    std::puts("skipped: no node, or no xterm.js in build/peers (./dev setup installs it where npm is)");
    return true;
}

/// Whether xterm.js shows after each of @p inputs what was told of a terminal.
void check_shown(std::vector<std::string> const& inputs, std::vector<std::string> const& expected)
{
    auto const shown = shown_by_xterm_js(inputs);
    REQUIRE(shown.size() == inputs.size());
    for (std::size_t i = 0; i < shown.size(); ++i) {
        CAPTURE(inputs[i]);
        REQUIRE(shown[i] == expected[i]);
    }
}

TEST_CASE("T06: xterm.js, fed differences only, shows what the program's terminal shows")
{
    if (is_skipped())
        return;
    std::mt19937 random(606);
    std::vector<std::string> inputs;
    std::vector<std::string> expected;
    for (int round = 0; round < 100; ++round) {
        term::terminal program({columns, rows});
        term::frame known;
        std::string sent;
        for (int turn = 0; turn < 6; ++turn) {
            program.feed(base::bytes_of(output_of(random, 1u << random() % 7)));
            sent += term::difference(known, program);
            inputs.push_back(sent);
            expected.push_back(told(program));
        }
    }
    check_shown(inputs, expected);
}

TEST_CASE("T12: xterm.js, fed the VT stream that rebuilds a terminal, shows what that terminal shows")
{
    if (is_skipped())
        return;
    std::mt19937 random(1212);
    std::vector<std::string> inputs;
    std::vector<std::string> expected;
    for (int round = 0; round < 200; ++round) {
        term::terminal program({columns, rows});
        program.feed(base::bytes_of(output_of(random, 1u << random() % 9)));
        inputs.push_back(term::rebuild_sequence(program));
        expected.push_back(told(program));
    }
    check_shown(inputs, expected);
}

}  // namespace
