/// @file
/// A master and a context that do something of each kind, for a reader in another language to understand.
/// Started as a context with TENDRIL_TEST_TEE set it becomes that program, which copies the stream of the
/// context that it starts. Layer: tests.

#include <tendril/remote/main.hpp>
#include <tendril/rpc/receiver.hpp>
#include <tendril/rpc/sender.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <unistd.h>

namespace talk {

int add(int left, int right)
{
    return left + right;
}

void count_to(tendril::rpc::sender to, int last)
{
    for (int number = 1; number <= last; ++number)
        if (!to.send(number))
            return;
    to.close("that was all");
}

void remark(tendril::rpc::call_context& here, std::string const& text)
{
    here.via.log(tendril::rpc::log_level::warning, "talk", text);
}

void fail(std::string const& why)
{
    throw std::runtime_error(why);
}

}  // namespace talk

template <>
inline constexpr auto tendril::rpc::runs<talk::remark> = tendril::rpc::execution::at_once;

namespace {

using namespace tendril;

int speak(remote::node& here)
{
    auto const other = here.local({.name = "other"});
    if (!other)
        return 1;
    auto const sum = other->call<talk::add>(20, 22);
    auto const none = other->call<talk::fail>("on purpose");
    rpc::receiver numbers(here.router(), {.capacity = 4096});
    other->call_no_reply<talk::count_to>(numbers.to_sender(), 1000);
    int count = 0;
    while (numbers.get_data<int>())
        ++count;
    auto const said = other->call<talk::remark>("a remark");
    std::printf("%d %s %d %d\n", sum.value_or(-1), none ? "?" : none.error().text.c_str(), count,
                static_cast<int>(said.has_value()));
    here.shutdown(*other);
    return 0;
}

}  // namespace

int main(int argc, char** argv)
{
    auto const* const tee = std::getenv("TENDRIL_TEST_TEE");
    if (tee != nullptr && argc > 1 && argv[1] == remote::context_word) {
        auto const self = std::filesystem::read_symlink("/proc/self/exe");
        ::execlp("python3", "python3", tee, "tee", self.c_str(), argv[0], argv[1], nullptr);
        return 127;
    }
    return tendril::main(argc, argv, speak);
}
