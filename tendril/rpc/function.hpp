#pragma once

/// @file
/// Functions that other contexts may call: what they are called, what they take, how they are run.
/// Layer: rpc (base, wire, io). Spec: docs/protocol.md "Calls"; design: docs/adr/0043-calls.md; parity row
/// R08.

#include <tendril/io/executor.hpp>
#include <tendril/rpc/call_error.hpp>
#include <tendril/rpc/router_scope.hpp>
#include <tendril/wire/codec.hpp>

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <boost/asio/awaitable.hpp>

namespace tendril::rpc {

class router;

/// What a called function may want to know; it takes it as its first parameter, by reference.
///
/// Lifetime: until the function has returned.
struct call_context {
    router& via;  ///< of the context it runs in
    context_id caller = 0;
    std::stop_token stop;  ///< requested when the caller cancels the call or is lost
    /// Of the bytes of the arguments: a wire::blob among them need not copy.
    std::weak_ptr<void const> arguments_keeper = {};
};

/// Where a function runs. A function that returns an asio::awaitable always runs on the loop, beside others.
enum class execution : std::uint8_t {
    in_turn,  ///< on the thread for calls, one after the other; it may block
    at_once,  ///< on the loop itself: for what takes microseconds and never waits
};

/// Where @p Function runs; specialise it: `template <> inline constexpr auto tendril::rpc::runs<ping> =
/// execution::at_once;`
template <auto Function>
inline constexpr execution runs = execution::in_turn;

namespace detail {

/// A hash of a signature, by which two builds tell whether they mean the same function.
[[nodiscard]] constexpr std::uint64_t signature_hash(std::string_view signature) noexcept
{
    std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
    for (char const each : signature)
        hash = (hash ^ static_cast<unsigned char>(each)) * 0x100000001b3U;
    return hash;
}

}  // namespace detail

/// A function as the far end knows it.
struct exported_function {
    std::string_view name;       ///< as C++ writes it, with its namespaces
    std::string_view signature;  ///< its type, likewise
    execution where = execution::in_turn;
    /// Unpacks the arguments, calls, packs the value. Throws what the function throws; call_failed for
    /// arguments that cannot be read.
    wire::byte_buffer (*run)(call_context&, base::byte_view arguments) = nullptr;
    /// The same for one that returns an awaitable; `run` is null then.
    asio::awaitable<wire::byte_buffer> (*run_async)(call_context&, base::byte_view arguments) = nullptr;
    std::uint64_t signature_hash = detail::signature_hash(signature);
    exported_function const* next = nullptr;  ///< in the list of all
};

/// The function of this program that is called @p name; null when there is none. Two functions of one name in
/// different files (static, unnamed namespaces) make it ambiguous: null, too.
[[nodiscard]] exported_function const* find_function(std::string_view name);

namespace detail {

/// Puts @p what into the list of all. Before main.
bool enlist(exported_function& what) noexcept;

template <auto Value>
consteval std::string_view name_of_value()
{
    std::string_view const whole = __PRETTY_FUNCTION__;
    auto const begin = whole.find("Value = ") + 8;
    auto name = whole.substr(begin, whole.find_first_of(";]", begin) - begin);
    if (name.starts_with('&'))
        name.remove_prefix(1);
    return name;
}

template <typename Type>
consteval std::string_view name_of_type()
{
    std::string_view const whole = __PRETTY_FUNCTION__;
    auto const begin = whole.find("Type = ") + 7;
    auto const rest = whole.substr(begin, whole.rfind(']') - begin);
    return rest.substr(0, rest.find("; std::string_view"));  // gcc says what the names in it mean
}

template <typename Result>
struct answer_of {
    using type = Result;
    static constexpr bool is_async = false;
};

template <typename Result>
struct answer_of<asio::awaitable<Result>> {
    using type = Result;
    static constexpr bool is_async = true;
};

template <typename Function>
struct function_traits {
    static constexpr bool is_function = false;
};

template <typename Result, typename... Parameters>
struct plain_traits {
    static constexpr bool is_function = true;
    static constexpr bool takes_context = false;
    static constexpr bool is_async = answer_of<Result>::is_async;
    static constexpr std::size_t arity = sizeof...(Parameters);
    using answer = typename answer_of<Result>::type;
    using arguments = std::tuple<std::decay_t<Parameters>...>;
};

template <typename Result, typename... Parameters>
struct function_traits<Result (*)(Parameters...)> : plain_traits<Result, Parameters...> {};

template <typename Result, typename... Parameters>
struct function_traits<Result (*)(call_context&, Parameters...)> : plain_traits<Result, Parameters...> {
    static constexpr bool takes_context = true;
};

template <typename Result, typename... Parameters>
struct function_traits<Result (*)(Parameters...) noexcept> : function_traits<Result (*)(Parameters...)> {};

template <typename T>
concept travels = wire::packable<T> && wire::unpackable<T>;

template <typename Tuple>
inline constexpr bool all_travel = false;
template <typename... Each>
inline constexpr bool all_travel<std::tuple<Each...>> = (travels<Each> && ...);

template <typename Answer>
wire::byte_buffer pack_answer(Answer const& value)
{
    wire::byte_buffer bytes;
    bytes.reserve(64);  // what most values fit into
    wire::packer to(bytes);
    to.array(2);
    to.boolean(true);
    wire::codec<Answer>::pack(to, value);
    return bytes;
}

/// What a function without a value answers.
inline wire::byte_buffer pack_nothing()
{
    wire::byte_buffer bytes;
    wire::packer to(bytes);
    to.array(2);
    to.boolean(true);
    to.nil();
    return bytes;
}

template <auto Function>
struct invoker {
    using traits = function_traits<decltype(Function)>;
    using arguments = typename traits::arguments;
    using answer = typename traits::answer;

