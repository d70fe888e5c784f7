#include <tendril/process/detail/child_linux.hpp>
#include <tendril/process/detail/flaws.hpp>
#include <tendril/process/detail/opened_redirections.hpp>
#include <tendril/process/detail/orphans.hpp>
#include <tendril/process/detail/surroundings.hpp>
#include <tendril/process/errc.hpp>
#include <tendril/process/reap.hpp>
#include <tendril/process/spawn.hpp>

#include <array>
#include <cerrno>
#include <utility>

#include <sys/resource.h>
#include <sys/stat.h>

#include <boost/system/system_category.hpp>

namespace tendril::process {

namespace {

constexpr std::string_view default_search_path = "/usr/local/bin:/bin:/usr/bin";

std::vector<std::string> candidates_of(command const& what)
{
    if (what.program.contains('/'))
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

/// The kernel refuses a directory as if it lacked the right to execute it.
bool is_directory(std::string const& program)
{
    struct ::stat found{};
    return program.contains('/') && ::stat(program.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
}

}  // namespace

struct prepared_command::plan {
    std::string subject;  // for messages
    std::vector<std::string> candidates;
    std::vector<std::string> arguments;
    std::vector<std::string> variables;
    std::unique_ptr<detail::surroundings> surroundings;
    std::vector<base::unique_fd> files;
    detail::descriptor_moves descriptors;
    std::vector<char*> candidate_pointers;
    std::vector<char*> argument_pointers;
    std::vector<char*> variable_pointers;
    std::vector<int> spares;
    detail::child_plan frozen;

    void freeze();
};

prepared_command::prepared_command(std::unique_ptr<plan> frozen) noexcept : plan_(std::move(frozen)) {}
prepared_command::prepared_command(prepared_command&&) noexcept = default;
prepared_command& prepared_command::operator=(prepared_command&&) noexcept = default;
prepared_command::~prepared_command() = default;

std::expected<prepared_command, spawn_error> prepared_command::prepare(command const& what)
{
    if (auto flaw = detail::first_flaw(what))
        return std::unexpected(std::move(*flaw));
    auto redirected = detail::open_redirections(what);
    if (!redirected)
        return std::unexpected(std::move(redirected.error()));
    auto moves = detail::plan_moves(redirected->map);
    if (!moves)
        return std::unexpected(make_spawn_error(step::descriptors, moves.error(), what.program));
    auto surroundings = detail::surroundings::of(what);
    if (!surroundings)
        return std::unexpected(std::move(surroundings.error()));

    auto made = std::make_unique<plan>();
    made->subject = what.program;
    made->candidates = candidates_of(what);
    made->arguments.push_back(what.argv0.value_or(what.program));
    made->arguments.insert(made->arguments.end(), what.arguments.begin(), what.arguments.end());
    made->variables.assign(what.environment.variables().begin(), what.environment.variables().end());
    made->surroundings = std::move(*surroundings);
    made->files = std::move(redirected->files);
    made->descriptors = std::move(*moves);
    made->freeze();
    return prepared_command(std::move(made));
}

void prepared_command::plan::freeze()
{
    candidate_pointers = pointers_to(candidates);
    argument_pointers = pointers_to(arguments);
    variable_pointers = pointers_to(variables);
    spares.resize(descriptors.spares);

    frozen.candidates = candidate_pointers.data();
    frozen.arguments = argument_pointers.data();
    frozen.environment = variable_pointers.data();
    frozen.moves = descriptors.moves.data();
    frozen.move_count = descriptors.moves.size();
    frozen.spares = spares.data();
    frozen.closed = descriptors.closed.data();
    frozen.closed_count = descriptors.closed.size();
    frozen.descriptor_limit = descriptor_limit();
    surroundings->enter_into(frozen);
}

spawn_refusal prepared_command::start(pid_t& pid, int& pidfd) noexcept
{
    auto& frozen = plan_->frozen;
    auto const outcome = detail::clone_child(frozen, pidfd);
    if (outcome < 0) {
        // Only a lack of room has nothing to do with the cgroup.
        bool const is_shortage = outcome == -EAGAIN || outcome == -ENOMEM;
        return {frozen.cgroup >= 0 && !is_shortage ? step::cgroup : step::create_process, -outcome, 0};
    }
    if (frozen.failure != 0) {
        reap_ended(pidfd);
        ::close(pidfd);
        return {frozen.failed_at, frozen.failure, frozen.failed_call};
    }
    pid = outcome;
    return {};
}

spawn_error prepared_command::describe(spawn_refusal why) const
{
    error_code code(why.os_error, boost::system::system_category());
    if (why.at == step::user && why.os_error == detail::way_back_error)
        code = errc::way_back;
    if (why.at == step::run_program && why.os_error == EACCES && is_directory(plan_->subject))
        code = make_error_code(boost::system::errc::is_a_directory);
    return make_spawn_error(why.at, code, plan_->subject, plan_->surroundings->detail_of(why));
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
