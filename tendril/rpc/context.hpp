#pragma once

/// @file
/// Another context, or this one: whom to call and to send to. Layer: rpc (base, wire, io). Design:
/// docs/adr/0043-calls.md; parity rows R07, R08, R15.

#include <tendril/rpc/function.hpp>
#include <tendril/rpc/pending_call.hpp>
#include <tendril/rpc/well_known.hpp>
#include <tendril/wire/message.hpp>

#include <compare>
#include <memory>

namespace tendril::rpc {

namespace detail {

/// Calls of one chain run in order, and not at all after one has failed. 0 is no chain.
using chain_number = std::uint64_t;

/// What a call begins with; its arguments follow as a second value.
struct call_head {
    std::string_view function;
    std::uint64_t signature = 0;
    chain_number chain = 0;
};

void pack_head(wire::packer& to, call_head const& head);

template <typename Parameter, typename Argument>
consteval void check_argument()
{
    static_assert(std::is_convertible_v<Argument, Parameter>,
                  "tendril: an argument of this call cannot be converted to the parameter of the function");
}

/// Says what is wrong with a call where it is written, rather than deep in a template.
template <auto Function, typename... Arguments>
consteval bool check_call()
{
    using traits = function_traits<decltype(Function)>;
    static_assert(
        traits::is_function,
        "tendril: only free functions and static member functions can be called in another context");
    if constexpr (traits::is_function) {
        static_assert(sizeof...(Arguments) == traits::arity,
                      "tendril: this call has another number of arguments than the function has parameters");
        static_assert(all_travel<typename traits::arguments>,
                      "tendril: a parameter of this function cannot travel: give its struct wire_fields, or "
                      "specialise tendril::wire::codec");
        if constexpr (!std::is_void_v<typename traits::answer>)
            static_assert(travels<std::decay_t<typename traits::answer>>,
                          "tendril: what this function returns cannot travel: give its struct wire_fields, "
                          "or specialise tendril::wire::codec");
        if constexpr (sizeof...(Arguments) == traits::arity)
            []<typename... Parameters>(std::tuple<Parameters...>*) {
                (check_argument<Parameters, Arguments>(), ...);
            }(static_cast<typename traits::arguments*>(nullptr));
        return sizeof...(Arguments) == traits::arity;
    }
    return false;
}

/// Packs @p value as the parameter's type; nothing is copied that has this type already.
template <typename Parameter, typename Argument>
void pack_as(wire::packer& to, Argument const& value)
{
    if constexpr (std::is_same_v<Parameter, Argument>)
        wire::codec<Parameter>::pack(to, value);
    else
        wire::codec<Parameter>::pack(to, static_cast<Parameter>(value));
}

template <auto Function, typename... Arguments>
wire::byte_buffer pack_call(chain_number chain, Arguments const&... with)
{
    using traits = function_traits<decltype(Function)>;
    static_cast<void>(exported<Function>::is_listed);
    auto const& entry = exported<Function>::entry;
    static constexpr auto hash = signature_hash(name_of_type<decltype(Function)>());
    wire::byte_buffer bytes;
    bytes.reserve(128);
    wire::packer to(bytes);
    pack_head(to, {entry.name, hash, chain});
    to.array(sizeof...(with));
    []<typename... Parameters>(wire::packer& into, std::tuple<Parameters...>*, auto const&... each) {
        (pack_as<Parameters>(into, each), ...);
    }(to, static_cast<typename traits::arguments*>(nullptr), with...);
    return bytes;
}

template <auto Function>
using answer_to = std::decay_t<typename function_traits<decltype(Function)>::answer>;

/// Where calls of @p chain go.
[[nodiscard]] constexpr wire::handle handle_of(chain_number chain) noexcept
{
    return chain == 0 ? well_known::call : well_known::chained;
}

/// Starts `Function(with...)` in @p to.
template <auto Function, typename... Arguments>
auto start(router& via, context_id to, chain_number chain, Arguments const&... with)
{
    if constexpr (check_call<Function, Arguments...>())
        return pending_call<answer_to<Function>>(
            start_call(via, to, pack_call<Function>(chain, with...), handle_of(chain)));
}

/// The same, for nobody to hear of its end.
template <auto Function, typename... Arguments>
void start_without_answer(router& via, context_id to, chain_number chain, Arguments const&... with)
{
    if constexpr (check_call<Function, Arguments...>())
        start_call_without_answer(via, to, pack_call<Function>(chain, with...), handle_of(chain));
}

}  // namespace detail

/// A context as another one sees it: a number and the way there. Cheap to copy; equal when it is the same
/// context.
///
/// Lifetime: the router outlives it. Threads: as the router's options say.
class context {
public:
    /// None: to be assigned to before anything else.
    context() noexcept = default;

