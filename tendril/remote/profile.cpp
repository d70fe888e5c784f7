#include <tendril/base/file.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/remote/profile.hpp>

#include <concepts>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace tendril::remote {

namespace {

std::string quoted(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string made = "\"";
    for (char const each : text) {
        auto const code = static_cast<unsigned char>(each);
        if (each == '"' || each == '\\')
            (made += '\\') += each;
        else if (code < 0x20)
            ((made += "\\u00") += digits[code >> 4]) += digits[code & 15];
        else
            made += each;
    }
    return made + '"';
}

/// Members of one object, on one line.
class members {
public:
    members& add(std::string_view name, std::integral auto value) { return put(name, std::to_string(value)); }
    members& add(std::string_view name, std::chrono::nanoseconds value)
    {
        return put(std::string(name) + "_us",
                   std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(value).count()));
    }
    members& add(std::string_view name, std::string_view value) { return put(name, quoted(value)); }
    members& put(std::string_view name, std::string const& json)
    {
        text_ += (text_.empty() ? "" : ", ") + quoted(name) + ": " + json;
        return *this;
    }
    [[nodiscard]] std::string const& text() const noexcept { return text_; }

private:
    std::string text_;
};

std::string json_of(link_profile const& link)
{
    members all;
    all.add("neighbour", link.neighbour)
        .add("frames_in", link.frames_in)
        .add("frames_out", link.frames_out)
        .add("bytes_in", link.bytes_in)
        .add("bytes_out", link.bytes_out)
        .add("pauses", link.pauses)
        .add("most_queued_bytes", link.most_queued_bytes)
        .add("queue_time", link.queue_time)
        .add("longest_queue_time", link.longest_queue_time);
    return '{' + all.text() + '}';
}

std::string json_of(std::string const& name, function_profile const& function)
{
    members all;
    all.add("function", std::string_view(name))
        .add("calls", function.calls)
        .add("failed", function.failed)
        .add("wait_time", function.wait_time)
        .add("longest_wait", function.longest_wait)
        .add("run_time", function.run_time)
        .add("longest_run", function.longest_run);
    return '{' + all.text() + '}';
}

std::string list_of(std::vector<std::string> const& items)
{
    std::string text;
    for (auto const& each : items)
        text += (text.empty() ? "\n    " : ",\n    ") + each;
    return '[' + text + ']';
}

}  // namespace

std::string to_json(context_profile const& profile)
{
    std::string ancestors;
    for (auto const each : profile.ancestors)
        ancestors += (ancestors.empty() ? "" : ", ") + std::to_string(each);
    std::vector<std::string> links;
    for (auto const& each : profile.links)
        links.push_back(json_of(each));
    std::vector<std::string> functions;
    for (auto const& [name, each] : profile.functions)
        functions.push_back(json_of(name, each));
    members all;
    all.add("context", profile.id)
        .put("ancestors", '[' + ancestors + ']')
        .add("name", std::string_view(profile.name))
        .add("process", profile.process)
        .add("lifetime", profile.lifetime)
        .add("user_time", profile.user_time)
        .add("system_time", profile.system_time)
        .add("most_calls_waiting", profile.most_calls_waiting);
    return "{" + all.text() + ",\n  \"links\": " + list_of(links) +
           ",\n  \"functions\": " + list_of(functions) + "}\n";
}

result<void> write_profile(std::string const& folder, context_profile const& profile)
{
    auto const path = folder + "/context-" + std::to_string(profile.id) + ".json";
    base::unique_fd const file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600));
    if (!file)
        return os_failure("open " + path);
    return base::write_all(file.get(), base::bytes_of(to_json(profile)), path);
}

}  // namespace tendril::remote
