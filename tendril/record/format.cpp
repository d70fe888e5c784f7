#include <tendril/record/asciicast_writer.hpp>
#include <tendril/record/format.hpp>
#include <tendril/record/golog.hpp>
#include <tendril/record/ttyrec.hpp>
#include <tendril/record/typescript_writer.hpp>

#include <utility>

namespace tendril::record {

namespace {

constexpr std::array<std::pair<format, capabilities>, 7> formats{{
    {format::asciicast_v1, {.name = "asciicast-v1", .is_written = false}},
    {format::asciicast_v2, {.name = "asciicast-v2", .bytes = false}},
    {format::asciicast_v3, {.name = "asciicast-v3", .bytes = false}},
    {format::golog, {.name = "golog"}},
    {format::typescript,
     {.name = "typescript", .input = false, .resize = false, .markers = false, .titles = false}},
    {format::typescript_streams, {.name = "typescript-streams", .markers = false, .titles = false}},
    {format::ttyrec,
     {.name = "ttyrec", .input = false, .markers = false, .exit = false, .titles = false, .command = false}},
}};

constexpr std::size_t index_of(event_kind kind) noexcept
{
    return static_cast<std::size_t>(kind);
}

}  // namespace

capabilities const& capabilities_of(format of) noexcept
{
    return formats[static_cast<std::size_t>(of)].second;
}

std::optional<format> parse_format(std::string_view name) noexcept
{
    for (auto const& [each, can] : formats)
        if (can.name == name)
            return each;
    return std::nullopt;
}

std::vector<std::string> writable_formats()
{
    std::vector<std::string> names;
    for (auto const& [each, can] : formats)
        if (can.is_written)
            names.emplace_back(can.name);
    return names;
}

std::unique_ptr<event_writer> make_writer(format to, environment_policy environment)
{
    switch (to) {
    case format::asciicast_v1:
        break;
    case format::asciicast_v2:
        return std::make_unique<asciicast_writer>(asciicast_version::v2, environment);
    case format::asciicast_v3:
        return std::make_unique<asciicast_writer>(asciicast_version::v3, environment);
    case format::golog:
        return std::make_unique<golog_writer>(environment);
    case format::typescript:
        return std::make_unique<typescript_writer>(typescript_form::classic);
    case format::typescript_streams:
        return std::make_unique<typescript_writer>(typescript_form::streams);
    case format::ttyrec:
        return std::make_unique<ttyrec_writer>();
    }
    return nullptr;
}

void loss::count(header const& head)
{
    auto const lost = [this](bool can_say, bool is_said, std::string_view what) {
        if (!can_say && is_said)
            members_.emplace_back(what);
    };
    lost(can_.began, head.began.has_value(), "the date");
    lost(can_.command, !head.command.empty(), "the command");
    lost(can_.command, !head.terminal_type.empty(), "the type of the terminal");
    lost(can_.titles, !head.title.empty(), "the title");
    lost(can_.titles, head.colours.has_value(), "the theme");
    lost(can_.titles, !head.tags.empty(), "the tags");
    lost(can_.titles, head.idle_time_limit.has_value(), "the idle time limit");
    lost(can_.titles, !head.more.empty(), "further metadata");
}

void loss::count(event const& happened) noexcept
{
    ++events_[index_of(happened.kind)];
}

std::string loss::text(std::uint64_t replaced_bytes) const
{
    std::string text;
    auto const add = [&](std::string const& what) { text += (text.empty() ? "" : ", ") + what; };
    for (auto const& each : members_)
        add(each);
    auto const add_events = [&](bool can_say, event_kind kind, std::string_view what) {
        auto const count = events_[index_of(kind)];
        if (!can_say && count > 0)
            add(std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s"));
    };
    add_events(can_.input, event_kind::input, "input event");
    add_events(can_.markers, event_kind::marker, "marker");
    add_events(can_.resize, event_kind::resize, "new size");
    add_events(can_.markers, event_kind::gap, "gap");
    add_events(can_.exit, event_kind::exit, "exit status");
    add_events(can_.markers, event_kind::other, "other event");
    if (replaced_bytes > 0)
        add(std::to_string(replaced_bytes) + " bytes that are not UTF-8");
    return text;
}

}  // namespace tendril::record