    context(router& via, context_id id) noexcept : via_(&via), id_(id) {}

    [[nodiscard]] context_id id() const noexcept { return id_; }
    [[nodiscard]] router& via() const noexcept { return *via_; }

    /// Starts `Function(with...)` there.
    template <auto Function, typename... Arguments>
    auto call_async(Arguments const&... with) const
    {
        return detail::start<Function>(*via_, id_, 0, with...);
    }

    /// Calls `Function(with...)` there and waits for its value. As pending_call::get().
    template <auto Function, typename... Arguments>
    [[nodiscard]] auto call(Arguments const&... with) const
    {
        if constexpr (detail::check_call<Function, Arguments...>())
            return call_async<Function>(with...).get();
    }

    /// Starts it there; nobody hears of its value, nor of an error.
    template <auto Function, typename... Arguments>
    void call_no_reply(Arguments const&... with) const
    {
        detail::start_without_answer<Function>(*via_, id_, 0, with...);
    }

    /// Sends @p data to a handle there.
    void send(wire::handle to, wire::byte_buffer data) const;

    /// Asks it to end, with all below it; its link is lost soon after.
    void shutdown() const;

    [[nodiscard]] bool operator==(context const& other) const noexcept { return id_ == other.id_; }
    [[nodiscard]] auto operator<=>(context const& other) const noexcept { return id_ <=> other.id_; }

private:
    router* via_ = nullptr;
    context_id id_ = 0;
};

/// Calls to one context that run there in order, one trip for all of them. After the first that fails, those
/// behind it fail with the same error, and do not run.
///
/// Ownership: the far end keeps a chain's books until the object is gone. Lifetime and Threads: as context.
class call_chain {
public:
    explicit call_chain(context to);
    call_chain(call_chain const&) = delete;
    call_chain& operator=(call_chain const&) = delete;
    ~call_chain();

    /// As context::call_async().
    template <auto Function, typename... Arguments>
    auto call_async(Arguments const&... with) const
    {
        return detail::start<Function>(to_.via(), to_.id(), number_, with...);
    }

    /// As context::call().
    template <auto Function, typename... Arguments>
    [[nodiscard]] auto call(Arguments const&... with) const
    {
        if constexpr (detail::check_call<Function, Arguments...>())
            return call_async<Function>(with...).get();
    }

    /// As context::call_no_reply(): an error shows in the calls behind it.
    template <auto Function, typename... Arguments>
    void call_no_reply(Arguments const&... with) const
    {
        detail::start_without_answer<Function>(to_.via(), to_.id(), number_, with...);
    }

    /// Forgets what failed: calls run again.
    void reset();

private:
    void forget() const;

    context to_;
    detail::chain_number number_;
};

}  // namespace tendril::rpc

/// Travels as its number; unpacked, it is a context of the router in scope.
template <>
struct tendril::wire::codec<tendril::rpc::context> {
    static void pack(packer& to, rpc::context const& value) { to.natural(value.id()); }
    static rpc::context unpack(unpacker& from);
};
