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

call_request read_request(router const& via, wire::message asked)
{
    call_request read{.asked = std::move(asked)};
    wire::unpacker from(read.asked.data);
    if (from.array() != 3)
        from.fail(wire::errc::wrong_type, "the head of a call");
    auto const name = from.text();
    auto const signature = from.natural();
    read.chain = from.natural();
    from.leave();
    if (auto const& problem = from.problem()) {
        read.failed = call_error{.what = call_failure::bad_arguments, .text = problem->message()};
        return read;
    }
    read.arguments = from.rest();
    read.function = find_function(name);
    auto const here = [&] { return " in context " + std::to_string(via.self().id); };
    if (read.function == nullptr)
        read.failed = call_error{.what = call_failure::unknown_function,
                                 .text = "there is no function " + std::string(name) + here() +
                                         ": another program, or another build of it"};
    else if (signature != read.function->signature_hash)
        read.failed =
            call_error{.what = call_failure::wrong_signature,
                       .text = std::string(name) + here() + " is " + std::string(read.function->signature) +
                               ", and was called as something else: another build of the program"};
    return read;
}

served_call::served_call(router& via, std::uint64_t number, call_request asked, std::stop_source stop)
    : number_(number), request_(std::move(asked)), stop_(std::move(stop)),
      here_{.via = via, .caller = request_.asked.src, .stop = stop_.get_token()}
{
}

void served_call::fail(call_error why)
{
    if (!request_.failed)
        request_.failed = std::move(why);
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
    why.trace.push_back(std::string(request_.function->name) + "() in context " +
                        std::to_string(here_.via.self().id));
    return why;
}

void served_call::note_begin() noexcept
{
    here_.arguments_keeper = weak_from_this();
    if (arrived_)
        began_ = clock::now();
}

call_times served_call::times(bool has_failed) const noexcept
{
    call_times made{.function = request_.function == nullptr ? std::string_view() : request_.function->name,
                    .has_failed = has_failed};
    auto const now = clock::now();
    made.waited = began_.value_or(now) - arrived_.value_or(now);
    made.ran = now - began_.value_or(now);
    return made;
}

served_call::outcome served_call::run()
{
    note_begin();
    if (request_.failed)
        return std::unexpected(*request_.failed);
    if (stop_.stop_requested())
        return std::unexpected(
            call_error{.what = call_failure::cancelled, .text = "the call was cancelled before it began"});
    try {
        return request_.function->run(here_, request_.arguments);
    } catch (...) {
        return std::unexpected(caught());
    }
}

asio::awaitable<served_call::outcome> served_call::run_async(std::shared_ptr<served_call> self)
{
    self->note_begin();
    try {
        auto running = self->request_.function->run_async(self->here_, self->request_.arguments);
        auto value = co_await std::move(running);
        co_return value;
    } catch (...) {
        co_return std::unexpected(self->caught());
    }
}

}  // namespace tendril::rpc::detail
