#include <tendril/record/asciicast_writer.hpp>
#include <tendril/record/detail/asciicast_json.hpp>
#include <tendril/record/detail/byte_runs.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace tendril::record {

namespace {

/// Appends COUNT / 10^DECIMALS as a decimal fraction.
void append_fraction(std::string& to, std::int64_t count, std::size_t decimals)
{
    std::array<char, 24> digits;
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), count).ptr;
    auto const size = static_cast<std::size_t>(end - digits.data());
    std::string_view const all(digits.data(), size);
    if (size <= decimals) {
        to += "0.";
        to.append(decimals - size, '0');
        to += all;
    } else {
        to += all.substr(0, size - decimals);
        to += '.';
        to += all.substr(size - decimals);
    }
}

std::string_view code_of(event const& from) noexcept
{
    switch (from.kind) {
    case event_kind::output:
        return "o";
    case event_kind::input:
        return "i";
    case event_kind::marker:
    case event_kind::gap:
        return "m";
    case event_kind::resize:
        return "r";
    case event_kind::exit:
        return "x";
    case event_kind::other:
        break;
    }
    return from.code;
}

/// Labels and texts of unknown events are whole, so each is repaired on its own.
std::string repaired(std::string_view text)
{
    std::string valid;
    utf8_carry repair;
    repair.push(base::bytes_of(text), valid);
    repair.finish(valid);
    return valid;
}

header repaired(header from)
{
    for (auto* text : {&from.terminal_type, &from.terminal_version, &from.command, &from.title})
        *text = repaired(*text);
    for (auto& tag : from.tags)
        tag = repaired(tag);
    std::map<std::string, std::string> environment;
    for (auto const& [name, value] : from.environment)
        environment[repaired(name)] = repaired(value);
    from.environment = std::move(environment);
    std::map<std::string, std::string> more;
    for (auto const& [name, value] : from.more)
        more[repaired(name)] = repaired(value);
    from.more = std::move(more);
    return from;
}

}  // namespace

void asciicast_writer::begin(header const& from, std::string& to)
{
    to += detail::header_line(repaired(from), static_cast<int>(version_), environment_);
    to += '\n';
}

void asciicast_writer::output(moment when, base::byte_view bytes, std::string& to)
{
    stream(output_, when, "o", bytes, to);
}

void asciicast_writer::input(moment when, base::byte_view bytes, std::string& to)
{
    stream(input_, when, "i", bytes, to);
}

void asciicast_writer::mark(moment when, std::string_view label, std::string& to)
{
    line(when, "m", repaired(label), to);
}

void asciicast_writer::resize(moment when, screen_size size, std::string& to)
{
    line(when, "r", to_string(size), to);
}

void asciicast_writer::exit(moment when, int status, std::string& to)
{
    finish(to);
    line(when, "x", std::to_string(status), to);
}

void asciicast_writer::write(event const& from, std::string& to)
{
    switch (from.kind) {
    case event_kind::output:
        return output(from.time, base::bytes_of(from.text), to);
    case event_kind::input:
        return input(from.time, base::bytes_of(from.text), to);
    case event_kind::resize:
        return resize(from.time, from.size, to);
    case event_kind::exit:
        finish(to);
        break;
    case event_kind::gap:
        return mark(from.time, std::string(gap_label) + from.text, to);
    case event_kind::marker:
    case event_kind::other:
        break;
    }
    line(from.time, repaired(code_of(from)), repaired(from.text), to);
}

void asciicast_writer::finish(std::string& to)
{
    for (auto* const waiting : {&output_, &input_}) {
        text_.clear();
        waiting->finish(text_);
        if (!text_.empty())
            line(latest_, waiting == &output_ ? "o" : "i", text_, to);
    }
}

void asciicast_writer::rewind()
{
    written_ = committed_;
    std::string lost;
    output_.finish(lost);
    input_.finish(lost);
}

void asciicast_writer::stream(utf8_carry& through, moment when, std::string_view code, base::byte_view bytes,
                              std::string& to)
{
    auto const as_it_is = base::text_of(bytes);
    if (!as_it_is.empty() && !through.is_waiting() && detail::ascii_run(as_it_is) == as_it_is.size())
        return line(when, code, as_it_is, to);
    text_.clear();
    through.push(bytes, text_);
    if (!text_.empty())
        line(when, code, text_, to);
    else
        latest_ = std::max(latest_, when);
}

void asciicast_writer::line(moment when, std::string_view code, std::string_view text, std::string& to)
{
    to += '[';
    time(when, to);
    to += ", ";
    detail::append_string(to, code);
    to += ", ";
    detail::append_string(to, text);
    to += "]\n";
}

void asciicast_writer::time(moment when, std::string& to)
{
    latest_ = std::clamp(when, latest_, std::max(latest_, longest_recording));
    if (version_ == asciicast_version::v2)
        return append_fraction(to, latest_.count(), 6);
    auto const rounded = std::chrono::round<std::chrono::milliseconds>(latest_);
    append_fraction(to, (rounded - written_).count(), 3);
    written_ = rounded;
}

}  // namespace tendril::record
