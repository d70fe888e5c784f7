#include <tendril/base/file.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/pty/raw_terminal.hpp>
#include <tendril/pty/termios.hpp>

#include <cerrno>
#include <string_view>

#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <apps/tendril/secret_prompt.hpp>

namespace tendril::app {

namespace {

constexpr std::size_t secret_limit_bytes = 64 * 1024;

/// Text that is wiped when it goes, for what passes through ordinary strings on its way into a secret.
struct wiped {
    std::string text;
    ~wiped() { ::explicit_bzero(text.data(), text.size()); }
};

base::secret first_line(std::string_view text)
{
    return base::secret(text.substr(0, text.find_first_of("\r\n")));
}

result<base::secret> read_line(int terminal)
{
    wiped line;
    line.text.reserve(secret_limit_bytes);  // growing would leave copies behind
    char c = 0;
    for (;;) {
        auto const count = ::read(terminal, &c, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return os_failure("read the secret from the terminal");
        if (count == 0 || c == '\n')
            break;
        if (line.text.size() < secret_limit_bytes)
            line.text += c;
    }
    if (line.text.empty())
        return failure(make_error_code(boost::system::errc::invalid_argument), "use an empty secret");
    return base::secret(line.text);
}

result<base::secret> ask(std::string const& name)
{
    base::unique_fd const terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
    if (!terminal)
        return os_failure("read the secret '" + name + "', which is no file, by asking on the terminal");

    // Whatever ends us meanwhile, raw_terminal gives the terminal back as it was.
    auto const held = pty::raw_terminal::enter(terminal.get());
    if (!held)
        return std::unexpected(held.error());
    if (auto quiet = pty::set_attributes(terminal.get(), pty::without_echo(held->found())); !quiet)
        return std::unexpected(std::move(quiet.error()));

    auto const prompt = name + ": ";
    if (auto shown = base::write_all(terminal.get(), base::bytes_of(prompt), "the terminal"); !shown)
        return std::unexpected(std::move(shown.error()));
    auto answer = read_line(terminal.get());
    if (auto shown = base::write_all(terminal.get(), base::bytes_of("\r\n"), "the terminal"); !shown)
        return std::unexpected(std::move(shown.error()));
    return answer;
}

}  // namespace

result<base::secret> obtain_secret(std::string const& name)
{
    auto content = base::read_file(name, secret_limit_bytes);
    if (!content && content.error().code == boost::system::errc::no_such_file_or_directory)
        return ask(name);
    if (!content)
        return std::unexpected(std::move(content.error()));
    wiped const held{std::move(*content)};
    return first_line(held.text);
}

no_core_dump::no_core_dump() : before_(::prctl(PR_GET_DUMPABLE))
{
    ::prctl(PR_SET_DUMPABLE, 0);
}

no_core_dump::~no_core_dump()
{
    ::prctl(PR_SET_DUMPABLE, before_);
}

}  // namespace tendril::app
