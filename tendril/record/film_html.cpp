#include <tendril/record/film_html.hpp>
#include <tendril/term/html.hpp>
#include <tendril/term/palette.hpp>
#include <tendril/term/runs.hpp>

#include <cstddef>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace tendril::record {

namespace {

namespace json = boost::json;

constexpr std::string_view head = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>
body { margin: 0; background: #1b1b1b; color: #ddd; font-family: sans-serif }
pre { margin: 0; padding: 1ch; overflow: auto; line-height: 1.25; font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace }
form { display: flex; gap: 1ch; align-items: center; padding: 0.5ch 1ch }
input { flex: 1 }
</style>
)";

constexpr std::string_view controls = R"(<form id="controls" hidden>
<button type="button" id="play" title="space">play</button>
<input type="range" id="at" min="0" step="0.01" value="0" aria-label="position">
<output id="clock"></output>
<select id="speed" aria-label="speed"><option>0.5</option><option selected>1</option><option>2</option><option>4</option><option>16</option></select>
</form>
)";

constexpr std::string_view player = R"(<script>
const film = JSON.parse(document.getElementById('film').textContent)
const part = Object.fromEntries(['screen', 'controls', 'play', 'at', 'clock', 'speed'].map(id => [id, document.getElementById(id)]))
let at = 0, shown = -1, rows = [], playing = false, last = 0

function frameAt(time) {
  let low = 0, high = film.frames.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (film.frames[middle].at <= time) low = middle
    else high = middle - 1
  }
  return low
}

function clock(time) {
  return Math.floor(time / 60) + ':' + String(Math.floor(time % 60)).padStart(2, '0')
}

function show(time) {
  at = Math.min(Math.max(time, 0), film.length)
  const wanted = frameAt(at)
  if (wanted < shown) { shown = -1; rows = [] }
  if (wanted !== shown) {
    while (shown < wanted) {
      const frame = film.frames[++shown]
      rows.length = frame.rows
      for (const [row, line] of frame.lines) rows[row] = line
    }
    part.screen.innerHTML = rows.map(line => film.lines[line]).join('\n')
  }
  part.at.value = at
  part.clock.textContent = clock(at) + ' / ' + clock(film.length)
}

function turn(on) {
  if (on && at >= film.length) show(0)
  playing = on
  part.play.textContent = on ? 'pause' : 'play'
  last = performance.now()
  if (on) requestAnimationFrame(step)
}

function step(now) {
  if (!playing) return
  show(at + (now - last) / 1000 * part.speed.value)
  last = now
  if (at >= film.length) turn(false)
  else requestAnimationFrame(step)
}

part.at.max = film.length
part.controls.hidden = false
part.play.onclick = () => turn(!playing)
part.at.oninput = () => show(Number(part.at.value))
document.onkeydown = event => {
  if (event.target !== document.body) return
  if (event.key === ' ') turn(!playing)
  else if (event.key === 'ArrowLeft') show(at - 5)
  else if (event.key === 'ArrowRight') show(at + 5)
  else return
  event.preventDefault()
}
show(Number(location.hash.slice(1)) || 0)
</script>
)";

std::string escaped(std::string_view text)
{
    std::string safe;
    for (char const c : text) {
        if (c == '<')
            safe += "&lt;";
        else if (c == '&')
            safe += "&amp;";
        else if (static_cast<unsigned char>(c) >= ' ')
            safe += c;
    }
    return safe;
}

double in_seconds(moment when)
{
    return std::chrono::duration<double>(when).count();
}

/// Every different line once, and for each frame the rows that changed.
class line_book {
public:
    json::object add(frame const& each)
    {
        auto const lines = term::to_html_lines(each.screen, term::cursor_drawing::shown).screen;
        rows_.resize(lines.size(), none);
        json::array changed;
        for (std::size_t y = 0; y < lines.size(); ++y) {
            auto const number = known_.try_emplace(lines[y], lines_.size()).first->second;
            if (number == lines_.size())
                lines_.emplace_back(lines[y]);
            if (std::exchange(rows_[y], number) != number)
                changed.push_back({y, number});
        }
        return {{"at", in_seconds(each.begins)}, {"rows", lines.size()}, {"lines", std::move(changed)}};
    }

    [[nodiscard]] json::array take_lines() { return std::move(lines_); }

private:
    static constexpr auto none = ~std::size_t{0};

    std::unordered_map<std::string, std::size_t> known_;
    json::array lines_;
    std::vector<std::size_t> rows_;
};

/// JSON within a script element: nothing in it may end that.
std::string as_script_data(json::object const& data)
{
    std::string safe;
    for (char const c : json::serialize(data))
        safe += c == '<' ? std::string("\\u003c") : std::string(1, c);
    return safe;
}

}  // namespace

std::string film_html(animation const& film, std::string_view title)
{
    line_book book;
    json::array frames;
    for (auto const& each : film.frames)
        frames.push_back(book.add(each));
    json::object data{{"length", in_seconds(film.length)}, {"frames", std::move(frames)}};
    data["lines"] = book.take_lines();

    std::string last;
    for (auto const& line :
         term::to_html_lines(film.frames.back().screen, term::cursor_drawing::shown).screen)
        last += line + "\n";
    auto const& colours = film.frames.front().screen;
    return std::string(head) + "<title>" + escaped(title) +
           "</title>\n</head>\n<body>\n<pre id=\"screen\" style=\"color:" +
           term::hex(colours.palette(term::dynamic_foreground)) +
           ";background:" + term::hex(colours.palette(term::dynamic_background)) + "\">" + last + "</pre>\n" +
           std::string(controls) + "<script type=\"application/json\" id=\"film\">" + as_script_data(data) +
           "</script>\n" + std::string(player) + "</body>\n</html>\n";
}

}  // namespace tendril::record
