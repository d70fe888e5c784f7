// Boost.Process v2: three pipes, both outputs read to the end, then its wait. Prints the median in
// microseconds. Usage: spawn_boost PROGRAM ROUNDS [RESIDENT_MIB]
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "measured.h"
#include <boost/asio.hpp>
#include <boost/optional.hpp>
#include <boost/process/v2.hpp>

namespace asio = boost::asio;
namespace process = boost::process::v2;

struct drain {
    explicit drain(asio::readable_pipe& from) : from_(from) { read_on(); }
    void read_on()
    {
        from_.async_read_some(asio::buffer(buffer_), [this](boost::system::error_code why, std::size_t) {
            if (!why)
                read_on();
        });
    }
    asio::readable_pipe& from_;
    std::array<char, 4096> buffer_;
};

int main(int argc, char** argv)
{
    if (argc < 3)
        return 2;
    int const rounds = std::atoi(argv[2]);
    occupy(argc > 3 ? static_cast<std::size_t>(std::atoi(argv[3])) : 0);
    asio::io_context loop(1);
    std::vector<double> took;
    for (int i = 0; i < rounds; ++i) {
        double const begin = microseconds();
        {
            asio::writable_pipe in(loop);
            asio::readable_pipe out(loop);
            asio::readable_pipe err(loop);
            process::process child(loop, argv[1], std::vector<std::string>{},
                                   process::process_stdio{in, out, err});
            drain of_out(out);
            drain of_err(err);
            child.async_wait([](boost::system::error_code, int) {});
            loop.restart();
            loop.run();
        }
        took.push_back(microseconds() - begin);
    }
    std::printf("%.2f\n", median(took.data(), rounds));
    return 0;
}
