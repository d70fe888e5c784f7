#include <tendril/rpc/detail/served_call.hpp>
#include <tendril/rpc/router.hpp>

#include <cstdlib>
#include <memory>
#include <typeinfo>
#include <utility>

#include <cxxabi.h>

#include <boost/asio/this_coro.hpp>

namespace tendril::rpc::detail {

namespace {

/// A type as C++ writes it.
std::string name_of(std::type_info const& type)
{
    int problem = 0;
    std::unique_ptr<char, decltype(&std::free)> const name(
        abi::__cxa_demangle(type.name(), nullptr, nullptr, &problem), &std::free);
    return name && problem == 0 ? name.get() : type.name();
}

}  // namespace

wire::byte_buffer pack_failure(call_error const& why)
{
    wire::byte_buffer bytes;
    wire::packer to(bytes);
    to.array(2);
    to.boolean(false);
    wire::codec<call_error>::pack(to, why);
    return bytes;
}

served_call::served_call(router& via, std::uint64_t number, wire::message asked)
    : number_(number), asked_(std::move(asked)),
      here_{.via = via, .caller = asked_.src, .stop = stop_.get_token()}
{
}

std::optional<call_error> served_call::prepare()
{
    wire::unpacker from(asked_.data);
    if (from.array() != 3)
        from.fail(wire::errc::wrong_type, "the head of a call");
    auto const name = from.text();
    auto const signature = from.natural();
    chain_ = from.natural();
    from.leave();
    if (auto const& problem = from.problem())
        return call_error{.what = call_failure::bad_arguments, .text = problem->message()};
    arguments_ = from.rest();
    function_ = find_function(name);
    auto const here = " in context " + std::to_string(here_.via.self().id);
    if (function_ == nullptr)
        return call_error{.what = call_failure::unknown_function,
                          .text = "there is no function " + std::string(name) + here +
                                  ": another program, or another build of it"};
    if (signature != signature_hash(function_->signature))
        return call_error{.what = call_failure::wrong_signature,
                          .text = std::string(name) + here + " is " + std::string(function_->signature) +
                                  ", and was called as something else: another build of the program"};
    return std::nullopt;
}

void served_call::fail(call_error why)
{
    if (!failed_)
        failed_ = std::move(why);
}

void served_call::stop()
{
    stop_.request_stop();
    cancel_.emit(asio::cancellation_type::terminal);
}

call_error served_call::caught() const
{
    call_error why;
    try {
        throw;
    } catch (call_failed const& known) {
        why = known.why();
    } catch (std::exception const& thrown) {
        why = {.type = name_of(typeid(thrown)), .text = thrown.what()};
    } catch (...) {
        why = {.text = "something that is no std::exception was thrown"};
    }
    if (stop_.stop_requested())
        why.what = call_failure::cancelled;
    why.trace.push_back(std::string(function_->name) + "() in context " +
                        std::to_string(here_.via.self().id));
    return why;
}

served_call::outcome served_call::run()
{
    if (failed_)
        return std::unexpected(*failed_);
    if (stop_.stop_requested())
        return std::unexpected(
            call_error{.what = call_failure::cancelled, .text = "the call was cancelled before it began"});
    try {
        return function_->run(here_, arguments_);
    } catch (...) {
        return std::unexpected(caught());
    }
}

asio::awaitable<served_call::outcome> served_call::run_async(std::shared_ptr<served_call> self)
{
    try {
        auto running = self->function_->run_async(self->here_, self->arguments_);
        auto value = co_await std::move(running);
        co_return value;
    } catch (...) {
        co_return std::unexpected(self->caught());
    }
}

}  // namespace tendril::rpc::detail
