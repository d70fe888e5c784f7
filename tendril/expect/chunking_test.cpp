#include <tendril/expect/queue.hpp>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace {

using namespace tendril::expect;
using tendril::base::bytes_of;

// Enough to find what is wrong in seconds; the optimised build runs the full million.
#ifdef NDEBUG
constexpr int chunkings = 1'000'000;
#else
constexpr int chunkings = 20'000;
#endif

constexpr std::array expressions = {"ab",
                                    "a+b",
                                    "(a|b)c",
                                    "^ab",
                                    "ab$",
                                    "\\bab\\b",
                                    "a.c",
                                    "[^a]b",
                                    "(ab)+c?",
                                    "a{2,3}",
                                    "(?i)AB",
                                    "x*",
                                    "(a|ab)(c|bcd)",
                                    "a.*?c",
                                    "(?s)a.*c",
                                    "\\w+ ",
                                    "^\\s*$",
                                    "b\\B",
                                    "\\Aa",
                                    "a\\z",
                                    "[a-c]+\n",
                                    "\xC3\xA9+b",
                                    "[\xC3\xA0-\xC3\xBF]c",
                                    "(x+x+)+y",
                                    "a\r?\n",
                                    "^$",
                                    "(?-m)^b",
                                    "c(?:a|)b",
                                    "(a*)(b*)c",
                                    "[[:alpha:]]\\d|\\D\\D"};

constexpr std::array<std::string_view, 12> letters = {"a", "b",  "c",    "A",  "x",        "y",
                                                      " ", "\n", "\r\n", "\r", "\xC3\xA9", "1"};

struct setup {
    std::vector<std::vector<pattern>> alternatives;
    std::vector<standing> how;
};

/// All that fires, with where it ends and what was before it.
std::string matches(setup const& waits, std::string_view text, std::vector<std::size_t> const& cuts)
{
    queue waiting;
    std::string fired;
    for (std::size_t i = 0; i < waits.how.size(); ++i)
        REQUIRE(waiting.expect(waits.alternatives[i],
                               [&fired, i](match const& m) {
                                   fired += std::to_string(i) + '.' + std::to_string(m.alternative) + " [" +
                                            m.before + "][" + m.text + ']';
                                   for (auto const& group : m.groups)
                                       fired += '(' + group + ')';
                                   fired += ';';
                               },
                               {.from = source::stream, .as = waits.how[i]}));
    std::size_t from = 0;
    for (auto const cut : cuts) {
        waiting.on_stream(bytes_of(text.substr(from, cut - from)));
        from = cut;
    }
    waiting.on_stream(bytes_of(text.substr(from)));
    waiting.on_end();
    return fired;
}

std::string random_text(std::mt19937& random, std::size_t most)
{
    std::string text;
    for (auto count = random() % most; count > 0; --count)
        text += letters[random() % letters.size()];
    return text;
}

TEST_CASE("X10: the same text matches the same however it is cut into chunks")
{
    std::vector<pattern> compiled;
    for (auto const* one : expressions)
        compiled.push_back(*pattern::regex(one));
    compiled.push_back(*pattern::exact("ab"));
    compiled.push_back(*pattern::exact("c\r\n"));
    std::mt19937 random(1);

    constexpr int cuts_of_each = 20;
    for (int round = 0; round < chunkings / cuts_of_each; ++round) {
        setup waits;
        for (auto count = 1 + random() % 4; count > 0; --count) {
            waits.how.push_back(static_cast<standing>(random() % 3));
            auto& some = waits.alternatives.emplace_back();
            for (auto more = 1 + random() % 3; more > 0; --more)
                some.push_back(compiled[random() % compiled.size()]);
        }
        auto const text = random_text(random, 40);
        auto const whole = matches(waits, text, {});
        for (int i = 0; i < cuts_of_each; ++i) {
            std::vector<std::size_t> cuts;
            for (std::size_t at = 0; at < text.size(); ++at)
                if (random() % 4 == 0 || i == 0)
                    cuts.push_back(at);
            auto const cut = matches(waits, text, cuts);
            if (cut != whole) {
                CAPTURE(round);
                CAPTURE(text);
                REQUIRE(cut == whole);
            }
        }
    }
}

