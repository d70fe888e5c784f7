#pragma once

/// @file
/// The real `tendril` as a test drives it: with pipes or on a terminal. Layer: tests. Spec: posix_openpt(3).

#include <tendril/base/unique_fd.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>
#include <termios.h>

namespace tendril::e2e {

/// How a run with pipes ended.
struct finished {
    int status = -1;  ///< exit status; -1 when a signal ended it
    std::string out;
    std::string err;
};

/// The path of the `tendril` under test.
[[nodiscard]] std::string tendril_path();

/// Runs `tendril ARGUMENTS` with @p input as standard input, to its end. Fails the test, and kills what was
/// started, when that has not come after two minutes.
[[nodiscard]] finished run(std::vector<std::string> const& arguments, std::string_view input = {});

/// The same for a line of sh, without input.
[[nodiscard]] finished shell(std::string const& line);

/// The same for any program, by its path.
[[nodiscard]] finished run_program(std::string const& program, std::vector<std::string> const& arguments,
                                   std::string_view input);

/// `tendril ARGUMENTS` on a terminal of its own. Fails the test when it has not answered after 20 seconds.
class on_terminal {
public:
    on_terminal(std::vector<std::string> const& arguments, unsigned short columns, unsigned short rows);

    /// The same for any other program, by its path: a shell, to see how tendril behaves as its job.
    on_terminal(std::string const& program, std::vector<std::string> const& arguments, unsigned short columns,
                unsigned short rows);
    on_terminal(on_terminal const&) = delete;
    on_terminal& operator=(on_terminal const&) = delete;
    ~on_terminal();

    /// Reads until @p text has come; returns what was read up to its end. What follows is for the next call.
    std::string read_until(std::string_view text);

    /// Waits until something comes and returns it. Fails the test when the program has ended.
    std::string read_more();

    /// Presses keys.
    void type(std::string_view keys);

    /// Gives the terminal a new size.
    void resize(unsigned short columns, unsigned short rows);

    /// The process id of tendril, or of the other program.
    [[nodiscard]] pid_t pid() const noexcept { return child_; }

    /// Sends a signal.
    void kill(int signal);

    /// Reads to the end and returns it; then status() is known.
    std::string read_to_end();

    [[nodiscard]] int status() const noexcept { return status_; }

    /// The settings of the terminal now.
    [[nodiscard]] termios settings() const;

    /// The settings with which the program found it: asking settings() for them would be a race.
    [[nodiscard]] termios const& settings_found() const noexcept { return found_; }

private:
    bool read_some();

    base::unique_fd master_;
    base::unique_fd slave_;  // held open, so that the settings outlive the program
    termios found_{};
    pid_t child_ = -1;
    int status_ = -1;
    bool has_ended_ = false;
    std::string unread_;
};

}  // namespace tendril::e2e
