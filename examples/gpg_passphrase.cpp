// gpg_passphrase encrypt|decrypt PASSPHRASE: standard input through gpg to standard output. The passphrase
// goes to gpg on descriptor 3 and gpg's status lines come back on descriptor 4, so neither the command line
// nor the environment nor the text carries a secret.
#include <tendril/base/file.hpp>
#include <tendril/process/transport.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>

#include <unistd.h>

#include <boost/asio/io_context.hpp>

using namespace tendril;
using process::connection;

class symmetric_gpg : public process::handler {
public:
    symmetric_gpg(std::string passphrase, std::string text)
        : passphrase_(std::move(passphrase) + '\n'), text_(std::move(text))
    {
    }

    std::string output;
    std::string status_lines;
    process::exit_status status;

private:
    void connected(process::transport& gpg) override
    {
        send(gpg, 3, passphrase_);
        send(gpg, 0, text_);
    }

    void data(int fd, base::byte_view bytes) override
    {
        if (fd == 4)
            status_lines += base::text_of(bytes);
        else
            process::handler::data(fd, bytes);
    }

    void stdout_data(base::byte_view bytes) override { output += base::text_of(bytes); }
    void ended(process::ending const& how) override { status = how.status; }

    static void send(process::transport& gpg, int fd, std::string const& text)
    {
        auto sent = gpg.write(fd, base::bytes_of(text));
        if (sent)
            sent = gpg.close(fd);
        if (!sent)
            std::fprintf(stderr, "gpg_passphrase: %s\n", sent.error().message().c_str());
    }

    std::string passphrase_;
    std::string text_;
};

int complain(std::string const& message)
{
    std::fprintf(stderr, "gpg_passphrase: %s\n", message.c_str());
    return EXIT_FAILURE;
}

int main(int argc, char** argv)
{
    std::string const way = argc == 3 ? argv[1] : "";
    if (way != "encrypt" && way != "decrypt")
        return complain("usage: gpg_passphrase encrypt|decrypt PASSPHRASE");
    auto text = base::read_to_end(STDIN_FILENO, "standard input", 64 * 1024 * 1024);
    if (!text)
        return complain(text.error().message());

    process::command gpg;
    gpg.program = "gpg";
    gpg.arguments = {"--batch",
                     "--quiet",
                     "--pinentry-mode",
                     "loopback",
                     "--passphrase-fd",
                     "3",
                     "--status-fd",
                     "4",
                     way == "encrypt" ? "--symmetric" : "--decrypt"};
    gpg.environment = process::environment::inherit();

    asio::io_context loop;
    symmetric_gpg events(argv[2], std::move(*text));
    auto const running = process::spawn(loop.get_executor(), events, gpg,
                                        {{0, connection::write()},
                                         {1, connection::read()},
                                         {2, connection::inherit(STDERR_FILENO)},
                                         {3, connection::write()},
                                         {4, connection::read()}},
                                        {.limit_bytes = 128 * 1024 * 1024});
    if (!running)
        return complain(running.error().message());
    loop.run();

    if (auto const written = base::write_all(STDOUT_FILENO, base::bytes_of(events.output), "standard output");
        !written)
        return complain(written.error().message());
    std::fprintf(stderr, "%s", events.status_lines.c_str());
    return events.status.shell_code();
}
