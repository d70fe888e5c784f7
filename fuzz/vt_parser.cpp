/// @file
/// Any bytes: the parser makes the same calls whole and cut in two, and stays within its limits.
/// Layer: fuzz (base, vt). Spec: parity T01.

#include <tendril/vt/parser.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace tendril;

constexpr std::size_t string_limit = 64;

struct transcript {
    void print_ascii(std::string_view text) { written += text; }
    void print(std::u32string_view text)
    {
        for (auto const scalar : text)
            vt::append_utf8(written, scalar);
    }
    void execute(char control) { (written += '\1') += control; }
    void esc(vt::sequence const& what) { add('\2', what); }
    void csi(vt::sequence const& what) { add('\3', what); }
    void osc(std::string_view payload, vt::terminator) { add('\4', payload); }
    void dcs(vt::sequence const& what, std::string_view payload, vt::terminator)
    {
        add('\5', what);
        add('\6', payload);
    }
    void apc(std::string_view payload) { add('\7', payload); }

    void add(char mark, vt::sequence const& what)
    {
        written += mark;
        written += what.prefix;
        for (std::size_t i = 0; i < what.numbers.size(); ++i)
            written += (what.numbers.is_sub(i) ? ':' : ';') + std::to_string(what.numbers[i]);
        written.append(what.intermediates.data(), what.intermediates.size());
        written += what.final;
    }
    void add(char mark, std::string_view payload)
    {
        if (payload.size() > string_limit)
            std::abort();
        (written += mark) += payload;
    }

    std::string written;
};

std::string parsed(base::byte_view bytes, std::size_t cut)
{
    vt::parser parser({string_limit, string_limit, string_limit});
    transcript calls;
    parser.feed(bytes.first(cut), calls);
    parser.feed(bytes.subspan(cut), calls);
    return calls.written;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t count)
{
    auto const bytes = std::as_bytes(std::span(data, count));
    auto const whole = parsed(bytes, 0);
    auto const cut = count == 0 ? 0 : data[0] % count;
    if (parsed(bytes, cut) != whole || parsed(bytes, count / 2) != whole)
        std::abort();
    return 0;
}
