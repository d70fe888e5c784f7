#include <tendril/base/file.hpp>
#include <tendril/base/quote.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/remote/log_file.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <memory>

#include <fcntl.h>
#include <unistd.h>

namespace tendril {

namespace {

constexpr std::array<std::string_view, 5> level_names = {"trace", "debug", "notice", "warning", "error"};

/// What far ends say is made printable: it must not move the cursor of who reads the log, nor look like
/// another line.
std::string line_of(rpc::log_record const& record)
{
    auto const level = std::min(static_cast<std::size_t>(record.level), level_names.size() - 1);
    return "[context " + std::to_string(record.context) + "] " + std::string(level_names[level]) + ' ' +
           base::printable(record.source) + ": " + base::printable(record.text) + '\n';
}

std::string time_of(wire::timestamp when)
{
    auto const milliseconds = std::chrono::floor<std::chrono::milliseconds>(when.time_since_epoch()).count();
    auto const rest = ((milliseconds % 1000) + 1000) % 1000;
    auto const seconds = static_cast<std::time_t>((milliseconds - rest) / 1000);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 64> text;
    auto const size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S.", &parts);
    auto digits = std::to_string(rest);
    digits.insert(0, 3 - digits.size(), '0');
    return std::string(text.data(), size) + digits + "Z ";
}

/// What keeps a log from being written is nobody else's failure.
void write_line(int to, std::string_view line)
{
    static_cast<void>(base::write_all(to, base::bytes_of(line), "the log"));
}

}  // namespace

result<rpc::log_sink> log_to_file(std::string const& path)
{
    auto const file = std::make_shared<base::unique_fd>(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600));
    if (!*file)
        return os_failure("open " + path);
    return [file](rpc::log_record const& record) {
        write_line(file->get(), time_of(record.when) + line_of(record));
    };
}

rpc::log_sink log_to_standard_error()
{
    return [](rpc::log_record const& record) { write_line(STDERR_FILENO, line_of(record)); };
}

std::optional<rpc::log_level> log_level_of(std::string_view name) noexcept
{
    auto const found = std::ranges::find(level_names, name);
    if (found == level_names.end())
        return std::nullopt;
    return static_cast<rpc::log_level>(found - level_names.begin());
}

}  // namespace tendril
