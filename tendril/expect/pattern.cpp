#include <tendril/expect/detail/stream_form.hpp>
#include <tendril/expect/detail/syntax_tree.hpp>
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
using compile_context_ptr = std::unique_ptr<pcre2_compile_context, freed_by<pcre2_compile_context_free>>;
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

struct attempt {
    int outcome = 0;
    match_ptr data;
};

attempt matched(pcre2_code const* code, pcre2_match_context* limits, std::string_view text, std::size_t from,
                std::uint32_t options)
{
    match_ptr data(pcre2_match_data_create_from_pattern(code, nullptr));
    if (!data)
        throw std::bad_alloc();
    int const outcome = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                                    options, data.get(), limits);
    return {outcome, std::move(data)};
}

detail::stream_form_ptr stream_form_of(std::string_view expression)
{
    auto const tree = detail::read_regular_expression(expression);
    if (!tree)
        return nullptr;
    auto forward = detail::compile(*tree, detail::direction::forward);
    auto backward = detail::compile(*tree, detail::direction::backward);
    if (!forward || !backward)
        return nullptr;
    return std::make_shared<detail::stream_form>(std::move(*forward), std::move(*backward));
}

}  // namespace

struct pattern::program {
    kind what;
    std::string source;
    code_ptr code;  // expressions only, as the rest
    context_ptr limits;
    std::uint32_t group_count = 0;
    detail::stream_form_ptr stream;
};

pattern::pattern(std::shared_ptr<program const> compiled) noexcept : compiled_(std::move(compiled)) {}

result<pattern> pattern::exact(std::string text)
{
    if (text.empty())
        return failure(make_error_code(boost::system::errc::invalid_argument), "wait for an empty text");
    auto stream = std::make_shared<detail::stream_form>(detail::compile_exact(text), detail::byte_program{},
                                                        text.size());
    return pattern(
        std::make_shared<program>(kind::text, std::move(text), nullptr, nullptr, 0U, std::move(stream)));
}

result<pattern> pattern::regex(std::string_view expression)
{
    compile_context_ptr const newlines(pcre2_compile_context_create(nullptr));
    context_ptr limits(pcre2_match_context_create(nullptr));
    if (!newlines || !limits)
        throw std::bad_alloc();
    pcre2_set_newline(newlines.get(), PCRE2_NEWLINE_ANYCRLF);  // the terminal writes CR LF, the screen LF
    pcre2_set_match_limit(limits.get(), match_limit);
    pcre2_set_heap_limit(limits.get(), heap_limit_kib);

    // Output is hostile: the text may hold anything, so invalid UTF-8 must match nothing rather than fail.
    constexpr std::uint32_t options =
        PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    int why = 0;
    std::size_t at = 0;
    code_ptr code(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(), options,
                                &why, &at, newlines.get()));
    if (!code)
        return failure(make_error_code(boost::system::errc::invalid_argument),
                       "read the regular expression '" + std::string(expression) + "', " + reason(why) +
                           " at offset " + std::to_string(at));
    // Where the machine allows no JIT, PCRE2 interprets: slower, same matches.
    pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
    std::uint32_t group_count = 0;
    pcre2_pattern_info(code.get(), PCRE2_INFO_CAPTURECOUNT, &group_count);
    return pattern(std::make_shared<program>(kind::regex, std::string(expression), std::move(code),
                                             std::move(limits), group_count, stream_form_of(expression)));
}

pattern pattern::end()
{
    return pattern(std::make_shared<program>(kind::end, "end of output"));
}

pattern pattern::timeout()
{
    return pattern(std::make_shared<program>(kind::timeout, "timeout"));
}

pattern::kind pattern::what() const noexcept
{
    return compiled_->what;
}

bool pattern::is_linear() const noexcept
{
    return compiled_->stream || !compiled_->code;
}

scan pattern::find(std::string_view text, std::size_t from) const
{
    auto const& compiled = *compiled_;
    if (compiled.what == kind::text) {
        auto const at = text.find(compiled.source, from);
        if (at != std::string_view::npos)
            return {verdict::match, at, at + compiled.source.size(), {}};
    }
    if (!compiled.code)
        return {verdict::no_match, text.size(), text.size(), {}};
    auto const found = matched(compiled.code.get(), compiled.limits.get(), text, from, 0);
    if (found.outcome == PCRE2_ERROR_NOMATCH)
        return {verdict::no_match, text.size(), text.size(), {}};
    if (found.outcome < 0)
        return {verdict::gave_up, from, text.size(), {}};
    auto const* const offsets = pcre2_get_ovector_pointer(found.data.get());
    // \K in a look-around can move the start behind the end.
    return {verdict::match, std::min(offsets[0], offsets[1]), offsets[1],
            groups_of(found.data.get(), text, found.outcome)};
}

scan pattern::find_in_part(std::string_view text, std::size_t from, part which) const
{
    auto const& compiled = *compiled_;
    auto const options = PCRE2_NOTEMPTY | (which == part::more_follows ? PCRE2_PARTIAL_HARD : 0U);
    auto const found = matched(compiled.code.get(), compiled.limits.get(), text, from, options);
    if (found.outcome == PCRE2_ERROR_NOMATCH)
        return {verdict::no_match, text.size(), text.size(), {}};
    if (found.outcome < 0 && found.outcome != PCRE2_ERROR_PARTIAL)
        return {verdict::gave_up, from, text.size(), {}};
    auto const* const offsets = pcre2_get_ovector_pointer(found.data.get());
    auto const what = found.outcome == PCRE2_ERROR_PARTIAL ? verdict::partial : verdict::match;
    return {what, std::min(offsets[0], offsets[1]), offsets[1], {}};
}

std::vector<std::string> pattern::groups(std::string_view text, std::size_t begin, std::size_t end) const
{
    auto const& compiled = *compiled_;
    if (compiled.group_count == 0)
        return {};
    auto const found = matched(compiled.code.get(), compiled.limits.get(), text.substr(0, end), begin,
                               PCRE2_ANCHORED | PCRE2_ENDANCHORED);
    std::vector<std::string> groups;
    if (found.outcome > 0)
        groups = groups_of(found.data.get(), text, found.outcome);
    groups.resize(compiled.group_count);
    return groups;
}

std::string const& pattern::source() const noexcept
{
    return compiled_->source;
}

detail::stream_form_ptr const& pattern::stream_form() const noexcept
{
    return compiled_->stream;
}

}  // namespace tendril::expect