/// The places at every @p size bytes.
std::vector<std::size_t> cuts_at(std::size_t size, std::string_view text)
{
    std::vector<std::size_t> cuts;
    for (auto at = size; at < text.size(); at += size)
        cuts.push_back(at);
    return cuts;
}

TEST_CASE("X10: long chunks of many lines match the same as little pieces, within lines and across them")
{
    // Beginnings with many different bytes, so that no bytes are skipped; some matches are lines long.
    std::vector<pattern> const alternatives{
        *pattern::regex("(?s)open.*shut"), *pattern::regex("[a-z]+@[a-z]+\\b"),
        *pattern::regex("^[0-9]+ files$"), *pattern::regex("[a-z] \r?\n\\S")};
    constexpr std::array<std::string_view, 8> words = {"reading", "7 files", "\r\n12 files\r\n", "open",
                                                       "shut",    "a@host",  "kept \r\nback",    "\xC3\xA9"};
    std::mt19937 random(3);
    for (int round = 0; round < 40; ++round) {
        setup const waits{{alternatives}, {standing::sticky}};
        std::string text;
        while (text.size() < 40'000) {
            text += random() % 30 == 0 ? words[random() % words.size()] : words.front();
            text += random() % 7 == 0 ? "\r\n" : " ";
        }
        auto const in_pieces = matches(waits, text, cuts_at(100 + random() % 300, text));
        for (std::size_t const size : {600U, 4095U, 65536U}) {
            CAPTURE(round);
            CAPTURE(size);
            REQUIRE(matches(waits, text, cuts_at(size, text)) == in_pieces);
        }
    }
}

/// PCRE2 with all of the text before it, asked at each place: does the expression match exactly from here to
/// there?
class oracle {
public:
    explicit oracle(std::string const& expression)
    {
        auto* newlines = pcre2_compile_context_create(nullptr);
        pcre2_set_newline(newlines, PCRE2_NEWLINE_ANYCRLF);
        int why = 0;
        std::size_t at = 0;
        code_ = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(),
                              PCRE2_MULTILINE | PCRE2_UTF | PCRE2_NO_AUTO_POSSESS, &why, &at, newlines);
        pcre2_compile_context_free(newlines);
        found_ = pcre2_match_data_create(64, nullptr);
    }
    ~oracle()
    {
        pcre2_match_data_free(found_);
        pcre2_code_free(code_);
    }
    oracle(oracle const&) = delete;
    oracle& operator=(oracle const&) = delete;

    /// The ends of all matches that begin at @p begin, by PCRE2's own DFA matcher.
    std::vector<std::size_t> ends(std::string_view text, std::size_t begin) const
    {
        std::array<int, 1000> workspace{};
        auto const count =
            pcre2_dfa_match(code_, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), begin,
                            PCRE2_ANCHORED, found_, nullptr, workspace.data(), workspace.size());
        std::vector<std::size_t> all;
        for (int i = 0; i < count; ++i)
            all.push_back(pcre2_get_ovector_pointer(found_)[2 * i + 1]);
        return all;
    }

private:
    pcre2_code* code_ = nullptr;
    pcre2_match_data* found_ = nullptr;
};

TEST_CASE(
    "X10: the first match in a stream is the one that ends first, then the leftmost, by PCRE2's account")
{
    std::mt19937 random(2);
    for (auto const* expression : expressions) {
        CAPTURE(std::string(expression));
        oracle const asked(expression);
        auto const wanted = *pattern::regex(expression);
        REQUIRE(wanted.is_linear());
        for (int round = 0; round < 300; ++round) {
            auto const text = random_text(random, 16);
            std::size_t best_begin = 0;
            std::size_t best_end = std::string::npos;
            for (std::size_t begin = 0; begin < text.size(); ++begin)
                for (auto const end : asked.ends(text, begin))
                    if (end > begin && end < best_end) {
                        best_begin = begin;
                        best_end = end;
                    }
            std::string first = "none";
            queue waiting;
            REQUIRE(waiting.expect({wanted}, [&](match const& m) { first = m.before + '|' + m.text; },
                                   {.from = source::stream}));
            waiting.on_stream(bytes_of(text));
            waiting.on_end();
            auto const expected =
                best_end == std::string::npos
                    ? "none"
                    : text.substr(0, best_begin) + '|' + text.substr(best_begin, best_end - best_begin);
            CAPTURE(text);
            REQUIRE(first == expected);
        }
    }
}

}  // namespace
