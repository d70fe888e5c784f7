#include <tendril/remote/connect_error.hpp>

namespace tendril::remote {

std::string_view meaning(connect_failure what) noexcept
{
    switch (what) {
    case connect_failure::cannot_start:
        return "the program that leads there cannot be started";
    case connect_failure::bad_option:
        return "an option cannot be used";
    case connect_failure::ended:
        return "the way there ended before the far end spoke";
    case connect_failure::timed_out:
        return "nothing was heard in time";
    case connect_failure::unreachable:
        return "the host cannot be reached";
    case connect_failure::dropped:
        return "the host hung up before anybody logged in";
    case connect_failure::password_needed:
        return "a password is asked for and none was given";
    case connect_failure::wrong_password:
        return "the password was refused";
    case connect_failure::refused:
        return "access was refused";
    case connect_failure::unknown_host_key:
        return "the host's key is not known";
    case connect_failure::changed_host_key:
        return "the host's key has changed";
    case connect_failure::wrong_architecture:
        return "there is no program for that machine";
    case connect_failure::nowhere_to_run:
        return "no place there is both writable and executable";
    case connect_failure::no_space:
        return "there is no space left";
    case connect_failure::damaged:
        return "what arrived is not what was sent";
    case connect_failure::not_understood:
        return "the far end speaks something else";
    }
    return "it failed";
}

std::string connect_error::message() const
{
    std::string whole;
    if (!target.empty())
        whole += target + ": ";
    whole += meaning(what);
    if (!words.empty())
        whole += ": " + words;
    if (!last_output.empty())
        whole += "\n" + last_output;
    return whole;
}

}  // namespace tendril::remote
