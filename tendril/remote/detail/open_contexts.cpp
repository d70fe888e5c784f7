#include <tendril/remote/detail/open_contexts.hpp>
#include <tendril/rpc/router.hpp>

#include <optional>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace tendril::remote::detail {

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

}  // namespace

struct open_contexts::entry {
    explicit entry(io::executor const& on) : settled(on, asio::steady_timer::time_point::max()) {}

    asio::steady_timer settled;  // cancelled when there is a result
    std::optional<outcome> result;
    asio::cancellation_signal stop;
};

struct open_contexts::books {
    std::map<std::string, std::shared_ptr<entry>> by_name;

    void settle(std::string const& name, std::shared_ptr<entry> const& which, outcome result)
    {
        auto const found = by_name.find(name);
        if (!result && found != by_name.end() && found->second == which)
            by_name.erase(found);
        which->result = std::move(result);
        which->settled.cancel();
    }
};

open_contexts::open_contexts(io::executor on) : on_(std::move(on)), books_(std::make_shared<books>()) {}

open_contexts::~open_contexts() = default;

bool open_contexts::has(std::string const& name, rpc::router const& via) const
{
    auto const found = books_->by_name.find(name);
    if (found == books_->by_name.end())
        return false;
    auto const& result = found->second->result;
    return !result || (*result && via.knows((*result)->id()));
}

void open_contexts::begin(std::string const& name, asio::awaitable<outcome> making)
{
    auto const made = std::make_shared<entry>(on_);
    books_->by_name[name] = made;
    auto const done = [all = books_, made, name](std::exception_ptr const& thrown, outcome result) {
        if (thrown)
            result = std::unexpected(connect_error{.what = connect_failure::ended,
                                                   .target = name,
                                                   .words = "this context is ending",
                                                   .last_output = {}});
        all->settle(name, made, std::move(result));
    };
    asio::co_spawn(on_, std::move(making), asio::bind_cancellation_slot(made->stop.slot(), done));
}

asio::awaitable<open_contexts::outcome> open_contexts::wait(std::string name)
{
    auto const which = books_->by_name.at(name);
    if (!which->result)
        co_await which->settled.async_wait(tuple);
    if (!which->result)
        throw boost::system::system_error(make_error_code(asio::error::operation_aborted));
    co_return *which->result;
}

void open_contexts::forget(rpc::context_id lost)
{
    std::erase_if(books_->by_name, [lost](auto const& each) {
        auto const& result = each.second->result;
        return result && *result && (*result)->id() == lost;
    });
}

void open_contexts::cancel()
{
    for (auto const& [name, each] : std::map(books_->by_name))
        if (!each->result)
            each->stop.emit(asio::cancellation_type::terminal);
}

}  // namespace tendril::remote::detail
