#include <tendril/record/format.hpp>
#include <tendril/record/gzip.hpp>
#include <tendril/record/typescript_writer.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>
#include <apps/tendril/command_line.hpp>
#include <apps/tendril/convert.hpp>
#include <apps/tendril/output_file.hpp>
#include <apps/tendril/recording_source.hpp>

namespace tendril::app {

namespace {

/// Large enough to pack well, small enough to be nothing.
constexpr std::size_t piece_bytes = 256 * 1024;

/// Packing happens once, reading often.
constexpr int best_level = 9;

struct convert_options {
    recording_source source;
    std::string output;
    std::string format;
    std::string timing_output;
    bool is_quiet = false;
};

/// What the name of a file says about its format.
std::optional<record::format> format_of(std::string_view name) noexcept
{
    if (name.ends_with(".cast"))
        return record::format::asciicast_v3;
    if (name.ends_with(".golog"))
        return record::format::golog;
    if (name.ends_with(".ttyrec") || name.ends_with(".tty"))
        return record::format::ttyrec;
    if (name.ends_with(".typescript") || name.ends_with("typescript"))
        return record::format::typescript_streams;
    return std::nullopt;
}

/// A recording on its way into one file, or into two for a typescript.
class conversion {
public:
    conversion(record::format to, output_file file, std::optional<output_file> timing,
               std::unique_ptr<record::event_writer> writer)
        : to_(to), file_(std::move(file)), timing_(std::move(timing)), writer_(std::move(writer)), lost_(to)
    {
    }

    result<void> run(record::open_recording& from)
    {
        for (bool has_begun = false;;) {
            auto const got = from.next();
            if (!got)
                return std::unexpected(got.error());
            if (!has_begun && from.reader().head()) {
                has_begun = true;
                lost_.count(*from.reader().head());
                writer_->begin(*from.reader().head(), waiting_);
            }
            if (!*got)
                break;
            lost_.count(**got);
            writer_->write(**got, waiting_);
            if (waiting_.size() >= piece_bytes)
                if (auto const outcome = flush(); !outcome)
                    return outcome;
        }
        writer_->finish(waiting_);
        if (auto const outcome = flush(); !outcome)
            return outcome;
        if (auto const outcome = file_.commit(); !outcome || !timing_)
            return outcome;
        return timing_->commit();
    }

    [[nodiscard]] std::string lost() const { return lost_.text(writer_->replaced_bytes()); }

private:
    result<void> flush()
    {
        auto const packed = to_ == record::format::golog && !waiting_.empty()
                                ? record::gzip_member(waiting_, best_level)
                                : std::exchange(waiting_, {});
        waiting_.clear();
        if (auto const outcome = file_.write(packed); !outcome || !timing_)
            return outcome;
        return timing_->write(static_cast<record::typescript_writer&>(*writer_).take_timing());
    }

    record::format to_;
    output_file file_;
    std::optional<output_file> timing_;
    std::unique_ptr<record::event_writer> writer_;
    record::loss lost_;
    std::string waiting_;
};

std::string_view last_part(std::string_view path) noexcept
{
    return path.substr(path.rfind('/') + 1);
}

int convert_to(record::format to, convert_options const& options)
{
    bool const is_script = to == record::format::typescript || to == record::format::typescript_streams;
    if (is_script && options.output == "-" && options.timing_output.empty())
        return complain("convert", "a typescript on standard output needs --timing-output", exit_usage);
    auto source = options.source.open();
    if (!source)
        return complain("convert", source.error(), exit_usage);
    auto file = output_file::create(options.output);
    if (!file)
        return complain("convert", file.error());
    std::optional<output_file> timing;
    auto writer = record::make_writer(to, record::environment_policy::all);
    if (is_script) {
        auto const path = options.timing_output.empty() ? options.output + ".timing" : options.timing_output;
        auto created = output_file::create(path);
        if (!created)
            return complain("convert", created.error());
        timing.emplace(std::move(*created));
        writer = std::make_unique<record::typescript_writer>(
            to == record::format::typescript ? record::typescript_form::classic
                                             : record::typescript_form::streams,
            std::string(last_part(options.output)), std::string(last_part(path)));
    }

    conversion work(to, std::move(*file), std::move(timing), std::move(writer));
    auto const outcome = work.run(*source);
    for (auto const& each : source->reader().take_warnings())
        complain("convert", options.source.name() + ", " + each);
    if (!outcome)
        return complain("convert", outcome.error(), source->reader().head() ? exit_failure : exit_usage);
    if (auto const lost = work.lost(); !lost.empty() && !options.is_quiet)
        complain("convert", std::string(record::capabilities_of(to).name) + " cannot say, and lost: " + lost);
    return 0;
}

}  // namespace

int convert(int argc, char** argv)
{
    convert_options options;
    CLI::App line("Writes a recording in another format, and says what that format cannot hold.\n"
                  "What FILE is, is found by its content: asciicast 1 to 3, golog, typescript, ttyrec.",
                  "convert");
    options.source.add_to(line);
    line.add_option("OUTPUT", options.output, "the file to write; - is standard output")->required();
    line.add_option("--to", options.format, "the format; else the name of the output tells")
        ->check(CLI::IsMember(record::writable_formats()));
    line.add_option("--timing-output", options.timing_output,
                    "where the timing of a typescript goes; else OUTPUT.timing");
    line.add_flag("-q,--quiet", options.is_quiet, "do not say what is lost");
    if (auto const status = parse(line, argc, argv))
        return *status;
    auto const to = options.format.empty() ? format_of(options.output) : record::parse_format(options.format);
    if (!to)
        return complain("convert", "cannot tell the format from the name " + options.output + "; give --to",
                        exit_usage);
    return convert_to(*to, options);
}

}  // namespace tendril::app
