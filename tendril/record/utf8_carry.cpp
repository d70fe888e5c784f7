#include <tendril/record/detail/byte_runs.hpp>
#include <tendril/record/utf8_carry.hpp>

#include <string_view>

namespace tendril::record {

namespace {

enum class verdict { whole, cut, broken };

/// What the first bytes of a text are: a whole character, one that more bytes may complete, or broken.
struct scanned {
    verdict what;
    std::size_t size;
};

/// The well-formed sequences a lead byte starts: how long they are and which second bytes they allow.
struct shape {
    std::size_t size;
    unsigned char lowest;
    unsigned char highest;
};

shape shape_of(unsigned char lead) noexcept
{
    if (lead >= 0xc2 && lead <= 0xdf)
        return {2, 0x80, 0xbf};
    if (lead == 0xe0)
        return {3, 0xa0, 0xbf};
    if (lead == 0xed)
        return {3, 0x80, 0x9f};
    if (lead >= 0xe1 && lead <= 0xef)
        return {3, 0x80, 0xbf};
    if (lead == 0xf0)
        return {4, 0x90, 0xbf};
    if (lead >= 0xf1 && lead <= 0xf3)
        return {4, 0x80, 0xbf};
    if (lead == 0xf4)
        return {4, 0x80, 0x8f};
    return {lead < 0x80 ? std::size_t{1} : std::size_t{0}, 0, 0};
}

scanned scan(std::string_view text) noexcept
{
    auto const wanted = shape_of(static_cast<unsigned char>(text[0]));
    if (wanted.size == 0)
        return {verdict::broken, 1};
    for (std::size_t at = 1; at < wanted.size; ++at) {
        if (at == text.size())
            return {verdict::cut, at};
        auto const byte = static_cast<unsigned char>(text[at]);
        auto const lowest = at == 1 ? wanted.lowest : 0x80;
        auto const highest = at == 1 ? wanted.highest : 0xbf;
        if (byte < lowest || byte > highest)
            return {verdict::broken, at};
    }
    return {verdict::whole, wanted.size};
}

}  // namespace

void utf8_carry::push(base::byte_view bytes, std::string& text)
{
    auto rest = base::text_of(bytes);
    while (carried_size_ > 0 && !rest.empty()) {
        carried_[carried_size_] = rest.front();
        auto const [what, size] = scan({carried_.data(), carried_size_ + 1});
        if (what == verdict::broken) {  // the new byte is not part of it; it is looked at on its own below
            replace(carried_size_, text);
            carried_size_ = 0;
            break;
        }
        ++carried_size_;
        rest.remove_prefix(1);
        if (what == verdict::whole) {
            text.append(carried_.data(), size);
            carried_size_ = 0;
        }
    }

    while (!rest.empty()) {
        auto const plain_size = detail::ascii_run(rest);
        text.append(rest.substr(0, plain_size));
        rest.remove_prefix(plain_size);
        if (rest.empty())
            return;
        auto const [what, size] = scan(rest);
        if (what == verdict::cut) {
            carried_size_ = rest.copy(carried_.data(), rest.size());
            return;
        }
        if (what == verdict::whole)
            text.append(rest.substr(0, size));
        else
            replace(size, text);
        rest.remove_prefix(size);
    }
}

void utf8_carry::finish(std::string& text)
{
    if (carried_size_ > 0)
        replace(carried_size_, text);
    carried_size_ = 0;
}

void utf8_carry::replace(std::size_t count, std::string& text)
{
    replaced_bytes_ += count;
    text += "\xef\xbf\xbd";
}

}  // namespace tendril::record
