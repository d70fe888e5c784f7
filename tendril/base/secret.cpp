#include <tendril/base/secret.hpp>

#include <algorithm>
#include <utility>

#include <string.h>

namespace tendril::base {

secret::secret(std::string_view text) : text_(std::make_unique<char[]>(text.size())), size_(text.size())
{
    std::ranges::copy(text, text_.get());
}

secret::secret(secret&& other) noexcept : text_(std::move(other.text_)), size_(std::exchange(other.size_, 0))
{
}

secret& secret::operator=(secret&& other) noexcept
{
    if (this != &other) {
        wipe();
        text_ = std::move(other.text_);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

secret::~secret()
{
    wipe();
}

void secret::wipe() noexcept
{
    if (text_)
        ::explicit_bzero(text_.get(), size_);
}

}  // namespace tendril::base
