#include <tendril/record/gzip.hpp>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include <zlib.h>

namespace tendril::record {

namespace {

/// zlib's way to say "gzip, the largest window".
constexpr int gzip_window = 15 + 16;
constexpr std::uint64_t most_warnings = 20;

/// zlib counts in unsigned int.
constexpr std::size_t largest_piece = std::size_t{1} << 30;

Bytef* bytes_of(char const* text) noexcept
{
    return reinterpret_cast<Bytef*>(const_cast<char*>(text));  // next_in is not const in every zlib.h
}

}  // namespace

std::string gzip_member(std::string_view text, int level)
{
    z_stream deflating{};
    if (::deflateInit2(&deflating, level, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string member;
    member.resize(::deflateBound(&deflating, text.size()));
    std::size_t made = 0;
    for (int outcome = Z_OK; outcome == Z_OK;) {
        auto const piece = std::min(text.size(), largest_piece);
        auto const room = std::min(member.size() - made, largest_piece);
        deflating.next_in = bytes_of(text.data());
        deflating.avail_in = static_cast<uInt>(piece);
        deflating.next_out = bytes_of(member.data() + made);
        deflating.avail_out = static_cast<uInt>(room);
        outcome = ::deflate(&deflating, piece == text.size() ? Z_FINISH : Z_NO_FLUSH);
        text.remove_prefix(piece - deflating.avail_in);
        made += room - deflating.avail_out;
    }
    ::deflateEnd(&deflating);
    member.resize(made);
    return member;
}

struct gzip_decoder::stream {
    z_stream inflating{};
    stream()
    {
        if (::inflateInit2(&inflating, gzip_window) != Z_OK)
            throw std::bad_alloc();
    }
    ~stream() { ::inflateEnd(&inflating); }
    stream(stream const&) = delete;
    stream& operator=(stream const&) = delete;
};

gzip_decoder::gzip_decoder() : zlib_(std::make_unique<stream>()) {}
gzip_decoder::gzip_decoder(gzip_decoder&&) noexcept = default;
gzip_decoder& gzip_decoder::operator=(gzip_decoder&&) noexcept = default;
gzip_decoder::~gzip_decoder() = default;

void gzip_decoder::push(std::string_view bytes)
{
    auto gone = taken_;
    if (place_ == place::in_member)
        gone = std::max(member_, taken_ - std::min(taken_, longest_search_bytes));
    waiting_.erase(0, gone);
    taken_ -= gone;
    member_ = 0;
    waiting_ += bytes;
}

bool gzip_decoder::decode(std::string& to, std::size_t most)
{
    auto const before = to.size();
    while (to.size() - before < most) {
        if (place_ != place::in_member && !skip_to_member())
            break;
        auto const available = std::min(waiting_.size() - taken_, largest_piece);
        auto const room = std::min(most - (to.size() - before), largest_piece);
        auto const start = to.size();
        to.resize(start + room);
        auto& z = zlib_->inflating;
        z.next_in = bytes_of(waiting_.data() + taken_);
        z.avail_in = static_cast<uInt>(available);
        z.next_out = bytes_of(to.data() + start);
        z.avail_out = static_cast<uInt>(room);
        auto const outcome = ::inflate(&z, Z_NO_FLUSH);
        taken_ += available - z.avail_in;
        auto const made = room - z.avail_out;
        to.resize(start + made);
        if (outcome == Z_STREAM_END) {
            place_ = place::between_members;
        } else if (outcome != Z_OK && outcome != Z_BUF_ERROR) {
            warn(std::string("the compressed data are damaged (") + (z.msg ? z.msg : "unknown reason") +
                 "); what follows is read from the next member on");
            place_ = place::after_damage;
            taken_ = member_;
            is_damaged_ = true;
            return true;
        } else if (made == 0 && z.avail_in == 0) {
            if (is_finished_) {
                warn("the end of the compressed data is missing, as after a crash");
                place_ = place::after_damage;
                taken_ = member_;  // what was taken for its end may be another member
                is_damaged_ = true;
                return true;
            }
            break;
        }
    }
    return to.size() > before;
}

/// Finds the beginning of a member and prepares for it; false when it has not come.
bool gzip_decoder::skip_to_member()
{
    auto const rest = std::string_view(waiting_).substr(taken_);
    if (place_ == place::between_members && !rest.empty() &&
        !rest.starts_with(gzip_magic.substr(0, rest.size()))) {
        // Zeros pad files on tapes and blocks; anything else is a surprise.
        if (rest.find_first_not_of('\0') != rest.npos)
            warn("between the compressed parts stands something else; left out");
        place_ = place::after_damage;
    }
    auto const found = rest.find(gzip_magic);
    if (found == rest.npos) {
        taken_ = waiting_.size() - std::min(rest.size(), gzip_magic.size() - 1);
        if (is_finished_)
            taken_ = waiting_.size();
        return false;
    }
    taken_ += found;
    member_ = taken_ + 1;
    ::inflateReset(&zlib_->inflating);
    place_ = place::in_member;
    return true;
}

void gzip_decoder::warn(std::string what)
{
    if (++warning_count_ <= most_warnings)
        warnings_.push_back(std::move(what));
}

}  // namespace tendril::record
