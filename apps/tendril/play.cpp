#include <cmath>
#include <string>

#include <CLI/CLI.hpp>
#include <apps/tendril/command_line.hpp>
#include <apps/tendril/play.hpp>
#include <apps/tendril/player.hpp>

namespace tendril::app {

int play(int argc, char** argv)
{
    CLI::App line(
        "Plays a recording in this terminal. Keys: space pauses, . steps, q quits;\n"
        "left and right go 5 seconds, down and up a minute, g to the beginning, m to the next marker;\n"
        "/ looks for text that appears on the screen, n for the next time; < and > halve and double the "
        "speed.\n"
        "When standard output is no terminal, the output is written at once unless -s is given.",
        "play");
    recording_source source;
    double speed = 1;
    double idle_seconds = 0;
    source.add_to(line);
    auto* const speed_option =
        line.add_option("-s,--speed", speed, "how many times as fast, such as 2 or 0.5");
    auto* const idle_option =
        line.add_option("-i,--idle", idle_seconds, "no pause longer than this many seconds");
    if (auto const status = parse(line, argc, argv))
        return *status;

    if (!(speed > 0) || !std::isfinite(speed))
        return complain("play", "the speed must be a number greater than 0", exit_usage);
    if (!(idle_seconds >= 0) || !std::isfinite(idle_seconds))
        return complain("play", "the idle time must be a number of seconds, 0 or more", exit_usage);
    play_options options{source, {}, {}};
    if (speed_option->count() > 0)
        options.speed = speed;
    if (idle_option->count() > 0) {
        auto const most = std::chrono::duration<double>(record::longest_recording);
        auto const idle = std::min(std::chrono::duration<double>(idle_seconds), most);
        options.idle_limit = std::chrono::round<record::moment>(idle);
    }
    return player(std::move(options)).run();
}

}  // namespace tendril::app
