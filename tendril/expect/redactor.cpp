#include <tendril/expect/redactor.hpp>

#include <algorithm>
#include <utility>

namespace tendril::expect {

namespace {

constexpr std::size_t piece_bytes = 4096;    // an expression's budget is for one search
constexpr std::size_t context_bytes = 1024;  // 255 characters are the most that look-behind sees

bool continues_a_character(char c) noexcept
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// How many bytes at the end of @p text are the beginning of a character in UTF-8.
std::size_t unfinished_bytes(std::string_view text) noexcept
{
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
        auto const lead = static_cast<unsigned char>(text[text.size() - back]);
        if (continues_a_character(static_cast<char>(lead)))
            continue;
        auto const wanted = lead >= 0xF0 ? 4U : lead >= 0xE0 ? 3U : lead >= 0xC0 ? 2U : 1U;
        return wanted > back ? back : 0;
    }
    return 0;
}

/// An expression for @p text itself: letters and digits mean themselves, everything else does behind a
/// backslash.
void append_verbatim(std::string_view text, std::string& to)
{
    for (char const c : text) {
        auto const is_word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!is_word && static_cast<unsigned char>(c) < 0x80)
            to += '\\';
        to += c;
    }
}

}  // namespace

result<redactor> redactor::make(std::span<std::string const> texts, std::span<std::string const> expressions,
                                std::string_view mark)
{
    auto const nothing = make_error_code(boost::system::errc::invalid_argument);
    std::string all;
    for (auto const& each : texts) {
        if (each.empty())
            return failure(nothing, "redact an empty text");
        all += all.empty() ? "(?:" : "|(?:";
        append_verbatim(each, all);
        all += ')';
    }
    for (auto const& each : expressions) {
        if (auto const alone = pattern::regex(each); !alone)  // its own place in its own message
            return std::unexpected(alone.error());
        all += (all.empty() ? "(?:" : "|(?:") + each + ')';
    }
    if (all.empty())
        return failure(nothing, "redact nothing");
    auto compiled = pattern::regex(all);
    if (!compiled)
        return std::unexpected(std::move(compiled.error()));
    return redactor(std::move(*compiled), mark);
}

void redactor::push(std::string_view bytes, std::string& to)
{
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), piece_bytes))) {
        text_ += bytes.substr(0, piece_bytes);
        decide(false, to);
    }
}

void redactor::finish(std::string& to)
{
    decide(true, to);
    text_.clear();
    done_ = 0;
}

std::string redactor::redacted(std::string_view text) const
{
    redactor copy(what_, mark_);
    std::string made;
    copy.push(text, made);
    copy.finish(made);
    return made;
}

void redactor::decide(bool is_end, std::string& to)
{
    auto const text =
        std::string_view(text_).substr(0, text_.size() - (is_end ? 0 : unfinished_bytes(text_)));
    auto const pass = [&](std::size_t until) {
        to += text.substr(done_, until - done_);
        done_ = until;
    };
    auto const replace = [&](std::size_t until) {
        to += mark_;
        done_ = until;
    };
    for (bool is_decided = false; !is_decided && done_ < text.size();) {
        if (continues_a_character(text[done_])) {  // of none: a search may not begin there
            pass(done_ + 1);
            continue;
        }
        auto const found = what_.find_in_part(text, done_, is_end ? part::last : part::more_follows);
        auto const begin = std::max(found.begin, done_);
        switch (found.what) {
        case verdict::no_match:
            pass(text.size());
            break;
        case verdict::match:
            pass(begin);
            replace(std::max(found.end, begin));
            break;
        case verdict::partial:
            pass(begin);
            if (text.size() - begin > longest_undecided)
                replace(text.size());
            is_decided = true;
            break;
        case verdict::gave_up:
            replace(text.size());
            break;
        }
    }
    if (done_ > context_bytes) {
        text_.erase(0, done_ - context_bytes);
        done_ = context_bytes;
    }
}

}  // namespace tendril::expect
