#include <tendril/base/quote.hpp>
#include <tendril/record/detail/script_header.hpp>
#include <tendril/record/typescript_writer.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace tendril::record {

namespace {

/// Seconds with six decimals, as script writes them.
std::string seconds_text(moment time)
{
    std::array<char, 40> text;
    auto const seconds = std::chrono::floor<std::chrono::seconds>(time);
    std::snprintf(text.data(), text.size(), "%lld.%06lld", static_cast<long long>(seconds.count()),
                  static_cast<long long>((time - seconds).count()));
    return text.data();
}

}  // namespace

void typescript_writer::begin(header const& from, std::string& to)
{
    began_ = from.began.value_or(std::chrono::sys_time<moment>{});
    auto const date = detail::script_date(began_);
    auto const columns = std::to_string(from.size.columns);
    auto const rows = std::to_string(from.size.rows);
    auto const command = base::printable(from.command);
    auto const term = base::printable(from.terminal_type);
    to += std::string(detail::script_started) + date + " [";
    if (!command.empty())
        to += "COMMAND=\"" + command + "\" ";
    if (!term.empty())
        to += "TERM=\"" + term + "\" ";
    to += "COLUMNS=\"" + columns + "\" LINES=\"" + rows + "\"]\n";
    if (form_ == typescript_form::classic)
        return;
    header_entry("START_TIME", date);
    if (!term.empty())
        header_entry("TERM", term);
    header_entry("COLUMNS", columns);
    header_entry("LINES", rows);
    if (auto const shell = from.environment.find("SHELL"); shell != from.environment.end())
        header_entry("SHELL", base::printable(shell->second));
    if (!command.empty())
        header_entry("COMMAND", command);
    header_entry("TIMING_LOG", base::printable(timing_name_));
    header_entry("OUTPUT_LOG", base::printable(log_));
    header_entry("INPUT_LOG", base::printable(log_));
}

void typescript_writer::output(moment when, base::byte_view bytes, std::string& to)
{
    if (bytes.empty())
        return;
    entry('O', when, std::to_string(bytes.size()));
    to += base::text_of(bytes);
}

void typescript_writer::write(event const& from, std::string& to)
{
    ended_ = std::max(ended_, from.time);
    if (from.kind == event_kind::output)
        return output(from.time, base::bytes_of(from.text), to);
    if (from.kind == event_kind::exit)
        status_ = base::printable(from.text);
    if (form_ == typescript_form::classic)
        return;
    if (from.kind == event_kind::input && !from.text.empty()) {
        entry('I', from.time, std::to_string(from.text.size()));
        to += from.text;
    } else if (from.kind == event_kind::resize) {
        entry('S', from.time,
              "SIGWINCH ROWS=" + std::to_string(from.size.rows) +
                  " COLS=" + std::to_string(from.size.columns));
    } else if (from.kind == event_kind::other && from.code == "signal") {
        entry('S', from.time, base::printable(from.text));
    }
}

void typescript_writer::finish(std::string& to)
{
    ended_ = std::clamp(ended_, latest_, std::max(latest_, longest_recording));
    auto const date = detail::script_date(began_ + ended_);
    to += std::string(detail::script_done) + date;
    if (!status_.empty())
        to += " [COMMAND_EXIT_CODE=\"" + status_ + "\"]";
    to += '\n';
    if (form_ == typescript_form::classic)
        return;
    header_entry("DURATION", seconds_text(ended_));
    if (!status_.empty())
        header_entry("EXIT_CODE", status_);
}

void typescript_writer::entry(char kind, moment when, std::string_view rest)
{
    auto const time = std::clamp(when, latest_, std::max(latest_, longest_recording));
    if (form_ == typescript_form::streams)
        timing_ += std::string(1, kind) + " ";
    timing_ += seconds_text(time - latest_) + " " + std::string(rest) + "\n";
    latest_ = time;
}

void typescript_writer::header_entry(std::string_view key, std::string_view value)
{
    timing_ += "H 0.000000 " + std::string(key) + " " + std::string(value) + "\n";
}

}  // namespace tendril::record