    static arguments read(call_context& here, base::byte_view from)
    {
        router_scope const scope(here.via);  // senders and contexts among them are of this router
        auto read = wire::unpack<arguments>(from, here.arguments_keeper.lock());
        if (!read)
            throw call_failed({.what = call_failure::bad_arguments, .text = read.error().message()});
        return std::move(*read);
    }

    static decltype(auto) call(call_context& here, arguments& with)
    {
        return std::apply(
            [&]([[maybe_unused]] auto&... each) -> decltype(auto) {
                if constexpr (traits::takes_context)
                    return Function(here, std::move(each)...);
                else
                    return Function(std::move(each)...);
            },
            with);
    }

    static wire::byte_buffer run(call_context& here, base::byte_view from)
    {
        auto with = read(here, from);
        if constexpr (std::is_void_v<answer>) {
            call(here, with);
            return pack_nothing();
        } else {
            return pack_answer<std::decay_t<answer>>(call(here, with));
        }
    }

    static asio::awaitable<wire::byte_buffer> run_async(call_context& here, base::byte_view from)
    {
        auto with = read(here, from);
        if constexpr (std::is_void_v<answer>) {
            co_await call(here, with);
            co_return pack_nothing();
        } else {
            auto const value = co_await call(here, with);
            co_return pack_answer<std::decay_t<answer>>(value);
        }
    }

    static constexpr exported_function make()
    {
        exported_function made{.name = name_of_value<Function>(),
                               .signature = name_of_type<decltype(Function)>(),
                               .where = runs<Function>};
        if constexpr (traits::is_async)
            made.run_async = run_async;
        else
            made.run = run;
        return made;
    }
};

}  // namespace detail

/// @p Function in the list of those that this program's contexts may call of each other. To name it is
/// enough: whoever calls it by context::call<Function>() has it in the list, and the far end runs the same
/// program.
template <auto Function>
struct exported {
    static inline exported_function entry = detail::invoker<Function>::make();
    static inline bool const is_listed = detail::enlist(entry);
};

/// Lets other contexts call @p Function although this program nowhere calls it. Returns true, for a variable
/// at namespace scope.
template <auto Function>
bool export_function() noexcept
{
    return exported<Function>::is_listed;
}

}  // namespace tendril::rpc
