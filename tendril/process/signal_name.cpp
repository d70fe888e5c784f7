#include <tendril/process/errc.hpp>
#include <tendril/process/signal_name.hpp>

#include <charconv>
#include <csignal>
#include <cstring>

namespace tendril::process {

namespace {

/// The N of "RTMIN+N" or "RTMAX-N"; 0 for the bare word, -1 for anything else.
int offset_of(std::string_view rest, char sign) noexcept
{
    if (rest.empty())
        return 0;
    int offset = -1;
    auto const* const end = rest.data() + rest.size();
    if (rest.front() != sign || rest.size() < 2 || rest[1] < '0' || rest[1] > '9')
        return -1;
    return std::from_chars(rest.data() + 1, end, offset).ptr == end ? offset : -1;
}

/// The number of a real-time signal, whose range is known at run time only; 0 for none.
int real_time_number(std::string_view name) noexcept
{
    int const most = SIGRTMAX - SIGRTMIN;
    if (name.starts_with("RTMIN")) {
        auto const offset = offset_of(name.substr(5), '+');
        return offset >= 0 && offset <= most ? SIGRTMIN + offset : 0;
    }
    if (name.starts_with("RTMAX")) {
        auto const offset = offset_of(name.substr(5), '-');
        return offset >= 0 && offset <= most ? SIGRTMAX - offset : 0;
    }
    return 0;
}

}  // namespace

result<int> signal_number(std::string_view name)
{
    auto const bare = name.starts_with("SIG") ? name.substr(3) : name;
    for (int number = 1; number < SIGRTMIN; ++number)
        if (auto const* const known = ::sigabbrev_np(number); known && bare == known)
            return number;
    if (auto const number = real_time_number(bare); number != 0)
        return number;
    return failure(errc::unknown_signal, "find a signal named \"" + std::string(name) + '"');
}

std::string signal_name(int number)
{
    if (auto const* const known = ::sigabbrev_np(number))
        return known;
    if (number >= SIGRTMIN && number <= SIGRTMAX)
        return number == SIGRTMIN ? "RTMIN" : "RTMIN+" + std::to_string(number - SIGRTMIN);
    return "signal " + std::to_string(number);
}

}  // namespace tendril::process
