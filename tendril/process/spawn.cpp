#include <tendril/process/detail/child_linux.hpp>
#include <tendril/process/detail/orphans.hpp>
#include <tendril/process/reap.hpp>
#include <tendril/process/spawn.hpp>

#include <array>
#include <cstring>
#include <utility>

#include <sys/resource.h>

#include <boost/system/system_category.hpp>

namespace tendril::process {

namespace {

constexpr std::string_view default_search_path = "/usr/local/bin:/bin:/usr/bin";

std::vector<std::string> candidates_of(command const& what)
{
    if (what.program.empty() || what.program.contains('/'))
        return {what.program};
    std::vector<std::string> found;
    auto rest = what.environment.value_of("PATH").value_or(default_search_path);
    for (;;) {
        auto const colon = rest.find(':');
        auto const folder = rest.substr(0, colon);
        found.push_back(folder.empty() ? what.program : std::string(folder) + '/' + what.program);
        if (colon == std::string_view::npos)
            return found;
        rest.remove_prefix(colon + 1);
    }
}

/// Pointers as execve() wants them, ended by a null.
std::vector<char*> pointers_to(std::vector<std::string>& strings)
{
    std::vector<char*> pointers;
    pointers.reserve(strings.size() + 1);
    for (auto& each : strings)
        pointers.push_back(each.data());
    pointers.push_back(nullptr);
    return pointers;
}

unsigned descriptor_limit() noexcept
{
    ::rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    constexpr rlim_t most = 1024 * 1024;
    return static_cast<unsigned>(std::min(limit.rlim_cur, most));
}

}  // namespace

struct prepared_command::plan {
    std::string subject;  // for messages
    std::vector<std::string> candidates;
    std::vector<std::string> arguments;
    std::vector<std::string> variables;
    std::optional<std::string> working_directory;
    detail::descriptor_moves descriptors;
    std::vector<char*> candidate_pointers;
    std::vector<char*> argument_pointers;
    std::vector<char*> variable_pointers;
    std::vector<int> spares;
    detail::child_plan frozen;
};

prepared_command::prepared_command(std::unique_ptr<plan> frozen) noexcept : plan_(std::move(frozen)) {}
prepared_command::prepared_command(prepared_command&&) noexcept = default;
prepared_command& prepared_command::operator=(prepared_command&&) noexcept = default;
prepared_command::~prepared_command() = default;

std::expected<prepared_command, spawn_error> prepared_command::prepare(command const& what)
{
    auto moves = detail::plan_moves(what.descriptors);
    if (!moves)
        return std::unexpected(make_spawn_error(step::descriptors, moves.error(), what.program));

    auto made = std::make_unique<plan>();
    made->subject = what.program;
    made->candidates = candidates_of(what);
    made->arguments.push_back(what.argv0.value_or(what.program));
    made->arguments.insert(made->arguments.end(), what.arguments.begin(), what.arguments.end());
    made->variables.assign(what.environment.variables().begin(), what.environment.variables().end());
    made->working_directory = what.working_directory;
    made->descriptors = std::move(*moves);
    made->candidate_pointers = pointers_to(made->candidates);
    made->argument_pointers = pointers_to(made->arguments);
    made->variable_pointers = pointers_to(made->variables);
    made->spares.resize(made->descriptors.spares);

    auto& frozen = made->frozen;
    frozen.candidates = made->candidate_pointers.data();
    frozen.arguments = made->argument_pointers.data();
    frozen.environment = made->variable_pointers.data();
    frozen.working_directory = made->working_directory ? made->working_directory->c_str() : nullptr;
    frozen.new_session = what.group == grouping::own_session;
    frozen.new_group = what.group == grouping::own_group;
    frozen.controlling_terminal = what.controlling_terminal.value_or(-1);
    frozen.foreground_terminal = what.foreground_terminal.value_or(-1);
    frozen.moves = made->descriptors.moves.data();
    frozen.move_count = made->descriptors.moves.size();
    frozen.spares = made->spares.data();
    frozen.spare_floor = made->descriptors.spare_floor;
    frozen.closed = made->descriptors.closed.data();
    frozen.closed_count = made->descriptors.closed.size();
    frozen.descriptor_limit = descriptor_limit();
    return prepared_command(std::move(made));
}

spawn_refusal prepared_command::start(pid_t& pid, int& pidfd) noexcept
{
    auto& frozen = plan_->frozen;
    auto const outcome = detail::clone_child(frozen, pidfd);
    if (outcome < 0)
        return {step::create_process, -outcome};
    if (frozen.failure != 0) {
        reap_ended(pidfd);
        ::close(pidfd);
        return {frozen.failed_at, frozen.failure};
    }
    pid = outcome;
    return {};
}

spawn_error prepared_command::describe(spawn_refusal why) const
{
    error_code const code(why.os_error, boost::system::system_category());
    auto told = make_spawn_error(why.at, code, plan_->subject);
    if (why.at == step::working_directory)
        told.attempt += " to " + *plan_->working_directory;
    return told;
}

std::expected<spawned, spawn_error> spawn(command const& what)
{
    detail::reap_orphans();
    auto prepared = prepared_command::prepare(what);
    if (!prepared)
        return std::unexpected(std::move(prepared.error()));
    pid_t pid = -1;
    int pidfd = -1;
    auto const refusal = prepared->start(pid, pidfd);
    if (refusal.os_error != 0)
        return std::unexpected(prepared->describe(refusal));
    return spawned{pid, base::unique_fd(pidfd)};
}

}  // namespace tendril::process
