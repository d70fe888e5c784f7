#include <tendril/base/file.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include <doctest/doctest.h>
#include <tests/e2e/driven_program.hpp>

namespace tendril::e2e {

namespace {

constexpr int deadline_ms = 20'000;
constexpr int run_deadline_ms = 120'000;  // the longest takes two seconds, ten under a sanitizer

[[noreturn]] void become(std::string const& program, std::vector<std::string> const& arguments)
{
    std::vector<char*> words{const_cast<char*>(program.c_str())};
    for (auto const& each : arguments)
        words.push_back(const_cast<char*>(each.c_str()));
    words.push_back(nullptr);
    ::execv(program.c_str(), words.data());
    ::_exit(127);
}

/// False when it had to be killed, with everything it started.
bool ends_in_time(pid_t child)
{
    base::unique_fd const ended(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
    REQUIRE(ended);
    ::pollfd waited{ended.get(), POLLIN, 0};
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(run_deadline_ms);
    while (std::chrono::steady_clock::now() < deadline)
        if (::poll(&waited, 1, 1000) == 1)
            return true;
    ::kill(-child, SIGKILL);
    return false;
}

int exit_status_of(pid_t child)
{
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// An unlinked file: never full, so a run cannot wait for us.
base::unique_fd scratch_file(std::string_view content)
{
    std::string name = "/tmp/tendril-e2e-XXXXXX";
    base::unique_fd file(::mkostemp(name.data(), O_CLOEXEC));
    REQUIRE(file);
    ::unlink(name.c_str());
    REQUIRE(base::write_all(file.get(), base::bytes_of(content), name).has_value());
    REQUIRE(::lseek(file.get(), 0, SEEK_SET) == 0);
    return file;
}

std::string content_of(base::unique_fd const& file)
{
    REQUIRE(::lseek(file.get(), 0, SEEK_SET) == 0);
    return base::read_to_end(file.get(), "the output", 64 * 1024 * 1024).value();
}

}  // namespace

std::string tendril_path()
{
    return TENDRIL_BINARY;
}

finished run(std::vector<std::string> const& arguments, std::string_view input)
{
    return run_program(tendril_path(), arguments, input);
}

finished shell(std::string const& line)
{
    return run_program("/bin/sh", {"-c", line}, {});
}

finished run_program(std::string const& program, std::vector<std::string> const& arguments,
                     std::string_view input)
{
    auto const in = scratch_file(input);
    auto const out = scratch_file({});
    auto const err = scratch_file({});
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::setpgid(0, 0);
        ::dup2(in.get(), STDIN_FILENO);
        ::dup2(out.get(), STDOUT_FILENO);
        ::dup2(err.get(), STDERR_FILENO);
        become(program, arguments);
    }
    bool const in_time = ends_in_time(child);
    finished ended{exit_status_of(child), content_of(out), content_of(err)};
    if (!in_time)
        FAIL("'" << program << "' did not end; it said: " << ended.out << ended.err);
    return ended;
}

on_terminal::on_terminal(std::vector<std::string> const& arguments, unsigned short columns,
                         unsigned short rows)
    : on_terminal(tendril_path(), arguments, columns, rows)
{
}

on_terminal::on_terminal(std::string const& program, std::vector<std::string> const& arguments,
                         unsigned short columns, unsigned short rows)
{
    winsize const size{rows, columns, 0, 0};
    int master = -1;
    int slave = -1;
    REQUIRE(::openpty(&master, &slave, nullptr, nullptr, &size) == 0);
    master_.reset(master);
    slave_.reset(slave);
    found_ = settings();
    child_ = ::fork();
    REQUIRE(child_ >= 0);
    if (child_ == 0) {
        ::close(master);
        ::login_tty(slave);
        become(program, arguments);
    }
}

on_terminal::~on_terminal()
{
    if (has_ended_)
        return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
}

/// False once the program has ended and everything it wrote has been read.
bool on_terminal::read_some()
{
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(deadline_ms);
    while (std::chrono::steady_clock::now() < deadline) {
        pollfd readable{master_.get(), POLLIN, 0};
        auto const count = ::poll(&readable, 1, 10);
        if (count > 0) {
            std::array<char, 4096> chunk;
            auto const size = ::read(master_.get(), chunk.data(), chunk.size());
            if (size <= 0)
                return false;
            unread_.append(chunk.data(), static_cast<std::size_t>(size));
            return true;
        }
        if (has_ended_)
            return false;
        int status = 0;
        if (::waitpid(child_, &status, WNOHANG) == child_) {
            has_ended_ = true;  // what it wrote last is read in the next round
            status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        }
    }
    FAIL("tendril did not answer; so far: " << unread_);
    return false;
}

std::string on_terminal::read_until(std::string_view text)
{
    while (unread_.find(text) == unread_.npos)
        if (!read_some())
            FAIL("tendril ended before '" << std::string(text) << "' came: " << unread_);
    auto const end = unread_.find(text) + text.size();
    auto const got = unread_.substr(0, end);
    unread_.erase(0, end);
    return got;
}

std::string on_terminal::read_more()
{
    if (unread_.empty() && !read_some())
        FAIL("tendril ended");
    return std::exchange(unread_, {});
}

std::string on_terminal::read_to_end()
{
    while (read_some()) {
    }
    return std::exchange(unread_, {});
}

void on_terminal::type(std::string_view keys)
{
    REQUIRE(base::write_all(master_.get(), base::bytes_of(keys), "the terminal").has_value());
}

void on_terminal::resize(unsigned short columns, unsigned short rows)
{
    winsize const size{rows, columns, 0, 0};
    REQUIRE(::ioctl(master_.get(), TIOCSWINSZ, &size) == 0);
}

void on_terminal::kill(int signal)
{
    REQUIRE(::kill(child_, signal) == 0);
}

termios on_terminal::settings() const
{
    termios now{};
    REQUIRE(::tcgetattr(slave_.get(), &now) == 0);
    return now;
}

}  // namespace tendril::e2e
