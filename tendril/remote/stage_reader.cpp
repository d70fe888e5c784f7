#include <tendril/remote/stage_reader.hpp>

#include <algorithm>
#include <utility>

namespace tendril::remote {

namespace {

constexpr std::size_t kept_noise = 4 * 1024;
constexpr std::size_t most_noise = 1024 * 1024;
constexpr std::size_t longest_word = 16 * 1024;

stage_word::kind kind_of(std::string_view verb) noexcept
{
    if (verb == "need")
        return stage_word::kind::need;
    if (verb == "run")
        return stage_word::kind::run;
    if (verb == "machine")
        return stage_word::kind::machine;
    return verb == "fail" ? stage_word::kind::fail : stage_word::kind::unknown;
}

}  // namespace

stage_reader::stage_reader(std::string_view nonce) : opening_("TENDRIL<" + std::string(nonce) + ' ') {}

void stage_reader::push(base::byte_view bytes)
{
    pending_ += base::text_of(bytes);
}

std::optional<stage_word> stage_reader::next()
{
    auto const start = pending_.find(opening_);
    if (start == std::string::npos) {
        auto const may_be_cut = std::min(pending_.size(), opening_.size() - 1);
        skip(pending_.size() - may_be_cut);
        return std::nullopt;
    }
    skip(start);
    auto const end = pending_.find('>', opening_.size());
    if (end == std::string::npos)
        return std::nullopt;
    auto const said = std::string_view(pending_).substr(opening_.size(), end - opening_.size());
    auto const space = said.find(' ');
    stage_word found{kind_of(said.substr(0, space)),
                     space == std::string_view::npos ? std::string() : std::string(said.substr(space + 1))};
    pending_.erase(0, end + 1);
    return found;
}

std::vector<std::byte> stage_reader::take_rest()
{
    auto const rest = base::bytes_of(pending_);
    std::vector<std::byte> taken(rest.begin(), rest.end());
    pending_.clear();
    return taken;
}

std::string stage_reader::noise() const
{
    auto const all = noise_ + pending_;
    return all.substr(all.size() - std::min(all.size(), kept_noise));
}

bool stage_reader::flooded() const noexcept
{
    return skipped_ > most_noise || pending_.size() > longest_word;
}

void stage_reader::skip(std::size_t count)
{
    skipped_ += count;
    noise_.append(pending_, 0, count);
    pending_.erase(0, count);
    if (noise_.size() > kept_noise)
        noise_.erase(0, noise_.size() - kept_noise);
}

}  // namespace tendril::remote
