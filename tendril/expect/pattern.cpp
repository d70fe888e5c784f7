#include <tendril/expect/pattern.hpp>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace tendril::expect {

namespace {

template <auto Free>
struct freed_by {
    template <typename T>
    void operator()(T* owned) const noexcept
    {
        Free(owned);
    }
};

using code_ptr = std::unique_ptr<pcre2_code, freed_by<pcre2_code_free>>;
using match_ptr = std::unique_ptr<pcre2_match_data, freed_by<pcre2_match_data_free>>;
using context_ptr = std::unique_ptr<pcre2_match_context, freed_by<pcre2_match_context_free>>;

// Enough for any ordinary prompt on a full screen (a few thousand steps), spent within milliseconds by a
// pattern that backtracks without end.
constexpr std::uint32_t match_limit = 200'000;
constexpr std::uint32_t heap_limit_kib = 4 * 1024;

std::string reason(int code)
{
    std::array<PCRE2_UCHAR, 256> text{};
    pcre2_get_error_message(code, text.data(), text.size());
    return reinterpret_cast<char const*>(text.data());
}

std::vector<std::string> groups_of(pcre2_match_data* found, std::string_view text, int count)
{
    auto const* const offsets = pcre2_get_ovector_pointer(found);
    std::vector<std::string> groups;
    for (int group = 1; group < count; ++group) {
        auto const first = offsets[2 * group];
        auto const last = offsets[2 * group + 1];
        groups.emplace_back(first == PCRE2_UNSET ? std::string_view{} : text.substr(first, last - first));
    }
    return groups;
}

}  // namespace

struct pattern::program {
    std::string source;
    code_ptr code;
    context_ptr limits;
    std::size_t look_behind_bytes;
};

pattern::pattern(std::shared_ptr<program const> compiled) noexcept : compiled_(std::move(compiled)) {}

result<pattern> pattern::exact(std::string text)
{
    if (text.empty())
        return failure(make_error_code(boost::system::errc::invalid_argument), "wait for an empty text");
    return compile(std::move(text), PCRE2_LITERAL);
}

result<pattern> pattern::regex(std::string_view expression)
{
    return compile(std::string(expression), PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C);
}

result<pattern> pattern::compile(std::string source, std::uint32_t options)
{
    // Output is hostile: the text may hold anything, so invalid UTF-8 must match nothing rather than fail.
    options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    int why = 0;
    std::size_t at = 0;
    code_ptr code(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(source.data()), source.size(), options, &why,
                                &at, nullptr));
    if (!code)
        return failure(make_error_code(boost::system::errc::invalid_argument),
                       "read the regular expression '" + source + "', " + reason(why) + " at offset " +
                           std::to_string(at));

    context_ptr limits(pcre2_match_context_create(nullptr));
    if (!limits)
        throw std::bad_alloc();
    pcre2_set_match_limit(limits.get(), match_limit);
    pcre2_set_heap_limit(limits.get(), heap_limit_kib);
    // Where the machine allows no JIT, PCRE2 interprets: slower, same matches.
    pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE | PCRE2_JIT_PARTIAL_SOFT);

    std::uint32_t look_behind = 0;
    pcre2_pattern_info(code.get(), PCRE2_INFO_MAXLOOKBEHIND, &look_behind);
    constexpr std::size_t utf8_longest = 4;  // PCRE2 counts characters; `^` needs one more
    auto const context = (look_behind + std::size_t{1}) * utf8_longest;
    return pattern(std::make_shared<program>(std::move(source), std::move(code), std::move(limits), context));
}

scan pattern::find(std::string_view text, std::size_t from, text_end end) const
{
    auto const& compiled = *compiled_;
    match_ptr const found(pcre2_match_data_create_from_pattern(compiled.code.get(), nullptr));
    if (!found)
        throw std::bad_alloc();
    std::uint32_t const options = end == text_end::open ? PCRE2_PARTIAL_SOFT : 0;
    int const outcome = pcre2_match(compiled.code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()),
                                    text.size(), from, options, found.get(), compiled.limits.get());
    if (outcome == PCRE2_ERROR_NOMATCH)
        return {verdict::no_match, text.size(), text.size(), {}};

    auto const* const offsets = pcre2_get_ovector_pointer(found.get());
    if (outcome == PCRE2_ERROR_PARTIAL)
        return {verdict::partial, offsets[0], text.size(), {}};
    if (outcome < 0)
        return {verdict::gave_up, from, text.size(), {}};
    // \K in a look-around can move the start behind the end.
    return {verdict::match, std::min(offsets[0], offsets[1]), offsets[1],
            groups_of(found.get(), text, outcome)};
}

std::size_t pattern::look_behind_bytes() const noexcept
{
    return compiled_->look_behind_bytes;
}

std::string const& pattern::source() const noexcept
{
    return compiled_->source;
}

}  // namespace tendril::expect
