#include <tendril/syslog/message.hpp>

#include <array>
#include <cstdio>

namespace tendril::syslog {

namespace {

constexpr std::array<std::pair<std::string_view, facility>, 20> facilities{{
    {"kern", facility::kern},     {"user", facility::user},         {"mail", facility::mail},
    {"daemon", facility::daemon}, {"auth", facility::auth},         {"syslog", facility::syslog},
    {"lpr", facility::lpr},       {"news", facility::news},         {"uucp", facility::uucp},
    {"cron", facility::cron},     {"authpriv", facility::authpriv}, {"ftp", facility::ftp},
    {"local0", facility::local0}, {"local1", facility::local1},     {"local2", facility::local2},
    {"local3", facility::local3}, {"local4", facility::local4},     {"local5", facility::local5},
    {"local6", facility::local6}, {"local7", facility::local7},
}};

/// PRINTUSASCII of at most @p most characters; "-" for nothing.
std::string field(std::string_view text, std::size_t most)
{
    std::string made;
    for (char const c : text.substr(0, most))
        made += c > ' ' && c <= '~' ? c : '?';
    return made.empty() ? "-" : made;
}

std::string harmless(std::string_view text)
{
    std::string made;
    for (char const c : text)
        made += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? '?' : c;
    return made;
}

/// PARAM-VALUE: RFC 5424 section 6.3.3.
std::string parameter(std::string_view text)
{
    std::string made;
    for (char const c : harmless(text)) {
        if (c == '"' || c == '\\' || c == ']')
            made += '\\';
        made += c;
    }
    return made;
}

std::string priority(identity const& who, severity how)
{
    return "<" + std::to_string(static_cast<unsigned>(who.from) * 8 + static_cast<unsigned>(how)) + ">";
}

std::string said(identity const& who, std::string_view line)
{
    return harmless(who.user) + " " + harmless(who.terminal) + ": " + std::string(line);
}

struct calendar {
    std::chrono::year_month_day day;
    std::chrono::hh_mm_ss<std::chrono::microseconds> time;
    explicit calendar(date when)
        : day(std::chrono::floor<std::chrono::days>(when)),
          time(when - std::chrono::floor<std::chrono::days>(when))
    {
    }
};

}  // namespace

std::optional<facility> parse_facility(std::string_view name) noexcept
{
    for (auto const& [each, which] : facilities)
        if (each == name)
            return which;
    return std::nullopt;
}

std::string to_rfc5424(identity const& who, severity how, date when, std::string_view line)
{
    calendar const at(when);
    std::array<char, 64> stamp;
    std::snprintf(stamp.data(), stamp.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
                  static_cast<int>(at.day.year()), static_cast<unsigned>(at.day.month()),
                  static_cast<unsigned>(at.day.day()), static_cast<int>(at.time.hours().count()),
                  static_cast<int>(at.time.minutes().count()), static_cast<int>(at.time.seconds().count()),
                  static_cast<int>(at.time.subseconds().count()));
    return priority(who, how) + "1 " + stamp.data() + " " + field(who.host, 255) + " " +
           field(who.program, 48) + " " + (who.process == 0 ? "-" : std::to_string(who.process)) +
           " line [tendril@32473 user=\"" + parameter(who.user) + "\" terminal=\"" + parameter(who.terminal) +
           "\"] " + said(who, line);
}

std::string to_rfc3164(identity const& who, severity how, date when, std::string_view line)
{
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    calendar const at(when);
    std::array<char, 64> stamp;
    std::snprintf(stamp.data(), stamp.size(), "%s %2u %02d:%02d:%02d",
                  months[static_cast<unsigned>(at.day.month()) - 1], static_cast<unsigned>(at.day.day()),
                  static_cast<int>(at.time.hours().count()), static_cast<int>(at.time.minutes().count()),
                  static_cast<int>(at.time.seconds().count()));
    auto const process = who.process == 0 ? std::string() : "[" + std::to_string(who.process) + "]";
    return priority(who, how) + stamp.data() + " " + field(who.program, 32) + process + ": " +
           said(who, line);
}

std::string octet_counted(std::string_view message)
{
    return std::to_string(message.size()) + " " + std::string(message);
}

}  // namespace tendril::syslog
