#include <tendril/record/detail/golog_extension.hpp>
#include <tendril/record/detail/golog_json.hpp>
#include <tendril/record/golog.hpp>

#include <algorithm>

namespace tendril::record {

namespace {

/// With its time it stays below what the reader takes.
constexpr std::size_t longest_output_bytes = golog_reader::longest_frame_bytes / 2;

}  // namespace

void golog_writer::begin(header const& from, std::string& to)
{
    began_millis_ =
        from.began ? std::chrono::floor<std::chrono::milliseconds>(from.began->time_since_epoch()).count()
                   : golog_unknown_beginning;
    began_millis_ = std::max(began_millis_, golog_unknown_beginning);
    frame(moment(0), detail::golog_metadata(from, began_millis_, environment_), to);
}

void golog_writer::output(moment when, base::byte_view bytes, std::string& to)
{
    auto rest = base::text_of(bytes);
    // Neither the separator nor what reads as an extension may stand in a frame of its own.
    if (detail::read_extension(rest)) {
        frame(when, rest.substr(0, 1), to);
        rest.remove_prefix(1);
    }
    while (!rest.empty()) {
        auto const found = rest.find(golog_separator);
        auto const size = std::min(found == rest.npos ? rest.size() : found + 2, longest_output_bytes);
        frame(when, rest.substr(0, size), to);
        rest.remove_prefix(size);
    }
}

void golog_writer::write(event const& from, std::string& to)
{
    if (from.kind == event_kind::output)
        return output(from.time, base::bytes_of(from.text), to);
    frame(from.time, detail::extension_of(from), to);
}

void golog_writer::frame(moment when, std::string_view bytes, std::string& to)
{
    latest_ = std::clamp(when, latest_, std::max(latest_, longest_recording));
    auto const millis = began_millis_ + std::chrono::round<std::chrono::milliseconds>(latest_).count();
    to += std::to_string(millis);
    to += ':';
    to += bytes;
    to += golog_separator;
}

}  // namespace tendril::record
