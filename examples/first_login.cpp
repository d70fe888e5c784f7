// first_login PASSWORD-FILE COMMAND...: runs ssh, says yes to a host that is new, types the password, and
// prints what the other side says. The question about the host may come or not. The callback face.
#include <tendril/base/file.hpp>
#include <tendril/session/session.hpp>
#include <tendril/session/type_secret.hpp>
#include <tendril/term/terminal.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

using namespace tendril;
using namespace std::chrono_literals;

int complain(std::string const& message)
{
    std::fprintf(stderr, "first_login: %s\n", message.c_str());
    return EXIT_FAILURE;
}

/// Reads on until the output has ended; what comes after the password is printed.
struct reader {
    session::session* from;
    bool const* logged_in;
    void operator()(error_code why, base::byte_view bytes) const
    {
        if (*logged_in)
            std::fwrite(bytes.data(), 1, bytes.size(), stdout);
        if (!why)
            from->async_read(*this);
    }
};

int main(int argc, char** argv)
{
    if (argc < 3)
        return complain("usage: first_login PASSWORD-FILE ssh ...");
    auto const line = base::read_file(argv[1], 4096);
    if (!line)
        return complain(line.error().message());
    base::secret const password(line->substr(0, line->find('\n')));
    std::vector<std::string> const words(argv + 2, argv + argc);

    asio::io_context loop;
    auto ssh =
        session::session::start(loop.get_executor(), {.program = process::command_of(words), .launch = {}},
                                std::make_unique<term::terminal>());
    if (!ssh)
        return complain(error(ssh.error()).message());

    bool logged_in = false;
    bool lost = false;
    auto const say_yes = [&](expect::match const&) { lost = bool(ssh->write(base::bytes_of("yes\r"))); };
    auto const type_password = [&](expect::match const&) {
        asio::co_spawn(loop, session::type_secret(&*ssh, &password),
                       [&](std::exception_ptr, error_code why) { logged_in = !(lost = bool(why)); });
    };
    auto const give_up = [&](expect::lapse why) {
        lost = true;
        std::fprintf(stderr, "first_login: %s\n",
                     why == expect::lapse::ended ? "ssh ended without a question" : "no question came");
        ssh->hang_up();
    };
    ssh->expect({*expect::pattern::regex("continue connecting \\(yes/no")}, say_yes,
                {.as = expect::standing::optional});
    ssh->expect({*expect::pattern::regex("password:")}, type_password,
                {.deadline = std::chrono::steady_clock::now() + 30s, .on_lapse = give_up});

    int code = EXIT_FAILURE;
    ssh->async_wait([&](error_code, process::exit_status how) { code = how.shell_code(); });
    ssh->async_read(reader{&*ssh, &logged_in});
    loop.run();
    return lost ? EXIT_FAILURE : code;
}
