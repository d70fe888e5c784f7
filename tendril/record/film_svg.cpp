#include <tendril/record/film_svg.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace tendril::record {

namespace {

/// A line of the screen as it is drawn, and the frames that show it, ascending.
struct drawn_line {
    std::string elements;
    std::vector<std::size_t> frames;
};

/// Every different line once, in order of appearance. A line's place is part of its elements.
std::vector<drawn_line> lines_of(animation const& film, term::svg_options const& options)
{
    std::vector<drawn_line> lines;
    std::map<std::string, std::size_t, std::less<>> known;
    for (std::size_t n = 0; n < film.frames.size(); ++n) {
        auto const body = term::svg_frame_body(film.frames[n].screen, options);
        for (std::string_view rest = body; !rest.empty();) {
            auto const line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(rest.size(), line.size() + 1));
            auto found = known.find(line);
            if (found == known.end()) {
                found = known.emplace(line, lines.size()).first;
                lines.push_back({std::string(line), {}});
            }
            auto& shown_in = lines[found->second].frames;
            if (shown_in.empty() || shown_in.back() != n)
                shown_in.push_back(n);
        }
    }
    return lines;
}

/// @p when as a part of the whole film: "12.345%". The third decimal is a millisecond of 100 seconds.
std::string percent_of(moment when, moment whole)
{
    auto const thousandths = when.count() * 100'000 / std::max<std::int64_t>(whole.count(), 1);
    std::array<char, 32> text;
    auto const size =
        std::snprintf(text.data(), text.size(), "%lld.%03lld%%", static_cast<long long>(thousandths / 1000),
                      static_cast<long long>(thousandths % 1000));
    return {text.data(), static_cast<std::size_t>(size)};
}

/// The steps of a line that is seen in @p shown_in only.
std::string steps_of(animation const& film, std::vector<std::size_t> const& shown_in, moment whole)
{
    std::string steps;
    auto const step = [&](std::size_t frame, std::string_view visibility) {
        steps +=
            percent_of(film.frames[frame].begins, whole) + "{visibility:" + std::string(visibility) + "}";
    };
    if (shown_in.front() != 0)
        step(0, "hidden");
    for (std::size_t n = 0; n < shown_in.size(); ++n) {
        if (n == 0 || shown_in[n - 1] + 1 != shown_in[n])
            step(shown_in[n], "visible");
        bool const goes_on = n + 1 < shown_in.size() && shown_in[n + 1] == shown_in[n] + 1;
        if (!goes_on && shown_in[n] + 1 < film.frames.size())
            step(shown_in[n] + 1, "hidden");
    }
    return steps;
}

/// A blank terminal in which every frame has room, in the first frame's colours.
term::terminal canvas_for(animation const& film)
{
    auto canvas = film.frames.front().screen;
    term::grid_size most;
    most = canvas.size();
    for (auto const& each : film.frames) {
        most.columns = std::max(most.columns, each.screen.size().columns);
        most.rows = std::max(most.rows, each.screen.size().rows);
    }
    canvas.resize(most);
    return canvas;
}

}  // namespace

std::string film_svg(animation const& film, term::svg_options const& options)
{
    auto const whole = film.length + film_hold;
    auto const seconds = std::chrono::duration<double>(whole).count();
    std::map<std::string, std::size_t> classes;  // by what they do
    std::string drawn;
    for (auto const& line : lines_of(film, options)) {
        if (line.frames.size() == film.frames.size()) {
            drawn += line.elements + "\n";
            continue;
        }
        auto const in_last = line.frames.back() + 1 == film.frames.size();
        auto const number = classes.emplace(steps_of(film, line.frames, whole), classes.size()).first->second;
        drawn += "<g class=\"" + std::string(in_last ? "l" : "f") + " a" + std::to_string(number) + "\">" +
                 line.elements + "</g>\n";
    }

    std::string style = "<style>.f{visibility:hidden}";
    if (!classes.empty())
        style += ".f,.l{animation:" + std::to_string(seconds) + "s step-end infinite}";
    for (auto const& [steps, number] : classes) {
        auto const name = "a" + std::to_string(number);
        style += "\n@keyframes " + name + "{" + steps + "}." + name + "{animation-name:" + name + "}";
    }
    style += "\n@media(prefers-reduced-motion:reduce){.f,.l{animation:none}}</style>\n";
    return term::svg_head(canvas_for(film), options) + style + drawn + term::svg_tail();
}

}  // namespace tendril::record
