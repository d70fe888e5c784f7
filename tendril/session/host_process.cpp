#include <tendril/base/file.hpp>
#include <tendril/base/quote.hpp>
#include <tendril/io/stream.hpp>
#include <tendril/process/errc.hpp>
#include <tendril/session/host.hpp>
#include <tendril/session/host_process.hpp>
#include <tendril/session/quiet_packing.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <malloc.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/errc.hpp>

namespace tendril::session {

namespace {

namespace errc = boost::system::errc;

constexpr int report_fd = 3;
constexpr int most_numbers = 1000;  // of nameless sessions at once
constexpr std::size_t report_limit = 64 * 1024;

/// The head of what a host tells its starter; a text follows: the name, or what was tried.
struct report {
    enum class source : std::uint8_t { success, system, generic, process };
    source from = source::success;
    std::int32_t value = 0;  // the host's process id, or the error's
    std::int32_t shell_code = 0;
};

void send_report(base::unique_fd to, report head, std::string_view text)
{
    std::string bytes(sizeof head, '\0');
    std::memcpy(bytes.data(), &head, sizeof head);
    bytes += text;
    // Whoever started us may be gone; the session is not.
    static_cast<void>(base::write_all(to.get(), base::bytes_of(bytes), "the starter"));
}

void send_refusal(base::unique_fd to, error const& why, int shell_code)
{
    report head{.from = report::source::generic, .value = why.code.value(), .shell_code = shell_code};
    if (why.code.category() == boost::system::system_category())
        head.from = report::source::system;
    else if (why.code.category() == process::category())
        head.from = report::source::process;
    send_report(std::move(to), head, why.attempt);
}

std::expected<started_host, host_start_error> understood(std::string_view bytes)
{
    report head;
    if (bytes.size() < sizeof head)
        return std::unexpected(host_start_error{
            {make_error_code(errc::no_such_process), "start a host: it died before the program ran"}});
    std::memcpy(&head, bytes.data(), sizeof head);
    std::string text(bytes.substr(sizeof head));
    if (head.from == report::source::success)
        return started_host{std::move(text), head.value};
    auto const& category = head.from == report::source::system    ? boost::system::system_category()
                           : head.from == report::source::process ? process::category()
                                                                  : boost::system::generic_category();
    return std::unexpected(
        host_start_error{{error_code(head.value, category), std::move(text)}, head.shell_code});
}

/// Lets go of everything that was the starter's. Returns the way to report.
base::unique_fd alone(base::unique_fd to_starter)
{
    base::unique_fd report_to(to_starter.get() == report_fd ? to_starter.release()
                                                            : ::dup3(to_starter.get(), report_fd, O_CLOEXEC));
    static_cast<void>(to_starter.release());
    ::close_range(report_fd + 1, ~0U, 0);
    if (auto const nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC); nothing >= 0) {
        for (int const standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            ::dup2(nothing, standard);
        ::close(nothing);
    }
    for (int const signal : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGTSTP})
        std::signal(signal, SIG_IGN);
    std::signal(SIGCHLD, SIG_DFL);
    return report_to;
}

result<claimed_name> claim(host_folder const& in, std::string& name)
{
    if (!name.empty())
        return in.claim(name);
    for (int number = 0;; ++number) {
        name = std::to_string(number);
        auto claimed = in.claim(name);
        bool const taken = !claimed && (claimed.error().code == errc::address_in_use ||
                                        claimed.error().code == errc::file_exists);
        if (!taken || number >= most_numbers)
            return claimed;
    }
}

result<io::stream> termination_requests(io::executor on)
{
    ::sigset_t asked;
    ::sigemptyset(&asked);
    ::sigaddset(&asked, SIGTERM);
    ::sigprocmask(SIG_BLOCK, &asked, nullptr);
    // Not asio's signal_set: what that shares in a process was the starter's and is closed here.
    base::unique_fd requests(::signalfd(-1, &asked, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!requests)
        return os_failure("watch for signals");
    return io::stream(std::move(on), std::move(requests));
}

asio::awaitable<void> obey_termination(io::stream* requests, session* program)
{
    std::array<std::byte, sizeof(::signalfd_siginfo)> one;
    for (;;) {
        auto const [why, count] =
            co_await requests->async_read_some(one, asio::as_tuple(asio::use_awaitable));
        if (why)
            co_return;
        static_cast<void>(program->terminate());  // refused only when it has ended
    }
}

std::string command_of(process::command const& program)
{
    std::vector<std::string> words{program.program};
    words.insert(words.end(), program.arguments.begin(), program.arguments.end());
    return base::shell_join(words);
}

/// The host's whole life.
void live(host_folder const& in, host_plan plan, base::unique_fd to_starter)
{
    auto report_to = alone(std::move(to_starter));
    asio::io_context loop(1);
    auto requests = termination_requests(loop.get_executor());
    if (!requests)
        return send_refusal(std::move(report_to), requests.error(), 1);
    auto claimed = claim(in, plan.name);
    if (!claimed)
        return send_refusal(std::move(report_to), claimed.error(), 1);

    auto const size = clamped(plan.session.size, plan.session.limits, plan.session.cell);
    auto screen = std::make_unique<term::terminal>(
        term::grid_size{size.columns, size.rows}, term::terminal_limits{.history_lines = plan.history_lines});
    auto& shown = *screen;
    plan.session.emulator = std::move(screen);
    plan.session.background = loop.get_executor();  // nobody is attached any more when it is needed
    if (plan.session.id.empty())
        plan.session.id = plan.name;
    auto const command = command_of(plan.session.program);
    auto started = open_session(loop.get_executor(), std::move(plan.session));
    if (!started) {
        {
            auto const free_again = std::move(*claimed);  // before anybody hears of it
        }
        return send_refusal(std::move(report_to), started.error(), started.error().shell_code());
    }

    host serving(std::move(*started), shown, std::move(*claimed),
                 {.name = plan.name, .command = command, .linger = plan.linger});
    // The heap keeps what was freed in its middle unless it is told.
    std::optional<quiet_packing> packing;
    packing.emplace(serving.program(), shown, packing_options{.on_packed = [] { ::malloc_trim(0); }});
    // A folder that was mounted when we started can be unmounted while we live.
    static_cast<void>(::chdir("/") == 0);
    send_report(std::move(report_to), {.value = ::getpid()}, plan.name);
    asio::co_spawn(loop, obey_termination(&*requests, &serving.program()), [](std::exception_ptr) {});
    asio::co_spawn(loop, serving.run(), [&](std::exception_ptr) {
        requests->close();
        packing.reset();  // it waits for silence, and the loop for it
    });
    loop.run();
}

}  // namespace

std::expected<started_host, host_start_error> start_host(host_folder const& in, host_plan plan)
{
    auto const refused = [](std::string attempt) {
        return std::unexpected(host_start_error{{last_os_error(), std::move(attempt)}});
    };
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return refused("make a pipe");
    base::unique_fd from_host(ends[0]);
    base::unique_fd to_us(ends[1]);
    auto const between = ::fork();
    if (between < 0)
        return refused("fork a host");
    if (between == 0) {
        // Not our child's child: nobody who waits for the starter's children ever sees the host. Nor its
        // group's: Ctrl-C at our terminal does not reach it.
        if (::setsid() < 0 || ::fork() != 0)
            ::_exit(0);
        try {
            live(in, std::move(plan), std::move(to_us));
        } catch (std::exception const&) {
            ::_exit(EXIT_FAILURE);
        }
        ::_exit(EXIT_SUCCESS);
    }
    to_us.reset();
    while (::waitpid(between, nullptr, 0) < 0 && errno == EINTR) {
    }
    auto const told = base::read_to_end(from_host.get(), "the host's report", report_limit);
    if (!told)
        return std::unexpected(host_start_error{told.error()});
    return understood(*told);
}

}  // namespace tendril::session
