#include <tendril/base/secret.hpp>

#include <algorithm>
#include <new>
#include <utility>

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

namespace tendril::base {

namespace {

/// Whole pages, so that what is said of them is about nothing else.
std::size_t pages_for(std::size_t bytes)
{
    auto const page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return (bytes + page - 1) / page * page;
}

}  // namespace

secret::secret(std::string_view text) : size_(text.size())
{
    if (text.empty())
        return;
    auto const bytes = pages_for(text.size());
    auto* const pages = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED)
        throw std::bad_alloc();
    text_ = {static_cast<char*>(pages), unmap{bytes}};
    ::madvise(pages, bytes, MADV_DONTDUMP);
    ::mlock(pages, bytes);  // as far as we may; a limit is no reason to refuse a password
    std::ranges::copy(text, text_.get());
}

secret::secret(secret&& other) noexcept : text_(std::move(other.text_)), size_(std::exchange(other.size_, 0))
{
}

secret& secret::operator=(secret&& other) noexcept
{
    if (this != &other) {
        text_ = std::move(other.text_);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

secret::~secret() = default;

void secret::unmap::operator()(char* pages) const noexcept
{
    ::explicit_bzero(pages, bytes);
    ::munmap(pages, bytes);
}

}  // namespace tendril::base
